package dev.scrip.storage;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// The hash that a batch is stored with: SHA-256 over the hash of the batch before it, the numbers
/// of its first and its last fact, and its bytes. Whoever changes, removes or moves a batch would
/// have to write all later ones anew, and the head's hash is no longer the one that was noted.
///
/// Of one thread.
public final class BatchChain {

    public static final int LENGTH = 32;

    private final MessageDigest digest;
    private final ByteBuffer numbers = ByteBuffer.allocate(2 * Long.BYTES);

    public BatchChain() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256.", e);
        }
    }

    /// What stands before the first batch.
    public static byte[] start() {
        return new byte[LENGTH];
    }

    /// The hash of the batch that follows the one with the given hash.
    public byte[] next(byte[] previous, long firstSeq, long lastSeq, byte[] batch) {
        numbers.clear().putLong(firstSeq).putLong(lastSeq);
        digest.update(previous);
        digest.update(numbers.array());
        return digest.digest(batch);
    }
}
