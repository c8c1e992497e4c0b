package dev.scrip.cli;

import dev.scrip.cli.report.Report;
import java.util.List;

/// What a command found, in every form it can be printed in.
interface Result {

    /// For people: as text, Markdown or a page.
    Report report();

    /// For programs: snake_case keys, plain numbers.
    String json();

    /// For spreadsheets: a header line and rows.
    List<String> csv();
}
