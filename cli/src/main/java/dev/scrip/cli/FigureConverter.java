package dev.scrip.cli;

import java.math.BigDecimal;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads a plain decimal of a command line.
final class FigureConverter implements ITypeConverter<BigDecimal> {

    private static final Pattern PLAIN = Pattern.compile("\\d{1,13}(\\.\\d{1,18})?");
    private static final Pattern MANY_DIGITS = Pattern.compile("\\d+(\\.\\d+)?");

    @Override
    public BigDecimal convert(String text) {
        if (MANY_DIGITS.matcher(text).matches() && !PLAIN.matcher(text).matches()) {
            throw new TypeConversionException(
                    "'"
                            + text
                            + "' has too many digits; expected at most 13 before the point and 18"
                            + " after it");
        }
        if (text.length() > 32 || !PLAIN.matcher(text).matches()) {
            throw new TypeConversionException("'" + text + "' is no plain decimal such as 112.5");
        }
        return new BigDecimal(text);
    }
}
