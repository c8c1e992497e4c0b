package dev.scrip.cli.report;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Help.Ansi;

/// A result as people read it, from top to bottom.
///
/// Pictures are for the page only: each repeats what a table beside it says in figures.
///
/// @param title what the document is called; text and Markdown begin with the lead
/// @param lead the result in one line; empty where a table says it all
public record Report(String title, String lead, List<Block> blocks) {

    public Report {
        blocks = List.copyOf(blocks);
    }

    /// The same with more beneath it.
    public Report with(List<Block> more) {
        var all = new ArrayList<Block>(blocks);
        all.addAll(more);
        return new Report(title, lead, all);
    }

    /// Lines for a terminal.
    public List<String> toText(Ansi colours) {
        return new ReportText(colours).lines(this);
    }

    public List<String> toMarkdown() {
        return ReportMarkdown.lines(this);
    }

    /// One file that opens offline and prints well.
    public String toHtml() {
        return ReportHtml.page(this);
    }
}
