package dev.scrip.service.http;

import org.jspecify.annotations.Nullable;

/// Walks an object of known fields: each at most once, and no others.
public final class JsonObject {

    private final JsonReader json;
    private final Fields fields;
    private final String pointer;
    private long seen;

    JsonObject(JsonReader json, Fields fields, String pointer) {
        this.json = json;
        this.fields = fields;
        this.pointer = pointer;
    }

    /// The next field's name, or null at the end of the object.
    public @Nullable String next() {
        var name = json.nextName();
        if (name == null) {
            return null;
        }
        int index = fields.indexOf(name);
        if (index < 0) {
            throw unknown(name);
        }
        if ((seen & (1L << index)) != 0) {
            throw json.problem(ProblemType.DUPLICATE_KEY, "is given twice");
        }
        seen |= 1L << index;
        return fields.names().get(index);
    }

    /// The value of a field that must be there.
    public <T> T require(String name, @Nullable T value) {
        if (value == null) {
            throw Problem.at(
                            pointer + "/" + name,
                            ProblemType.MISSING_FIELD,
                            "The field \"" + name + "\" is missing.")
                    .toException();
        }
        return value;
    }

    private ProblemException unknown(String name) {
        var nearest = Nearest.to(name, fields.names());
        return Problem.at(
                        json.pointer(),
                        ProblemType.UNKNOWN_FIELD,
                        "The field "
                                + Quoted.of(name)
                                + " is unknown. "
                                + (nearest == null
                                        ? "Fields here: " + String.join(", ", fields.names()) + "."
                                        : "Maybe \"" + nearest + "\" is meant."))
                .toException();
    }
}
