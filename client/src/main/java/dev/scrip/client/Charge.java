package dev.scrip.client;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Credits that were taken: what for, why that many, and from which grants.
///
/// @param drawnFrom the grants burned, in the order they were
/// @param meta the block to copy into your own API's answer
public record Charge(
        String id,
        String account,
        String operation,
        BigDecimal quantity,
        Price price,
        List<Draw> drawnFrom,
        CreditsMeta meta) {

    /// Why it cost that many credits.
    ///
    /// @param base before adjustments and rounding
    /// @param priceTable the version of the price book
    /// @param listValue the credits at list price
    public record Price(
            BigDecimal credits,
            BigDecimal base,
            List<Adjustment> adjustments,
            String priceTable,
            MoneyAmount listValue) {

        public Price {
            requireNonNull(credits, "credits");
            adjustments = List.copyOf(adjustments);
        }
    }

    /// A step from the base to what was charged: a rule of the price book, or a limit that cut in.
    ///
    /// @param factor null where fixed credits took the place of the price
    /// @param fixedCredits of one unit of quantity; null where a factor was applied
    public record Adjustment(
            String id,
            String kind,
            @Nullable BigDecimal factor,
            @Nullable BigDecimal fixedCredits,
            BigDecimal creditsAfter) {}

    /// @param expiresAt null when the grant never expires
    public record Draw(String grant, BigDecimal credits, @Nullable Instant expiresAt) {}

    /// @param creditsResetAt when the plan grants again
    public record CreditsMeta(
            BigDecimal creditsConsumed, BigDecimal creditsRemaining, Instant creditsResetAt) {

        public CreditsMeta {
            requireNonNull(creditsConsumed, "credits_consumed");
            requireNonNull(creditsRemaining, "credits_remaining");
        }
    }

    public Charge {
        requireNonNull(id, "id");
        requireNonNull(price, "price");
        requireNonNull(meta, "meta");
        drawnFrom = List.copyOf(drawnFrom);
    }
}
