package dev.scrip.pricing;

/// How a rejected value is shown in an error: quoted, and cut when it is long.
final class Text {

    private static final int SHOWN_MAX = 60;

    private Text() {}

    static String quote(String value) {
        return value.length() <= SHOWN_MAX
                ? "\"" + value + "\""
                : "\"" + value.substring(0, SHOWN_MAX) + "…\" (" + value.length() + " characters)";
    }
}
