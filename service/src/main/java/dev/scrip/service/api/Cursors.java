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

/// Where a page of a list ended, as a text that callers pass back unread.
///
/// It is bound to its list by a checksum, so that one taken from elsewhere is refused and not
/// misread. It is no secret: what may be read is decided by the key alone.
final class Cursors {

    private static final int CHECKSUM_BYTES = 8;

    private Cursors() {}

    static String of(AccountId account, long seq) {
        return of("entries " + account, seq);
    }

    /// @param list what tells the list from any other
    static String of(String list, long seq) {
        var bytes =
                ByteBuffer.allocate(Long.BYTES + CHECKSUM_BYTES)
                        .putLong(seq)
                        .put(checksum(list, seq), 0, CHECKSUM_BYTES)
                        .array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    static long parse(AccountId account, String cursor) {
        return parse("entries " + account, cursor);
    }

    static long parse(String list, String cursor) {
        try {
            var bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(cursor));
            if (bytes.remaining() != Long.BYTES + CHECKSUM_BYTES) {
                throw invalid();
            }
            long seq = bytes.getLong();
            if (seq < 1 || !of(list, seq).equals(cursor)) {
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
                        "Pass back next_cursor as it came, for the same list; or leave the"
                                + " cursor out to start with its first page.")
                .toException();
    }

    private static byte[] checksum(String list, long seq) {
        try {
            return MessageDigest.getInstance("SHA-256").digest((list + " " + seq).getBytes(UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256.", e);
        }
    }
}
