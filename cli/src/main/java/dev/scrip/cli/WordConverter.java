package dev.scrip.cli;

import java.util.Arrays;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads a choice as it is written on a command line: `nearest-log` for `NEAREST_LOG`.
abstract class WordConverter<E extends Enum<E>> implements ITypeConverter<E> {

    private final Class<E> choices;

    WordConverter(Class<E> choices) {
        this.choices = choices;
    }

    @Override
    public final E convert(String text) {
        for (var choice : choices.getEnumConstants()) {
            if (word(choice).equals(text)) {
                return choice;
            }
        }
        throw new TypeConversionException(
                "'"
                        + text
                        + "' is none of "
                        + String.join(
                                ", ",
                                Arrays.stream(choices.getEnumConstants())
                                        .map(WordConverter::word)
                                        .toList()));
    }

    private static String word(Enum<?> choice) {
        return choice.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
