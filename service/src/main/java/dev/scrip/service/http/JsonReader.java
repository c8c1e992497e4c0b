package dev.scrip.service.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.UnexpectedEndOfInputException;
import tools.jackson.core.json.JsonFactory;

/// Reads a request's JSON strictly, value by value, straight into what the route needs.
///
/// The caller walks the body as it expects it and asks for each value's type; whatever is there
/// instead ends in a problem that names the place, what was found and what would be right. Nothing
/// is coerced or passed over: no text for a number, no duplicate or unknown field, nothing after
/// the end. Numbers stay text until a [Figure] has checked them.
public final class JsonReader {

    private static final int DEPTH_MAX = 32;
    private static final int TEXT_LENGTH_MAX = 512;

    // Of the constraints only the depth can be exceeded, which tells us what an exception means;
    // the
    // rest is bounded by the size of the body.
    private static final JsonFactory FACTORY =
            JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxNestingDepth(DEPTH_MAX)
                                    .maxNumberLength(Integer.MAX_VALUE)
                                    .maxStringLength(Integer.MAX_VALUE)
                                    .maxNameLength(Integer.MAX_VALUE)
                                    .build())
                    .build();

    private final byte[] body;
    private final JsonParser parser;

    /// What the whole is called in error texts.
    private final String whole;

    private JsonReader(byte[] body, JsonParser parser, String whole) {
        this.body = body;
        this.parser = parser;
        this.whole = whole;
    }

    /// @throws ProblemException if the body is empty or no UTF-8 text
    public static JsonReader of(byte[] body) {
        return of(body, "The body");
    }

    /// Reads one of the elements that were taken out of a body.
    ///
    /// @param whole what the element is called in error texts
    /// @throws ProblemException if it is empty or no UTF-8 text
    public static JsonReader of(byte[] body, String whole) {
        if (body.length == 0) {
            throw Problem.of(ProblemType.EMPTY_BODY, "Send a JSON object as the body.")
                    .toException();
        }
        requireUtf8(body);
        return new JsonReader(body, FACTORY.createParser(ObjectReadContext.empty(), body), whole);
    }

    // The parser would guess UTF-16 and 32 by itself, and let overlong forms pass.
    private static void requireUtf8(byte[] body) {
        boolean ascii = true;
        for (int i = 0; i < body.length; i++) {
            byte b = body[i];
            if (b <= 0) {
                if (b == 0) {
                    throw i < 4 ? notUtf8() : invalidText("contains the character U+0000");
                }
                ascii = false;
            }
        }
        if (ascii) {
            return;
        }
        if (startsWith(body, 0xFE, 0xFF) || startsWith(body, 0xFF, 0xFE)) {
            throw notUtf8();
        }
        if (startsWith(body, 0xEF, 0xBB, 0xBF)) {
            throw Problem.of(
                            ProblemType.INVALID_JSON,
                            "The body starts with a byte order mark. Send UTF-8 without one.")
                    .toException();
        }
        try {
            var _ = UTF_8.newDecoder().decode(ByteBuffer.wrap(body));
        } catch (CharacterCodingException _) {
            throw invalidText("contains bytes that are not UTF-8");
        }
    }

    private static boolean startsWith(byte[] body, int... start) {
        if (body.length < start.length) {
            return false;
        }
        for (int i = 0; i < start.length; i++) {
            if ((body[i] & 0xFF) != start[i]) {
                return false;
            }
        }
        return true;
    }

    private static ProblemException notUtf8() {
        return Problem.of(
                        ProblemType.UNSUPPORTED_CHARSET,
                        "The body looks like UTF-16 or UTF-32. Send UTF-8.")
                .toException();
    }

    private static ProblemException invalidText(String what) {
        return Problem.of(ProblemType.INVALID_TEXT, "The body " + what + ".").toException();
    }

    /// Enters the body's object.
    public JsonObject object(Fields fields) {
        return object(fields, "");
    }

    /// Enters an object that is the value of a field.
    ///
    /// @param pointer where it is, to name the fields it lacks
    public JsonObject object(Fields fields, String pointer) {
        begin();
        return new JsonObject(this, fields, pointer);
    }

    /// Enters an object whose names are the caller's own.
    public void begin() {
        var token = pointer().isEmpty() && !parser.hasCurrentToken() ? advance() : value();
        if (token != JsonToken.START_OBJECT) {
            throw wrongType("an object");
        }
    }

    /// Enters an array that is the value of a field.
    public void beginArray() {
        if (value() != JsonToken.START_ARRAY) {
            throw wrongType("an array");
        }
    }

    /// Moves to the next element of the array entered last, or says that there is none.
    public boolean nextElement() {
        return advance() != JsonToken.END_ARRAY;
    }

    /// The next name in the object entered last, or null at its end.
    public @Nullable String nextName() {
        try {
            return parser.nextName();
        } catch (JacksonException e) {
            throw invalid(e);
        }
    }

    /// A text that is not empty.
    public String text() {
        return text(TEXT_LENGTH_MAX);
    }

    public String text(int lengthMax) {
        if (value() != JsonToken.VALUE_STRING) {
            throw wrongType("a string");
        }
        var text = string();
        if (text.isEmpty()) {
            throw problem(ProblemType.MISSING_FIELD, "must not be empty");
        }
        requireWellFormed(text);
        if (text.length() > lengthMax) {
            throw problem(
                    ProblemType.INVALID_VALUE,
                    "must have at most "
                            + lengthMax
                            + " characters, but has "
                            + text.length()
                            + ": "
                            + Quoted.of(text));
        }
        return text;
    }

    /// A boolean.
    public boolean flag() {
        return switch (value()) {
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> throw wrongType("a boolean");
        };
    }

    /// The elements of an array, each as it was sent, so that each can be read by itself.
    ///
    /// @param max how many there may be; there must be one
    public List<byte[]> elements(int max) {
        if (value() != JsonToken.START_ARRAY) {
            throw wrongType("an array");
        }
        var pointer = pointer();
        var elements = new ArrayList<byte[]>();
        for (var token = advance(); token != JsonToken.END_ARRAY; token = advance()) {
            if (token == null) {
                throw truncated();
            }
            int start = start();
            elements.add(Arrays.copyOfRange(body, start, finish()));
        }
        if (elements.isEmpty() || elements.size() > max) {
            throw Problem.at(
                            pointer,
                            ProblemType.INVALID_VALUE,
                            pointer
                                    + " must have 1 to "
                                    + max
                                    + " elements, but has "
                                    + elements.size()
                                    + ".")
                    .toException();
        }
        return elements;
    }

    /// One of some words.
    public String word(Collection<String> words) {
        var text = text();
        if (!words.contains(text)) {
            var nearest = Nearest.to(text, words);
            throw problem(
                    ProblemType.INVALID_VALUE,
                    "must be one of "
                            + String.join(", ", words)
                            + ", but was "
                            + Quoted.of(text)
                            + (nearest == null ? "" : ". Maybe \"" + nearest + "\" is meant"));
        }
        return text;
    }

    /// A JSON number.
    public BigDecimal number(Figure figure) {
        var token = value();
        if (token != JsonToken.VALUE_NUMBER_INT && token != JsonToken.VALUE_NUMBER_FLOAT) {
            throw wrongType("a number");
        }
        return figure.read(string(), pointer());
    }

    /// A figure in a string, as money is written.
    public BigDecimal decimalText(Figure figure) {
        var text = text();
        return figure.read(text, pointer());
    }

    /// A string, number or boolean as it was written, with a mark of its type, for a fingerprint.
    public String scalar() {
        return switch (value()) {
            case VALUE_STRING -> {
                var text = string();
                requireWellFormed(text);
                if (text.length() > TEXT_LENGTH_MAX) {
                    throw problem(
                            ProblemType.INVALID_VALUE,
                            "must have at most " + TEXT_LENGTH_MAX + " characters");
                }
                yield "s" + text;
            }
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> {
                var text = string();
                if (text.length() > TEXT_LENGTH_MAX) {
                    throw problem(
                            ProblemType.AMOUNT_FORMAT,
                            "must have at most " + TEXT_LENGTH_MAX + " digits");
                }
                yield "n" + text;
            }
            case VALUE_TRUE -> "t";
            case VALUE_FALSE -> "f";
            default -> throw wrongType("a string, a number or a boolean");
        };
    }

    /// Checks a name that is the caller's own.
    public void requireName(String name, int lengthMax) {
        if (name.isEmpty() || name.length() > lengthMax) {
            throw problem(
                    ProblemType.INVALID_VALUE,
                    "has a name of "
                            + name.length()
                            + " characters; it must have 1 to "
                            + lengthMax);
        }
        requireWellFormed(name);
    }

    /// Whether the value is the JSON null, for the few fields where it means something.
    public boolean isNull() {
        return value() == JsonToken.VALUE_NULL;
    }

    /// Requires that nothing follows the body's object.
    public void end() {
        if (advance() != null) {
            throw Problem.of(
                            ProblemType.INVALID_JSON,
                            "Something follows the JSON object. Send one object and nothing else.")
                    .toException();
        }
    }

    /// A problem with the value that was read last.
    public ProblemException problem(ProblemType type, String mustBe) {
        var pointer = pointer();
        return Problem.at(pointer, type, pointer + " " + mustBe + ".").toException();
    }

    String pointer() {
        return parser.streamReadContext().pathAsPointer().toString();
    }

    /// The value of the field just named; asking again does not move on.
    private JsonToken value() {
        var token = parser.currentToken();
        if (token == JsonToken.PROPERTY_NAME) {
            token = advance();
        }
        if (token == null) {
            throw truncated();
        }
        return token;
    }

    @Nullable JsonToken advance() {
        try {
            return parser.nextToken();
        } catch (JacksonException e) {
            throw invalid(e);
        }
    }

    private String string() {
        try {
            return parser.getString();
        } catch (JacksonException e) {
            throw invalid(e);
        }
    }

    private void requireWellFormed(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0) {
                throw problem(ProblemType.INVALID_TEXT, "must not contain the character U+0000");
            }
            if (Character.isSurrogate(c)) {
                if (i + 1 == text.length() || !Character.isSurrogatePair(c, text.charAt(i + 1))) {
                    throw problem(
                            ProblemType.INVALID_TEXT, "must not contain half of a surrogate pair");
                }
                i++;
            }
        }
    }

    private ProblemException wrongType(String wanted) {
        var token = parser.currentToken();
        if (token == null) {
            return truncated();
        }
        var pointer = pointer();
        var found =
                switch (token) {
                    case VALUE_NULL -> "null";
                    case VALUE_TRUE -> "true";
                    case VALUE_FALSE -> "false";
                    case START_OBJECT -> "an object";
                    case START_ARRAY -> "an array";
                    case VALUE_STRING -> "the string " + Quoted.of(string());
                    default -> "the number " + Quoted.cut(string());
                };
        if (token == JsonToken.START_OBJECT || token == JsonToken.START_ARRAY) {
            skip();
        }
        var place = pointer.isEmpty() ? whole : pointer;
        return token == JsonToken.VALUE_NULL && !pointer.isEmpty()
                ? Problem.at(
                                pointer,
                                ProblemType.MISSING_FIELD,
                                place + " is null. Give " + wanted + ", or leave it out.")
                        .toException()
                : Problem.at(
                                pointer,
                                ProblemType.WRONG_TYPE,
                                place + " must be " + wanted + ", but was " + found + ".")
                        .toException();
    }

    // What is broken in itself is reported as such, before it is reported as out of place.
    private void skip() {
        try {
            parser.skipChildren();
        } catch (JacksonException e) {
            throw invalid(e);
        }
    }

    static ProblemException truncated() {
        return Problem.of(ProblemType.INVALID_JSON, "The body ends before its JSON is complete.")
                .toException();
    }

    /// Where the value begun starts in the body, in bytes.
    int start() {
        return (int) parser.currentTokenLocation().getByteOffset();
    }

    /// Reads to the end of the value begun, and says where that is.
    int finish() {
        try {
            parser.skipChildren();
            parser.finishToken();
            return (int) parser.currentLocation().getByteOffset();
        } catch (JacksonException e) {
            throw invalid(e);
        }
    }

    private ProblemException invalid(JacksonException e) {
        if (e instanceof StreamConstraintsException) {
            return Problem.of(
                            ProblemType.NESTING_TOO_DEEP,
                            "The JSON is nested more than " + DEPTH_MAX + " levels deep.")
                    .toException();
        }
        if (e instanceof UnexpectedEndOfInputException) {
            return truncated();
        }
        var location = parser.currentLocation();
        return Problem.of(
                        ProblemType.INVALID_JSON,
                        "The body is not valid JSON at line "
                                + location.getLineNr()
                                + ", column "
                                + location.getColumnNr()
                                + ".")
                .toException();
    }
}
