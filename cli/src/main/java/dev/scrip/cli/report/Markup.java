package dev.scrip.cli.report;

/// Builds HTML and SVG; every text and attribute is escaped.
@CanIgnoreReturnValue
final class Markup {

    private final StringBuilder page = new StringBuilder();

    /// Opens an element. Attributes come in pairs of name and value.
    Markup open(String element, String... attributes) {
        page.append('<').append(element);
        for (int i = 0; i < attributes.length; i += 2) {
            page.append(' ').append(attributes[i]).append("=\"");
            escape(attributes[i + 1]);
            page.append('"');
        }
        page.append('>');
        return this;
    }

    Markup close(String element) {
        page.append("</").append(element).append(">\n");
        return this;
    }

    Markup text(String text) {
        escape(text);
        return this;
    }

    /// An element that holds a text and nothing else.
    Markup element(String element, String text, String... attributes) {
        return open(element, attributes).text(text).close(element);
    }

    /// Takes what is markup already: a style sheet of our own.
    Markup verbatim(String markup) {
        page.append(markup);
        return this;
    }

    private void escape(String text) {
        for (int i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            switch (c) {
                case '&' -> page.append("&amp;");
                case '<' -> page.append("&lt;");
                case '>' -> page.append("&gt;");
                case '"' -> page.append("&quot;");
                default -> page.append(c);
            }
        }
    }

    @Override
    public String toString() {
        return page.toString();
    }
}
