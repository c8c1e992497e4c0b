package dev.scrip.service.page;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/// The pages' style, sent within each page and allowed by its hash, so that nothing else can style
/// or script them.
final class Stylesheet {

    private static final String RESOURCE = "/dev/scrip/service/page/page.css";

    private final String text;

    Stylesheet() {
        try (var stream = Stylesheet.class.getResourceAsStream(RESOURCE)) {
            if (stream == null) {
                throw new IllegalStateException("The resource " + RESOURCE + " is missing.");
            }
            text = new String(stream.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String text() {
        return text;
    }

    /// The value of Content-Security-Policy.
    String policy() {
        return "default-src 'none'; style-src 'sha256-"
                + hash()
                + "'; img-src data:; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";
    }

    private String hash() {
        try {
            return Base64.getEncoder()
                    .encodeToString(
                            MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256.", e);
        }
    }
}
