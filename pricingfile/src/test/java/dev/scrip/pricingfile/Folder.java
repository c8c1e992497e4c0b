package dev.scrip.pricingfile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// A folder of test files.
record Folder(Path path) {

    /// A pricing file that is right, for tests that spoil one part of it.
    static final String GOOD =
            """
            format: scrip-pricing/1
            currency: USD
            cost_rates: {compute_per_second: 0.0034, third_party: {model.token: 0.000002}}
            credit_price: {target_margin: 0.70, blended_cost_per_credit: 0.0003}
            operations:
              image.upload: {unit_cost: 0.0002}
            """;

    Path write(String name, String text) {
        return write(name, text.getBytes(StandardCharsets.UTF_8));
    }

    Path write(String name, byte[] bytes) {
        try {
            return Files.write(path.resolve(name), bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    PricingFile read(String text) {
        return PricingFile.read(write("pricing.yaml", text));
    }

    /// The problems of a pricing file, without the folder's name.
    String problems(String text) {
        try {
            var file = read(text);
            throw new AssertionError(
                    "It was read without a problem: " + file.design().operations());
        } catch (PricingFileException e) {
            return String.valueOf(e.getMessage()).replace(path + "/", "");
        }
    }
}
