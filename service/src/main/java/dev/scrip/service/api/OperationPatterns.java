package dev.scrip.service.api;

import dev.scrip.pricing.PriceBook;
import dev.scrip.service.http.JsonReader;
import dev.scrip.service.http.Nearest;
import dev.scrip.service.http.Problem;
import dev.scrip.service.http.ProblemType;
import dev.scrip.service.http.Quoted;
import java.util.TreeSet;

/// Names of an operation, such as `image.resize`, or of a family of them, such as `image.*`.
final class OperationPatterns {

    private static final String FAMILY = ".*";
    private static final int LENGTH_MAX = 128;

    private OperationPatterns() {}

    static String read(JsonReader json) {
        return json.text(LENGTH_MAX);
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
        var nearest = Nearest.to(pattern, known);
        throw Problem.at(
                        pointer,
                        ProblemType.UNKNOWN_OPERATION,
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
                })
                .toException();
    }
}
