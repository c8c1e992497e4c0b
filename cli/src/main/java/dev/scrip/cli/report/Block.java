package dev.scrip.cli.report;

import java.util.List;

/// A part of a report.
public sealed interface Block {

    record Heading(String text) implements Block {}

    record Paragraph(String text) implements Block {}

    /// Lines to copy into a file.
    record Code(List<String> lines) implements Block {

        public Code {
            lines = List.copyOf(lines);
        }
    }

    /// @param caption what the rows are; empty where the heading above says it
    record Table(String caption, TextTable rows) implements Block {}

    /// Names, each with sentences about it: reasons, or warnings.
    record Terms(Tone tone, List<Term> terms) implements Block {

        public Terms {
            terms = List.copyOf(terms);
        }
    }

    record Term(String name, List<String> sentences) {

        public Term {
            sentences = List.copyOf(sentences);
        }
    }

    /// A drawing. What it shows must stand in a table too.
    sealed interface Picture extends Block permits Bars, Curves {

        /// What is seen, also for those who cannot see it.
        String title();
    }

    enum Tone {
        PLAIN,
        /// Something its reader should act on.
        WARNING
    }
}
