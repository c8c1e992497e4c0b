package dev.scrip.service.api;

import dev.scrip.pricing.PriceBook;
import dev.scrip.service.http.JsonReader;
import dev.scrip.service.http.Nearest;
import dev.scrip.service.http.Problem;
import dev.scrip.service.http.ProblemType;
import dev.scrip.service.http.Quoted;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// Names of an operation, such as `image.resize`, or of a family of them, such as `image.*`.
final class OperationPatterns {

    private static final String FAMILY = ".*";
    private static final int LENGTH_MAX = 128;
    private static final int COUNT_MAX = 50;

    private OperationPatterns() {}

    static String read(JsonReader json) {
        return json.text(LENGTH_MAX);
    }

    /// A list of them, at least one.
    static List<String> readList(JsonReader json) {
        var patterns = new ArrayList<String>();
        json.beginArray();
        while (json.nextElement()) {
            if (patterns.size() == COUNT_MAX) {
                throw json.problem(
                        ProblemType.INVALID_VALUE, "is one too many: at most " + COUNT_MAX);
            }
            var pattern = read(json);
            if (patterns.contains(pattern)) {
                throw json.problem(
                        ProblemType.INVALID_VALUE,
                        "names " + Quoted.of(pattern) + " again; once is enough");
            }
            patterns.add(pattern);
        }
        if (patterns.isEmpty()) {
            throw json.problem(
                    ProblemType.MISSING_FIELD, "names no operation; leave it out for all of them");
        }
        return patterns;
    }

    /// As [#require], of each in a list.
    ///
    /// @param pointer of the list
    static void requireAll(PriceBook priceBook, List<String> patterns, String pointer) {
        for (int i = 0; i < patterns.size(); i++) {
            require(priceBook, patterns.get(i), pointer + "/" + i);
        }
    }

    /// Requires that a price book has the operation, or one of the family.
    ///
    /// @param pointer where the pattern was given
    static void require(PriceBook priceBook, String pattern, String pointer) {
        var known = new TreeSet<>(priceBook.operations().keySet());
        for (var operation : priceBook.operations().keySet()) {
            for (int dot = operation.indexOf('.');
                    dot >= 0;
                    dot = operation.indexOf('.', dot + 1)) {
                known.add(operation.substring(0, dot) + FAMILY);
            }
        }
        if (known.contains(pattern)) {
            return;
        }
        throw unknown(ProblemType.UNKNOWN_OPERATION, pattern, known).at(pointer).toException();
    }

    /// The problem with a name that a price book does not have, with the one that was maybe meant.
    static Problem unknown(ProblemType type, String pattern, Set<String> known) {
        var nearest = Nearest.to(pattern, known);
        return Problem.of(
                        type,
                        "The price book has no operation "
                                + Quoted.of(pattern)
                                + (pattern.endsWith(FAMILY) ? ", not one of the family." : ".")
                                + (nearest == null
                                        ? " GET /v1/price-book lists them."
                                        : " Maybe \"" + nearest + "\" is meant."))
                .with(json -> {
                    json.beginArray("nearest");
                    if (nearest != null) {
                        json.element(nearest);
                    }
                    json.endArray();
                });
    }
}
