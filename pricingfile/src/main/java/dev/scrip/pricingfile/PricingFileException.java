package dev.scrip.pricingfile;

import java.util.List;

/// A pricing file, or a file it names, cannot be used. It carries every problem that was found.
public final class PricingFileException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    PricingFileException(List<String> problems) {
        super(String.join("\n", problems));
    }

    /// One line each, in the order of the file: `file:line: field: problem; expected …`.
    public List<String> problems() {
        return String.valueOf(getMessage()).lines().toList();
    }
}
