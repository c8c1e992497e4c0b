package dev.scrip.service.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.scrip.ledger.AccountId;
import dev.scrip.ledger.RateLeft;
import dev.scrip.pricing.Credits;
import io.helidon.http.Header;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Writes what an account has left into headers: exact in our own `Credits-*` fields, and as whole
/// credits in the fields of draft-ietf-httpapi-ratelimit-headers, which take integers only.
///
/// The policy has no window `w`, since a calendar month is no constant number of seconds; `t` says
/// when the plan grants again. A rate limit is a policy of its own under its id; as its time
/// slides, `t` says when one call more is allowed. The partition key `pk` is a hash, as the draft
/// wants nothing sensitive in it.
public final class CreditHeaders {

    private static final HeaderName CONSUMED = HeaderNames.create("Credits-Consumed");
    private static final HeaderName REQUIRED = HeaderNames.create("Credits-Required");
    private static final HeaderName HELD = HeaderNames.create("Credits-Held");
    private static final HeaderName REMAINING = HeaderNames.create("Credits-Remaining");
    private static final HeaderName RESET = HeaderNames.create("Credits-Reset");
    private static final HeaderName POLICY = HeaderNames.create("RateLimit-Policy");
    private static final HeaderName LIMIT = HeaderNames.create("RateLimit");

    /// Whole triples, so that base64 needs no padding.
    private static final int PARTITION_KEY_BYTES = 9;

    private static final int REMEMBERED_MAX = 100_000;

    private final InstantSource clock;
    private final Map<AccountId, Known> remembered = new ConcurrentHashMap<>();

    /// What changes seldom for an account.
    private record Known(
            String partitionKey,
            Instant resetsAt,
            String resetsAtText,
            Header reset,
            Credits quota,
            Header policy) {}

    /// An account's standing, as headers tell it.
    public record Standing(AccountId account, Credits remaining, Credits quota, Instant resetsAt) {}

    public CreditHeaders(InstantSource clock) {
        this.clock = clock;
    }

    static Header consumed(Credits credits) {
        return HeaderValues.create(CONSUMED, credits.toString());
    }

    static Header held(Credits credits) {
        return HeaderValues.create(HELD, credits.toString());
    }

    static Header required(Credits credits) {
        return HeaderValues.create(REQUIRED, credits.toString());
    }

    /// What is left of rate limits, without the credits.
    private static List<Header> of(List<RateLeft> rates) {
        var policies = new ArrayList<String>(rates.size());
        var limits = new ArrayList<String>(rates.size());
        for (var rate : rates) {
            var key = ";pk=:" + partitionKey(rate.account()) + ":";
            var name = "\"" + rate.limit().id() + "\"";
            var limit = rate.limit();
            policies.add(name + ";q=" + limit.calls() + ";w=" + limit.per().toSeconds() + key);
            var seconds = rate.more().isZero() ? "" : ";t=" + wholeSeconds(rate.more());
            limits.add(name + ";r=" + rate.calls() + seconds + key);
        }
        return List.of(
                HeaderValues.create(POLICY, String.join(", ", policies)),
                HeaderValues.create(LIMIT, String.join(", ", limits)));
    }

    /// Rounded up: a call that comes right then must be allowed.
    static long wholeSeconds(Duration wait) {
        return Math.max(1, wait.plusNanos(999_999_999).toSeconds());
    }

    /// An account's standing, and what is left of the rate limits a call was about.
    List<Header> of(Standing standing, List<RateLeft> rates) {
        var credits = of(standing);
        if (rates.isEmpty()) {
            return credits;
        }
        var limits = of(rates).iterator();
        return credits.stream()
                .map(header ->
                        header.headerName().equals(POLICY) || header.headerName().equals(LIMIT)
                                ? HeaderValues.create(
                                        header.headerName(),
                                        header.get() + ", " + limits.next().get())
                                : header)
                .toList();
    }

    List<Header> of(Standing standing) {
        var known = known(standing);
        long seconds =
                Math.max(0, standing.resetsAt.getEpochSecond() - clock.instant().getEpochSecond());
        var limit =
                "\"credits\";r="
                        + Math.max(0, standing.remaining.floor())
                        + ";t="
                        + seconds
                        + known.partitionKey;
        return List.of(
                HeaderValues.create(REMAINING, standing.remaining.toString()),
                known.reset,
                known.policy,
                HeaderValues.create(LIMIT, limit));
    }

    /// When an account's plan grants again, in RFC 3339.
    String resetsAt(Standing standing) {
        return known(standing).resetsAtText;
    }

    private Known known(Standing standing) {
        var known = remembered.get(standing.account);
        if (known != null
                && known.resetsAt.equals(standing.resetsAt)
                && known.quota.equals(standing.quota)) {
            return known;
        }
        if (remembered.size() >= REMEMBERED_MAX) {
            remembered.clear();
        }
        var fresh = describe(standing);
        remembered.put(standing.account, fresh);
        return fresh;
    }

    private static Known describe(Standing standing) {
        var key = ";pk=:" + partitionKey(standing.account) + ":";
        var text = standing.resetsAt.toString();
        return new Known(
                key,
                standing.resetsAt,
                text,
                HeaderValues.createCached(RESET, text),
                standing.quota,
                HeaderValues.createCached(
                        POLICY,
                        "\"credits\";q="
                                + Math.max(0, standing.quota.floor())
                                + ";scrip-unit=\"credits\""
                                + key));
    }

    private static String partitionKey(AccountId account) {
        try {
            var hash =
                    MessageDigest.getInstance("SHA-256").digest(account.toString().getBytes(UTF_8));
            return Base64.getEncoder().encodeToString(Arrays.copyOf(hash, PARTITION_KEY_BYTES));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256.", e);
        }
    }
}
