package dev.scrip.cli.report;

import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.Ansi.IStyle;
import picocli.CommandLine.Help.Ansi.Style;

/// Text in bold, faint or coloured letters, where colours are wanted.
public final class Styled {

    private Styled() {}

    /// Not by picocli's markup, which would read markup in the text too. Ended by a full reset:
    /// what ends bold alone starts a double underline on many terminals.
    public static String text(Ansi colours, String text, IStyle style) {
        return colours.enabled() ? style.on() + text + Style.reset.on() : text;
    }
}
