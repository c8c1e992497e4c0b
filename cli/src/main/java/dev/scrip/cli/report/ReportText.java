package dev.scrip.cli.report;

import dev.scrip.cli.report.Block.Tone;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.Ansi.Style;

/// A report as lines of a terminal.
final class ReportText {

    private static final int WIDTH = 100;
    private static final String TERM_INDENT = "  ";
    private static final String SENTENCE_INDENT = "    ";
    private static final String HANGING_INDENT = "      ";

    private final Ansi colours;
    private final List<String> lines = new ArrayList<>();

    ReportText(Ansi colours) {
        this.colours = colours;
    }

    List<String> lines(Report report) {
        if (!report.lead().isEmpty()) {
            lines.add(Styled.text(colours, report.lead(), Style.bold));
        }
        @Nullable Block before = null;
        for (var block : report.blocks()) {
            if (block instanceof Block.Picture) {
                continue;
            }
            if (!lines.isEmpty() && !isTogether(before, block)) {
                lines.add("");
            }
            before = block;
            add(block);
        }
        return lines;
    }

    /// What stands under its heading, and sentences after one another.
    private static boolean isTogether(@Nullable Block before, Block block) {
        return before instanceof Block.Heading
                || (before instanceof Block.Paragraph && block instanceof Block.Paragraph);
    }

    private void add(Block block) {
        switch (block) {
            case Block.Heading(var text) -> lines.add(Styled.text(colours, text, Style.bold));
            case Block.Paragraph(var text) -> wrap("", "", text);
            case Block.Code(var code) -> lines.addAll(code);
            case Block.Table(var caption, var rows) -> {
                if (!caption.isEmpty()) {
                    lines.add(caption);
                }
                var table = rows.toLines();
                lines.add(Styled.text(colours, table.getFirst(), Style.bold));
                lines.addAll(table.subList(1, table.size()));
            }
            case Block.Terms(var tone, var terms) ->
                    terms.forEach(term -> {
                        lines.add(TERM_INDENT + toned(tone, term.name()));
                        term.sentences().forEach(one -> wrap(SENTENCE_INDENT, HANGING_INDENT, one));
                    });
            case Block.Picture _ -> {}
        }
    }

    private String toned(Tone tone, String text) {
        return switch (tone) {
            case PLAIN -> text;
            case WARNING -> Styled.text(colours, text, Style.fg_yellow);
        };
    }

    /// Adds a sentence, broken at spaces.
    private void wrap(String indent, String hanging, String sentence) {
        var line = new StringBuilder(indent);
        var empty = true;
        for (var word : sentence.split(" ", -1)) {
            if (!empty && line.length() + 1 + word.length() > WIDTH) {
                lines.add(line.toString());
                line = new StringBuilder(hanging);
                empty = true;
            }
            line.append(empty ? "" : " ").append(word);
            empty = false;
        }
        lines.add(line.toString());
    }
}
