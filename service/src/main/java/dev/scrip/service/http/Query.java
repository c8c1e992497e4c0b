package dev.scrip.service.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A URL's query parameters, each at most once.
public final class Query {

    private final Map<String, String> values;

    private Query(Map<String, String> values) {
        this.values = values;
    }

    static Query parse(@Nullable String raw, List<String> names) {
        if (raw == null || raw.isEmpty()) {
            return new Query(Map.of());
        }
        var values = new HashMap<String, String>();
        for (var pair : raw.split("&", -1)) {
            int equals = pair.indexOf('=');
            var name = decoded(equals < 0 ? pair : pair.substring(0, equals));
            var value = equals < 0 ? "" : decoded(pair.substring(equals + 1));
            if (!names.contains(name)) {
                throw unknown(name, names);
            }
            if (values.put(name, value) != null) {
                throw Problem.of(
                                ProblemType.UNKNOWN_PARAMETER,
                                "The parameter " + Quoted.of(name) + " is given twice.")
                        .toException();
            }
        }
        return new Query(values);
    }

    /// The value of a parameter, or null when it is not given.
    public @Nullable String get(String name) {
        return values.get(name);
    }

    /// Decodes what a URL carries in percent signs.
    ///
    /// @throws ProblemException if it is malformed
    private static String decoded(String text) {
        if (text.indexOf('%') < 0 && text.indexOf('+') < 0) {
            return text;
        }
        try {
            return URLDecoder.decode(text, UTF_8);
        } catch (IllegalArgumentException _) {
            throw Problem.of(
                            ProblemType.BAD_REQUEST,
                            "The percent sign in " + Quoted.of(text) + " starts no byte.")
                    .toException();
        }
    }

    /// Decodes a part of a path, where a plus sign is a plus sign.
    static String decodedSegment(String text) {
        return text.indexOf('%') < 0 ? text : decoded(text.replace("+", "%2B"));
    }

    private static ProblemException unknown(String name, List<String> names) {
        var nearest = Nearest.to(name, names);
        var detail =
                names.isEmpty()
                        ? " Nothing is asked for here."
                        : nearest == null
                                ? " Parameters here: " + String.join(", ", names) + "."
                                : " Maybe \"" + nearest + "\" is meant.";
        return Problem.of(
                        ProblemType.UNKNOWN_PARAMETER,
                        "The parameter " + Quoted.of(name) + " is unknown." + detail)
                .toException();
    }
}
