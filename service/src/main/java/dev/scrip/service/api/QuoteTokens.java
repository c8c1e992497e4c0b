package dev.scrip.service.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.scrip.ledger.AccountId;
import dev.scrip.metering.BoundQuote;
import dev.scrip.pricing.AdjustmentKind;
import dev.scrip.pricing.AppliedAdjustment;
import dev.scrip.pricing.Credits;
import dev.scrip.pricing.Money;
import dev.scrip.pricing.Quote;
import java.math.BigDecimal;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.Supplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// Bound quotes as text that callers keep for us: all of the quote, and a signature by which we
/// know that we made it. So nothing is stored, and any server with the secret takes it.
///
/// The text is `q_`, the quote in base64url, a point, and its HMAC-SHA256 in base64url. Whoever
/// reads it sees the cost of the call nowhere: that is looked up again.
final class QuoteTokens {

    private static final String PREFIX = "q_";
    private static final String VERSION = "1";
    private static final String ALGORITHM = "HmacSHA256";

    /// None of what is joined by them has one of them in it.
    private static final String FIELD = "|";

    private static final String STEP = ";";
    private static final String PART = ",";

    private static final int FIELDS = 11;
    static final int LENGTH_MAX = 8_192;
    private static final Base64.Encoder TEXT = Base64.getUrlEncoder().withoutPadding();

    private final Supplier<byte[]> secret;
    private volatile @Nullable SecretKeySpec key;

    /// @param secret asked for when a quote is made or read first, and then kept
    QuoteTokens(Supplier<byte[]> secret) {
        this.secret = secret;
    }

    String write(BoundQuote bound) {
        var quote = bound.quote();
        var fields =
                String.join(
                        FIELD,
                        VERSION,
                        bound.account().workspace(),
                        bound.account().name(),
                        quote.operation(),
                        quote.quantity().toPlainString(),
                        Long.toString(quote.base().micros()),
                        Long.toString(quote.credits().micros()),
                        Long.toString(quote.listValue().nanos()),
                        quote.priceBook(),
                        bound.expiresAt().toString(),
                        String.join(
                                STEP,
                                quote.adjustments().stream().map(QuoteTokens::step).toList()));
        var bytes = fields.getBytes(UTF_8);
        return PREFIX + TEXT.encodeToString(bytes) + "." + TEXT.encodeToString(sign(bytes));
    }

    /// The quote of a text; null when we did not make it. Its cost is not in it, and zero.
    @Nullable BoundQuote read(String text) {
        int point = text.indexOf('.');
        if (text.length() > LENGTH_MAX || !text.startsWith(PREFIX) || point < 0) {
            return null;
        }
        byte[] bytes;
        byte[] signature;
        try {
            bytes = Base64.getUrlDecoder().decode(text.substring(PREFIX.length(), point));
            signature = Base64.getUrlDecoder().decode(text.substring(point + 1));
        } catch (IllegalArgumentException _) {
            return null;
        }
        // Compared in a time that does not tell how much of it was right.
        if (!MessageDigest.isEqual(sign(bytes), signature)) {
            return null;
        }
        var fields = new String(bytes, UTF_8).split("\\" + FIELD, -1);
        return fields.length == FIELDS && fields[0].equals(VERSION) ? quote(fields) : null;
    }

    private static BoundQuote quote(String[] fields) {
        var quote =
                new Quote(
                        fields[3],
                        new BigDecimal(fields[4]),
                        credits(fields[5]),
                        credits(fields[6]),
                        new Money(Long.parseLong(fields[7])),
                        Money.ZERO,
                        fields[8],
                        steps(fields[10]));
        return new BoundQuote(new AccountId(fields[1], fields[2]), quote, Instant.parse(fields[9]));
    }

    private static String step(AppliedAdjustment step) {
        var factor = step.factor();
        var fixed = step.fixed();
        return String.join(
                PART,
                step.id(),
                step.kind().word(),
                factor == null ? "" : factor.toPlainString(),
                fixed == null ? "" : Long.toString(fixed.micros()),
                Long.toString(step.after().micros()));
    }

    private static List<AppliedAdjustment> steps(String text) {
        var steps = new ArrayList<AppliedAdjustment>();
        for (var step : text.isEmpty() ? new String[0] : text.split(STEP, -1)) {
            var parts = step.split(PART, -1);
            steps.add(
                    new AppliedAdjustment(
                            parts[0],
                            AdjustmentKind.of(parts[1]),
                            parts[2].isEmpty() ? null : new BigDecimal(parts[2]),
                            parts[3].isEmpty() ? null : credits(parts[3]),
                            credits(parts[4])));
        }
        return steps;
    }

    private static Credits credits(String micros) {
        return new Credits(Long.parseLong(micros));
    }

    private byte[] sign(byte[] bytes) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(key());
            return mac.doFinal(bytes);
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("Every JDK has " + ALGORITHM, e);
        }
    }

    private SecretKeySpec key() {
        var known = key;
        if (known == null) {
            known = new SecretKeySpec(secret.get(), ALGORITHM);
            key = known;
        }
        return known;
    }
}
