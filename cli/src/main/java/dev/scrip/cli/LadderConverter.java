package dev.scrip.cli;

import dev.scrip.pricing.Ladder;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads a ladder of a command line: its name, or its values.
final class LadderConverter implements ITypeConverter<Ladder> {

    @Override
    public Ladder convert(String text) {
        try {
            return Ladder.parse(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(String.valueOf(e.getMessage()));
        }
    }
}
