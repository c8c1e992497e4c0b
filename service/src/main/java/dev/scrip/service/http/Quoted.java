package dev.scrip.service.http;

/// Shows what a caller sent, cut to a length fit for an error text.
public final class Quoted {

    private static final int LENGTH_MAX = 60;

    private Quoted() {}

    public static String of(String value) {
        return "\"" + cut(value) + "\"";
    }

    /// Without quotes, for figures.
    static String cut(String value) {
        var shown = new StringBuilder();
        value.codePoints()
                .limit(LENGTH_MAX)
                .forEach(c -> shown.appendCodePoint(isShown(c) ? c : '\uFFFD'));
        return value.codePointCount(0, value.length()) > LENGTH_MAX
                ? shown.append('…').toString()
                : shown.toString();
    }

    // Marks that turn the writing direction would turn our own text, too.
    private static boolean isShown(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.PRIVATE_USE ->
                    false;
            default -> true;
        };
    }
}
