package dev.scrip.service.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.scrip.ledger.Fingerprint;
import dev.scrip.service.http.CanIgnoreReturnValue;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/// What a request asked, written so that two requests read alike exactly when they ask the same:
/// neither the order of fields nor spaces nor how a figure is written makes a difference.
@CanIgnoreReturnValue
final class CanonicalText {

    /// No text in a request may contain it, so no value can look like two.
    private static final char END = '\0';

    private final StringBuilder text = new StringBuilder(128);

    CanonicalText(String route) {
        text.append(route).append(END);
    }

    CanonicalText add(String name, @Nullable String value) {
        if (value != null) {
            text.append(name).append('=').append(value).append(END);
        }
        return this;
    }

    CanonicalText add(String name, @Nullable BigDecimal value) {
        return add(
                name,
                value == null
                        ? null
                        : value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString());
    }

    Fingerprint fingerprint() {
        return Fingerprint.of(text.toString().getBytes(UTF_8));
    }
}
