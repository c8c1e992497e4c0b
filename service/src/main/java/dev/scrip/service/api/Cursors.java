package dev.scrip.service.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.scrip.ledger.AccountId;
import dev.scrip.service.http.Problem;
import dev.scrip.service.http.ProblemException;
import dev.scrip.service.http.ProblemType;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/// Where a page of entries ended, as a text that callers pass back unread.
///
/// It is bound to its account by a checksum, so that one taken from elsewhere is refused and not
/// misread. It is no secret: what may be read is decided by the key alone.
final class Cursors {

    private static final int CHECKSUM_BYTES = 8;

    private Cursors() {}

    static String of(AccountId account, long seq) {
        var bytes =
                ByteBuffer.allocate(Long.BYTES + CHECKSUM_BYTES)
                        .putLong(seq)
                        .put(checksum(account, seq), 0, CHECKSUM_BYTES)
                        .array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    static long parse(AccountId account, String cursor) {
        try {
            var bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(cursor));
            if (bytes.remaining() != Long.BYTES + CHECKSUM_BYTES) {
                throw invalid();
            }
            long seq = bytes.getLong();
            if (seq < 1 || !of(account, seq).equals(cursor)) {
                throw invalid();
            }
            return seq;
        } catch (IllegalArgumentException _) {
            throw invalid();
        }
    }

    private static ProblemException invalid() {
        return Problem.of(
                        ProblemType.INVALID_CURSOR,
                        "Pass back next_cursor as it came, for the same account; or leave the"
                                + " cursor out to start with the newest entry.")
                .toException();
    }

    private static byte[] checksum(AccountId account, long seq) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(("entries " + account + " " + seq).getBytes(UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256.", e);
        }
    }
}
