package dev.scrip.ledger;

import dev.scrip.pricing.AppliedAdjustment;
import dev.scrip.pricing.Credits;
import dev.scrip.pricing.Money;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A call as the price book rated it: what is charged, and what is needed to explain it later.
///
/// @param quantity more than zero, at most 6 decimals
/// @param base credits before rounding
/// @param credits what is charged, not negative
/// @param listValue the credits at list price
/// @param cost what the call cost us
/// @param priceBook the version that priced it
/// @param usedAt when the call happened; null when it was charged as it happened
/// @param apiKey which of the customer's keys made the call; null when nobody said
/// @param child the name of the child account that made it, in the workspace of the account that
///   pays; null when that account made it itself
/// @param adjustments what moved the price from its base, in the order it did
public record RatedUsage(
        String operation,
        BigDecimal quantity,
        Credits base,
        Credits credits,
        Money listValue,
        Money cost,
        String priceBook,
        @Nullable Instant usedAt,
        @Nullable String apiKey,
        @Nullable String child,
        List<AppliedAdjustment> adjustments) {

    /// Stands where what is lent names its operation.
    public static final String ANY_OPERATION = "*";

    /// A call that is charged as it happens.
    public RatedUsage(
            String operation,
            BigDecimal quantity,
            Credits base,
            Credits credits,
            Money listValue,
            Money cost,
            String priceBook) {
        this(operation, quantity, base, credits, listValue, cost, priceBook, null, null, null);
    }

    /// A call at the price of the table.
    public RatedUsage(
            String operation,
            BigDecimal quantity,
            Credits base,
            Credits credits,
            Money listValue,
            Money cost,
            String priceBook,
            @Nullable Instant usedAt,
            @Nullable String apiKey,
            @Nullable String child) {
        this(
                operation, quantity, base, credits, listValue, cost, priceBook, usedAt, apiKey,
                child, List.of());
    }

    public RatedUsage {
        adjustments = List.copyOf(adjustments);
        if (credits.micros() < 0) {
            throw new IllegalArgumentException(
                    "A charge of " + operation + " must not be negative, but was " + credits);
        }
    }

    /// To the microsecond, which is what facts keep.
    public RatedUsage usedAt(Instant instant) {
        return new RatedUsage(
                operation,
                quantity,
                base,
                credits,
                listValue,
                cost,
                priceBook,
                instant.truncatedTo(ChronoUnit.MICROS),
                apiKey,
                child,
                adjustments);
    }

    public RatedUsage by(@Nullable String key) {
        return new RatedUsage(
                operation,
                quantity,
                base,
                credits,
                listValue,
                cost,
                priceBook,
                usedAt,
                key,
                child,
                adjustments);
    }

    /// With what moved its price.
    public RatedUsage adjusted(List<AppliedAdjustment> applied) {
        return new RatedUsage(
                operation, quantity, base, credits, listValue, cost, priceBook, usedAt, apiKey,
                child, applied);
    }

    RatedUsage ofChild(@Nullable String name) {
        return new RatedUsage(
                operation,
                quantity,
                base,
                credits,
                listValue,
                cost,
                priceBook,
                usedAt,
                apiKey,
                name,
                adjustments);
    }

    boolean isForAnyOperation() {
        return operation.equals(ANY_OPERATION);
    }

    /// The list value of a part of the credits. Differences of it add up to the whole.
    Money valueOf(Credits part) {
        if (part.isZero()) {
            return Money.ZERO;
        }
        return Money.of(
                listValue
                        .toBigDecimal()
                        .multiply(part.toBigDecimal())
                        .divide(credits.toBigDecimal(), MathContext.DECIMAL128),
                RoundingMode.HALF_EVEN);
    }
}
