package dev.scrip.service.http;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import tools.jackson.core.JsonToken;

/// Takes an array apart before it is read, so that a fault in one element leaves the others
/// readable.
public final class JsonElements {

    private JsonElements() {}

    /// The elements of the body's array, each as it was sent; or the body itself when it is no
    /// array.
    ///
    /// @throws ProblemException if the body is not JSON, or has more elements
    public static List<byte[]> of(byte[] body, int max) {
        var reader = JsonReader.of(body);
        if (reader.advance() != JsonToken.START_ARRAY) {
            return List.of(body);
        }
        var elements = new ArrayList<byte[]>();
        for (var token = reader.advance(); token != JsonToken.END_ARRAY; token = reader.advance()) {
            if (token == null) {
                throw JsonReader.truncated();
            }
            if (elements.size() == max) {
                throw Problem.of(
                                ProblemType.BODY_TOO_LARGE,
                                "The array must have at most " + max + " elements.")
                        .toException();
            }
            int start = reader.start();
            elements.add(Arrays.copyOfRange(body, start, reader.finish()));
        }
        reader.end();
        return elements;
    }
}
