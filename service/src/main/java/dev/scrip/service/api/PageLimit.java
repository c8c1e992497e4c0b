package dev.scrip.service.api;

import dev.scrip.service.http.Problem;
import dev.scrip.service.http.ProblemType;
import dev.scrip.service.http.Quoted;
import org.jspecify.annotations.Nullable;

/// How many elements of a list a page has.
final class PageLimit {

    static final int MAX = 1_000;
    private static final int DEFAULT = 50;

    private PageLimit() {}

    /// @param text the query's parameter; null when it is not given
    static int read(@Nullable String text) {
        if (text == null) {
            return DEFAULT;
        }
        // Of so few digits the figure fits an int.
        boolean isFigure =
                !text.isEmpty()
                        && text.length() <= 4
                        && text.chars().allMatch(c -> c >= '0' && c <= '9');
        int limit = isFigure ? Integer.parseInt(text) : 0;
        if (limit < 1 || limit > MAX) {
            throw Problem.of(
                            ProblemType.INVALID_LIMIT,
                            "The limit must be 1 to " + MAX + ", but was " + Quoted.of(text) + ".")
                    .toException();
        }
        return limit;
    }
}
