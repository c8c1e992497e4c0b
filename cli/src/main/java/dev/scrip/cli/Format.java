package dev.scrip.cli;

/// How a result is printed.
enum Format {
    /// Aligned columns to read.
    TABLE,
    /// For programs: snake_case keys, plain numbers.
    JSON,
    /// For spreadsheets: a header line and rows.
    CSV,
    /// For documents and reviews.
    MD,
    /// One page with its pictures, to share and to print.
    HTML;

    static final class Converter extends WordConverter<Format> {

        Converter() {
            super(Format.class);
        }
    }
}
