package dev.scrip.cli;

import java.math.BigDecimal;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads a plain decimal of a command line.
final class FigureConverter implements ITypeConverter<BigDecimal> {

    private static final Pattern PLAIN = Pattern.compile("\\d{1,13}(\\.\\d{1,18})?");

    @Override
    public BigDecimal convert(String text) {
        if (text.length() > 32 || !PLAIN.matcher(text).matches()) {
            throw new TypeConversionException("'" + text + "' is no plain decimal such as 112.5");
        }
        return new BigDecimal(text);
    }
}
