package dev.scrip.service.access;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.SecureRandom;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/// How an API key is written: `sk_<workspace>_<id>_<secret>`, where the secret ends in a checksum
/// by which scanners of leaked secrets can tell a key from a lookalike.
final class KeyText {

    static final String PREFIX = "sk_";

    private static final String DIGITS =
            "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final int ID_LENGTH = 12;

    /// 43 × log2(62) = 256.03 bits.
    private static final int SECRET_LENGTH = 43;

    /// Enough for the 32 bits of a CRC.
    private static final int CHECKSUM_LENGTH = 6;

    private static final int LENGTH_MAX = 128;
    private static final SecureRandom RANDOM = new SecureRandom();

    private static final Pattern ANYWHERE =
            Pattern.compile(PREFIX + "[a-z0-9-]+_[A-Za-z0-9]{" + ID_LENGTH + "}_[A-Za-z0-9]{20,}");

    private KeyText() {}

    /// Whether a key, or one that lost its end, is somewhere in the text.
    static boolean isIn(String text) {
        return text.contains(PREFIX) && ANYWHERE.matcher(text).find();
    }

    static String random(String workspace) {
        var text = new StringBuilder(PREFIX).append(workspace).append('_');
        appendRandom(text, ID_LENGTH);
        text.append('_');
        appendRandom(text, SECRET_LENGTH);
        return text.append(checksum(text.toString())).toString();
    }

    static String id(String text) {
        var id = idOrNull(text);
        if (id == null) {
            throw new IllegalStateException("A key was made that is not read as one.");
        }
        return id;
    }

    /// The id in a text of the right form, or null.
    static @Nullable String idOrNull(String text) {
        int secretAt = text.length() - SECRET_LENGTH - CHECKSUM_LENGTH;
        int idAt = secretAt - 1 - ID_LENGTH;
        boolean formed =
                idAt > PREFIX.length() + 1
                        && text.length() <= LENGTH_MAX
                        && text.startsWith(PREFIX)
                        && text.charAt(idAt - 1) == '_'
                        && text.charAt(secretAt - 1) == '_';
        return formed ? text.substring(idAt, secretAt - 1) : null;
    }

    static String checksum(String text) {
        var crc = new CRC32();
        crc.update(text.getBytes(US_ASCII));
        var digits = new char[CHECKSUM_LENGTH];
        long rest = crc.getValue();
        for (int i = CHECKSUM_LENGTH - 1; i >= 0; i--) {
            digits[i] = DIGITS.charAt((int) (rest % DIGITS.length()));
            rest /= DIGITS.length();
        }
        return new String(digits);
    }

    private static void appendRandom(StringBuilder text, int length) {
        for (int i = 0; i < length; i++) {
            text.append(DIGITS.charAt(RANDOM.nextInt(DIGITS.length())));
        }
    }
}
