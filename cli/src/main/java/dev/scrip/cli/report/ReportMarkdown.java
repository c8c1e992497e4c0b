package dev.scrip.cli.report;

import java.util.ArrayList;
import java.util.List;

/// A report as Markdown, for documents and reviews.
final class ReportMarkdown {

    private ReportMarkdown() {}

    static List<String> lines(Report report) {
        var lines = new ArrayList<String>();
        if (!report.lead().isEmpty()) {
            lines.add(report.lead());
        }
        for (var block : report.blocks()) {
            if (block instanceof Block.Picture) {
                continue;
            }
            if (!lines.isEmpty()) {
                lines.add("");
            }
            switch (block) {
                case Block.Heading(var text) -> lines.add("## " + text);
                case Block.Paragraph(var text) -> lines.add(text);
                case Block.Code(var code) -> {
                    lines.add("```yaml");
                    lines.addAll(code);
                    lines.add("```");
                }
                case Block.Table(var caption, var rows) -> {
                    if (!caption.isEmpty()) {
                        lines.add(caption);
                        lines.add("");
                    }
                    lines.addAll(rows.toMarkdown());
                }
                case Block.Terms(var _, var terms) ->
                        terms.forEach(term ->
                                lines.add(
                                        "- `"
                                                + term.name()
                                                + "`: "
                                                + String.join(" ", term.sentences())));
                case Block.Picture _ -> {}
            }
        }
        return lines;
    }
}
