package dev.scrip.cli.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.scrip.cli.report.Block.Tone;
import dev.scrip.cli.report.TextTable.Side;
import java.io.IOException;
import java.io.UncheckedIOException;

/// A report as one HTML file with its style and pictures in it; it loads nothing and runs nothing.
final class ReportHtml {

    private static final String POLICY = "default-src 'none'; style-src 'unsafe-inline'";

    private final Markup page = new Markup();

    private ReportHtml() {}

    static String page(Report report) {
        return new ReportHtml().write(report);
    }

    private String write(Report report) {
        page.verbatim("<!doctype html>\n").open("html", "lang", "en").verbatim("\n<head>\n");
        page.verbatim("<meta charset=\"utf-8\">\n");
        page.open("meta", "http-equiv", "Content-Security-Policy", "content", POLICY);
        page.open("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
        page.verbatim("\n").element("title", report.title() + " · Scrip");
        page.open("style").verbatim(style()).close("style").close("head");
        page.open("body").open("main").verbatim("\n");
        page.open("header").element("h1", report.title());
        if (!report.lead().isEmpty()) {
            page.element("p", report.lead(), "class", "lead");
        }
        page.close("header");
        var isOpen = false;
        for (var block : report.blocks()) {
            if (!isOpen || block instanceof Block.Heading) {
                page.verbatim(isOpen ? "</section>\n" : "").open("section").verbatim("\n");
                isOpen = true;
            }
            write(block);
        }
        page.verbatim(isOpen ? "</section>\n" : "");
        return page.close("main").close("body").close("html").toString();
    }

    private void write(Block block) {
        switch (block) {
            case Block.Heading(var text) -> page.element("h2", text);
            case Block.Paragraph(var text) -> page.element("p", text);
            case Block.Code(var lines) -> page.element("pre", String.join("\n", lines));
            case Block.Table(var caption, var rows) -> write(caption, rows);
            case Block.Terms(var tone, var terms) -> {
                page.open("dl", "class", tone == Tone.WARNING ? "warning" : "plain");
                for (var term : terms) {
                    page.element("dt", term.name());
                    term.sentences().forEach(sentence -> page.element("dd", sentence));
                }
                page.close("dl");
            }
            case Bars bars -> figure(bars, new BarsDrawing(bars).svg());
            case Curves curves -> figure(curves, new CurvesDrawing(curves).svg());
        }
    }

    private void figure(Block.Picture picture, String svg) {
        page.open("figure").element("figcaption", picture.title()).verbatim(svg).close("figure");
    }

    private void write(String caption, TextTable table) {
        page.open("div", "class", "wide").open("table").verbatim("\n");
        if (!caption.isEmpty()) {
            page.element("caption", caption);
        }
        page.open("thead").open("tr");
        for (var column : table.columns()) {
            page.element("th", column.heading(), "scope", "col", "class", side(column.side()));
        }
        page.close("tr").close("thead").open("tbody").verbatim("\n");
        for (var row : table.rows()) {
            page.open("tr");
            for (int i = 0; i < row.size(); i++) {
                page.element("td", row.get(i), "class", side(table.columns().get(i).side()));
            }
            page.close("tr");
        }
        page.close("tbody").close("table").close("div");
    }

    private static String side(Side side) {
        return side == Side.RIGHT ? "number" : "text";
    }

    private static String style() {
        try (var sheet = ReportHtml.class.getResourceAsStream("report.css")) {
            if (sheet == null) {
                throw new IllegalStateException("report.css is not beside its class");
            }
            return new String(sheet.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
