package dev.scrip.service.http;

import io.helidon.http.Header;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Why a request failed, to be sent as RFC 9457 problem details.
///
/// @param detail what is wrong this time, and what would be right
/// @param pointer the JSON pointer of the field at fault, when one is
/// @param headers to send with it
/// @param members what this type of problem carries besides
public record Problem(
        ProblemType type,
        String detail,
        @Nullable String pointer,
        List<Header> headers,
        Members members) {

    /// Members of a problem document beyond those of RFC 9457.
    public interface Members {

        Members NONE = _ -> {};

        /// Writes them into the open object.
        void write(JsonWriter json);
    }

    public Problem {
        headers = List.copyOf(headers);
    }

    public static Problem of(ProblemType type, String detail) {
        return new Problem(type, detail, null, List.of(), Members.NONE);
    }

    public static Problem at(String pointer, ProblemType type, String detail) {
        return new Problem(type, detail, pointer, List.of(), Members.NONE);
    }

    /// The same, of a field.
    ///
    /// @param field its JSON pointer
    public Problem at(String field) {
        return new Problem(type, detail, field, headers, members);
    }

    public Problem with(Header... more) {
        return new Problem(type, detail, pointer, List.of(more), members);
    }

    public Problem with(Members more) {
        return new Problem(type, detail, pointer, headers, more);
    }

    /// The same, of one part of a request that asks for several things.
    ///
    /// @param index of the part, from 0
    public Problem inPart(int index) {
        return new Problem(
                type,
                detail,
                pointer,
                headers,
                json -> {
                    members.write(json);
                    json.field("part", index);
                });
    }

    /// The same, of a value that lies within another one.
    ///
    /// @param outer the JSON pointer of that one
    public Problem within(String outer) {
        return new Problem(
                type, detail, outer + (pointer == null ? "" : pointer), headers, members);
    }

    public ProblemException toException() {
        return new ProblemException(this);
    }
}
