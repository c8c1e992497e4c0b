package dev.scrip.pricingfile;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Collects what is wrong with a file, so that all of it can be said at once.
final class Problems {

    private static final int SHOWN_MAX = 50;

    private final String file;
    private final List<Problem> found = new ArrayList<>();

    /// @param line where in the file; `Integer.MAX_VALUE` for problems of other files, which come
    ///   last
    private record Problem(int line, String text) {}

    Problems(String file) {
        this.file = file;
    }

    String file() {
        return file;
    }

    void add(int line, String field, String problem, String expected) {
        found.add(
                new Problem(
                        line,
                        file
                                + ":"
                                + line
                                + ": "
                                + (field.isEmpty() ? "" : field + ": ")
                                + problem
                                + "; expected "
                                + expected));
    }

    /// A problem of the file as a whole.
    void add(String problem) {
        found.add(new Problem(0, file + ": " + problem));
    }

    /// A problem of another file, which the text names.
    void addElsewhere(String text) {
        found.add(new Problem(Integer.MAX_VALUE, text));
    }

    boolean any() {
        return !found.isEmpty();
    }

    void throwIfAny() {
        if (any()) {
            throw toException();
        }
    }

    PricingFileException toException() {
        var lines = new ArrayList<String>();
        found.stream()
                .sorted(Comparator.comparingInt(Problem::line))
                .limit(SHOWN_MAX)
                .forEach(problem -> lines.add(problem.text()));
        if (found.size() > SHOWN_MAX) {
            lines.add(file + ": and " + (found.size() - SHOWN_MAX) + " more problems");
        }
        return new PricingFileException(lines);
    }
}
