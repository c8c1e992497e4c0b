package dev.scrip.ledger;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// What a request asked for, in 128 bits: the first half of the SHA-256 of its content.
///
/// Half is enough: a collision would only let a caller repeat a request of their own.
public record Fingerprint(long high, long low) {

    public static Fingerprint of(byte[] content) {
        try {
            var digest = ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(content));
            return new Fingerprint(digest.getLong(), digest.getLong());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256.", e);
        }
    }
}
