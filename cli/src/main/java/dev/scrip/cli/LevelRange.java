package dev.scrip.cli;

import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// How many levels a table may have: `5`, or `1..15`.
record LevelRange(int from, int to) {

    private static final int MAX = 100;

    static final class Converter implements ITypeConverter<LevelRange> {

        private static final Pattern RANGE = Pattern.compile("(\\d{1,3})(\\.\\.(\\d{1,3}))?");

        @Override
        public LevelRange convert(String text) {
            var range = RANGE.matcher(text);
            if (!range.matches()) {
                throw unusable(text);
            }
            int from = Integer.parseInt(range.group(1));
            int to = range.group(3) == null ? from : Integer.parseInt(range.group(3));
            if (from < 1 || to < from || to > MAX) {
                throw unusable(text);
            }
            return new LevelRange(from, to);
        }

        private static TypeConversionException unusable(String text) {
            return new TypeConversionException(
                    "'" + text + "' is no number of levels such as 5 or 1..15, at most " + MAX);
        }
    }
}
