package dev.scrip.service.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.scrip.pricing.Credits;
import dev.scrip.pricing.Money;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/// Writes JSON straight into bytes. By hand and not by a library, because a charge is answered with
/// one array and no objects for its parts.
///
/// Credits are numbers with at most six decimals, money is an object with a decimal string, times
/// are RFC 3339 in UTC.
@CanIgnoreReturnValue
public final class JsonWriter {

    private static final int CREDIT_DECIMALS = 6;
    private static final int MONEY_DECIMALS_MIN = 6;
    private static final int MONEY_DECIMALS_MAX = 9;
    private static final long MICROS = 1_000_000;
    private static final long NANOS = 1_000_000_000;

    private static final BigDecimal LONG_MAX = BigDecimal.valueOf(Long.MAX_VALUE);

    /// All that fit a long.
    private static final long[] POWERS_OF_TEN =
            LongStream.iterate(1, power -> 10 * power).limit(19).toArray();

    private static final byte[] HEX = "0123456789abcdef".getBytes(UTF_8);

    private byte[] buffer;
    private int length;

    /// Whether the next name or element follows another.
    private boolean follows;

    public JsonWriter() {
        this(512);
    }

    public JsonWriter(int lengthExpected) {
        buffer = new byte[lengthExpected];
    }

    byte[] buffer() {
        return buffer;
    }

    int length() {
        return length;
    }

    public JsonWriter beginObject() {
        return begin('{');
    }

    /// Begins an object as a field's value.
    public JsonWriter beginObject(String name) {
        name(name);
        return open('{');
    }

    public JsonWriter endObject() {
        return end('}');
    }

    /// Begins an array as a field's value.
    public JsonWriter beginArray(String name) {
        name(name);
        return open('[');
    }

    public JsonWriter endArray() {
        return end(']');
    }

    public JsonWriter element(String value) {
        separate();
        text(value);
        follows = true;
        return this;
    }

    public JsonWriter field(String name, @Nullable String value) {
        name(name);
        if (value == null) {
            ascii("null");
        } else {
            text(value);
        }
        follows = true;
        return this;
    }

    public JsonWriter field(String name, boolean value) {
        name(name);
        ascii(value ? "true" : "false");
        follows = true;
        return this;
    }

    public JsonWriter field(String name, long value) {
        name(name);
        number(value);
        follows = true;
        return this;
    }

    /// Writes a number without exponent and trailing zeros, or null.
    public JsonWriter field(String name, @Nullable BigDecimal value) {
        name(name);
        if (value == null) {
            ascii("null");
        } else {
            decimal(value);
        }
        follows = true;
        return this;
    }

    public JsonWriter field(String name, Credits credits) {
        name(name);
        credits(credits.micros());
        follows = true;
        return this;
    }

    public JsonWriter field(String name, Money amount, String currency) {
        beginObject(name);
        name("amount");
        put('"');
        money(amount.nanos());
        put('"');
        follows = true;
        field("currency", currency);
        return endObject();
    }

    public JsonWriter field(String name, @Nullable Instant value) {
        return field(name, value == null ? null : value.toString());
    }

    private JsonWriter begin(char bracket) {
        separate();
        return open(bracket);
    }

    private JsonWriter open(char bracket) {
        put(bracket);
        follows = false;
        return this;
    }

    private JsonWriter end(char bracket) {
        put(bracket);
        follows = true;
        return this;
    }

    private void separate() {
        if (follows) {
            put(',');
        }
    }

    /// Names are ours: ASCII without anything to escape.
    private void name(String name) {
        separate();
        put('"');
        ascii(name);
        put('"');
        put(':');
    }

    private void credits(long micros) {
        long whole = micros / MICROS;
        long rest = Math.abs(micros % MICROS);
        if (micros < 0 && whole == 0) {
            put('-');
        }
        number(whole);
        if (rest != 0) {
            put('.');
            int decimals = CREDIT_DECIMALS;
            while (rest % 10 == 0) {
                rest /= 10;
                decimals--;
            }
            digits(rest, decimals);
        }
    }

    private void number(long value) {
        if (value == Long.MIN_VALUE) {
            ascii(Long.toString(value));
            return;
        }
        if (value < 0) {
            put('-');
        }
        digits(Math.abs(value), 1);
    }

    /// Writes a figure with zeros before it up to a length.
    private void digits(long value, int lengthMin) {
        int count = lengthMin;
        while (count < POWERS_OF_TEN.length && value >= POWERS_OF_TEN[count]) {
            count++;
        }
        reserve(count);
        long rest = value;
        for (int i = length + count - 1; i >= length; i--) {
            buffer[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        length += count;
    }

    /// At least six decimals, so that small prices line up.
    private void money(long nanos) {
        long whole = nanos / NANOS;
        long rest = Math.abs(nanos % NANOS);
        if (nanos < 0 && whole == 0) {
            put('-');
        }
        number(whole);
        put('.');
        int decimals = MONEY_DECIMALS_MAX;
        while (decimals > MONEY_DECIMALS_MIN && rest % 10 == 0) {
            rest /= 10;
            decimals--;
        }
        digits(rest, decimals);
    }

    private void decimal(BigDecimal value) {
        if (value.scale() == 0 && value.signum() >= 0 && value.compareTo(LONG_MAX) <= 0) {
            number(value.longValue());
        } else {
            ascii(value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString());
        }
    }

    private void text(String value) {
        int count = value.length();
        reserve(count + 2);
        put('"');
        for (int i = 0; i < count; i++) {
            char c = value.charAt(i);
            if (c < ' ' || c >= 0x7F || c == '"' || c == '\\') {
                rest(value, i);
                break;
            }
            buffer[length++] = (byte) c;
        }
        put('"');
    }

    /// The part of a text from the first character that takes more than a byte.
    private void rest(String value, int from) {
        for (byte b : value.substring(from).getBytes(UTF_8)) {
            if (b >= 0) {
                escaped((char) b);
            } else {
                reserve(1);
                buffer[length++] = b;
            }
        }
    }

    private void escaped(char c) {
        if (c == '"' || c == '\\') {
            put('\\');
            put(c);
        } else if (c < ' ') {
            ascii("\\u00");
            put((char) HEX[c >> 4]);
            put((char) HEX[c & 15]);
        } else {
            put(c);
        }
    }

    // Deprecated for text that is not ASCII; for ours it is a copy in one go.
    @SuppressWarnings("deprecation")
    private void ascii(String text) {
        int count = text.length();
        reserve(count);
        text.getBytes(0, count, buffer, length);
        length += count;
    }

    private void put(char c) {
        reserve(1);
        buffer[length++] = (byte) c;
    }

    private void reserve(int count) {
        if (length + count > buffer.length) {
            buffer = Arrays.copyOf(buffer, Math.max(2 * buffer.length, length + count));
        }
    }

    @Override
    public String toString() {
        return new String(buffer, 0, length, UTF_8);
    }
}
