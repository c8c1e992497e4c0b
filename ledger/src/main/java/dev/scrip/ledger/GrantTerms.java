package dev.scrip.ledger;

import dev.scrip.pricing.Credits;
import dev.scrip.pricing.Money;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a grant promises.
///
/// @param amount credits deposited, more than zero
/// @param priority 0 to 100; lower burns first
/// @param effective from when it may be burned, inclusive
/// @param expires from when it may not be burned any more; null when it never expires
/// @param costBasis what was paid for one credit: the yield when it is burned
/// @param operations that it pays for, or families of them (`image.*`); empty for all
public record GrantTerms(
        Credits amount,
        int priority,
        GrantCategory category,
        Instant effective,
        @Nullable Instant expires,
        Money costBasis,
        List<String> operations) {

    /// No grant is worth more, so that what it yields stays in the range of [Money].
    static final Money WORTH_MAX = Money.parse("1000000000");

    public static final int PRIORITY_DEFAULT = 50;
    public static final int PRIORITY_MAX = 100;
    static final Duration LIFE_MAX = Duration.ofDays(36_525);

    /// A grant that pays for all operations.
    public GrantTerms(
            Credits amount,
            int priority,
            GrantCategory category,
            Instant effective,
            @Nullable Instant expires,
            Money costBasis) {
        this(amount, priority, category, effective, expires, costBasis, List.of());
    }

    public GrantTerms {
        operations = List.copyOf(operations);
        if (!amount.isPositive()) {
            throw new IllegalArgumentException(
                    "The credits (" + amount + ") of a grant must be greater than 0.");
        }
        if (priority < 0 || priority > PRIORITY_MAX) {
            throw new IllegalArgumentException(
                    "The priority (" + priority + ") of a grant must be 0 to 100.");
        }
        if (costBasis.isNegative()) {
            throw new IllegalArgumentException(
                    "The cost basis (" + costBasis + ") of a grant must not be negative.");
        }
        requireWorth(amount, costBasis);
        if (expires != null
                && (!expires.isAfter(effective) || expires.isAfter(effective.plus(LIFE_MAX)))) {
            throw new IllegalArgumentException(
                    "The expiry ("
                            + expires
                            + ") of a grant must be after it takes effect ("
                            + effective
                            + ") and within 100 years.");
        }
    }

    /// Whether it may be burned at an instant.
    boolean isLive(Instant instant) {
        return !effective.isAfter(instant) && (expires == null || expires.isAfter(instant));
    }

    /// Whether it pays for an operation.
    boolean paysFor(String operation) {
        if (operations.isEmpty()) {
            return true;
        }
        for (var pattern : operations) {
            if (OperationPattern.matches(pattern, operation)) {
                return true;
            }
        }
        return false;
    }

    /// Whether so many credits at such a cost basis may be granted.
    static boolean isWorthCountable(Credits amount, Money costBasis) {
        // Nearly always the product is far smaller, and this runs for every grant of a restart.
        if (Math.multiplyHigh(amount.micros(), costBasis.nanos()) == 0
                && amount.micros() * costBasis.nanos() >= 0) {
            return true;
        }
        return amount.toBigDecimal()
                        .multiply(costBasis.toBigDecimal())
                        .compareTo(WORTH_MAX.toBigDecimal())
                <= 0;
    }

    private static void requireWorth(Credits amount, Money costBasis) {
        if (!isWorthCountable(amount, costBasis)) {
            throw new IllegalArgumentException(
                    "The credits ("
                            + amount
                            + ") of a grant at a cost basis of "
                            + costBasis
                            + " must not be worth more than "
                            + WORTH_MAX
                            + ".");
        }
    }
}
