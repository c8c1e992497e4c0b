package dev.scrip.service.http;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/// What a figure in a request may be. It is checked as text before anything computes with it: a
/// number such as `1e1000000000` is nine bytes to send and minutes to expand.
///
/// @param name what the figure is, for error texts
/// @param wholeDigits digits before the point, at most
/// @param decimals digits after the point, at most
/// @param zeroAllowed otherwise it must be greater than 0
/// @param negativeAllowed whether it may have a minus before it
/// @param max of its size, inclusive; null when the digits bound it
public record Figure(
        String name,
        int wholeDigits,
        int decimals,
        boolean zeroAllowed,
        boolean negativeAllowed,
        @Nullable BigDecimal max) {

    private static final int LENGTH_MAX = 64;

    /// So many digits fit an int.
    private static final int SHORT_LENGTH_MAX = 9;

    /// One that is not negative.
    public Figure(
            String name,
            int wholeDigits,
            int decimals,
            boolean zeroAllowed,
            @Nullable BigDecimal max) {
        this(name, wholeDigits, decimals, zeroAllowed, false, max);
    }

    /// One that says how much more or less: anything but 0.
    public static Figure signed(String name, int wholeDigits, int decimals, BigDecimal max) {
        return new Figure(name, wholeDigits, decimals, false, true, max);
    }

    /// Reads a figure.
    ///
    /// @throws ProblemException if it is not such a figure
    BigDecimal read(String text, String pointer) {
        return text.length() <= SHORT_LENGTH_MAX && isWhole(text)
                ? checked(BigDecimal.valueOf(Integer.parseInt(text)), text, pointer)
                : decimal(text, pointer);
    }

    private static boolean isWhole(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return !text.isEmpty() && (text.length() == 1 || text.charAt(0) != '0');
    }

    private BigDecimal decimal(String text, String pointer) {
        boolean negative = text.startsWith("-");
        var digits = negative ? text.substring(1) : text;
        int point = digits.indexOf('.');
        var whole = point < 0 ? digits : digits.substring(0, point);
        var fraction = point < 0 ? "0" : digits.substring(point + 1);
        if (text.length() > LENGTH_MAX || !isWhole(whole) || !isWhole("1" + fraction)) {
            throw problem(pointer, ProblemType.AMOUNT_FORMAT, text);
        }
        if (negative && !negativeAllowed) {
            throw problem(pointer, ProblemType.AMOUNT_NOT_POSITIVE, text);
        }
        if (whole.length() > wholeDigits) {
            throw problem(pointer, ProblemType.AMOUNT_OUT_OF_RANGE, text);
        }
        if (point >= 0 && fraction.isEmpty()) {
            throw problem(pointer, ProblemType.AMOUNT_FORMAT, text);
        }
        var exact = new BigDecimal(digits);
        // Zeros at the end say nothing: many languages write a thousand as 1000.0.
        if (exact.stripTrailingZeros().scale() > decimals) {
            throw problem(pointer, ProblemType.AMOUNT_PRECISION, text);
        }
        var value =
                checked(exact.scale() > decimals ? exact.setScale(decimals) : exact, text, pointer);
        return negative ? value.negate() : value;
    }

    private BigDecimal checked(BigDecimal value, String text, String pointer) {
        if (value.signum() == 0 && !zeroAllowed) {
            throw problem(pointer, ProblemType.AMOUNT_NOT_POSITIVE, text);
        }
        if (value.precision() - value.scale() > wholeDigits
                || (max != null && value.compareTo(max) > 0)) {
            throw problem(pointer, ProblemType.AMOUNT_OUT_OF_RANGE, text);
        }
        return value;
    }

    /// The field at fault, with what it is a figure of where its own name does not say so.
    private String subject(String pointer) {
        var field = pointer.substring(pointer.lastIndexOf('/') + 1);
        return field.isEmpty() || field.equals(name) ? name : field + " (" + name + ")";
    }

    private String least() {
        return negativeAllowed
                ? "other than 0, "
                : zeroAllowed ? "of 0 or more, " : "greater than 0, ";
    }

    private ProblemException problem(String pointer, ProblemType type, String text) {
        var most = max == null ? "with at most " + wholeDigits + " digits before" : "up to " + max;
        var after =
                decimals == 0
                        ? ""
                        : max == null
                                ? " and " + decimals + " after the point"
                                : " with at most " + decimals + " decimals";
        return Problem.at(
                        pointer,
                        type,
                        "The "
                                + subject(pointer)
                                + (decimals == 0
                                        ? " must be a whole number "
                                        : " must be a plain decimal ")
                                + least()
                                + most
                                + after
                                + ", but was "
                                + Quoted.cut(text)
                                + ".")
                .toException();
    }
}
