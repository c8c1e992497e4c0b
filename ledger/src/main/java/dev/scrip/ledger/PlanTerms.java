package dev.scrip.ledger;

import dev.scrip.pricing.Credits;
import dev.scrip.pricing.Money;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.ZoneId;

/// What a subscription grants at the start of each period.
///
/// @param plan the plan's id
/// @param included credits a period; zero grants nothing
/// @param costBasis the fee divided by the included credits
/// @param rollover what becomes of credits that a period left
/// @param burnOrder in which the account's grants are burned
public record PlanTerms(
        String plan,
        Credits included,
        Money costBasis,
        Interval interval,
        Rollover rollover,
        BurnOrder burnOrder) {

    /// How long a period of a plan lasts.
    public enum Interval {
        DAY,
        WEEK,
        MONTH,
        YEAR
    }

    /// What becomes of credits of the plan that a period left: a share of them is granted anew for
    /// the next one. Those that came over once count again, so the cap bounds all that gathers.
    ///
    /// @param share 0 to 1, at most 6 decimals; 0 for none
    /// @param cap at most so many
    public record Rollover(BigDecimal share, Credits cap) {

        public static final Rollover NONE = new Rollover(BigDecimal.ZERO, Credits.ZERO);
        private static final int DECIMALS = 6;

        private static final Credits GATHERED_MAX = new Credits(Long.MAX_VALUE / 4);

        /// As many as there are.
        public static final Credits NO_CAP = new Credits(Long.MAX_VALUE);

        public Rollover {
            share = share.stripTrailingZeros();
            if (share.signum() < 0
                    || share.compareTo(BigDecimal.ONE) > 0
                    || share.scale() > DECIMALS) {
                throw new IllegalArgumentException(
                        "The rollover share ("
                                + share.toPlainString()
                                + ") must be 0 to 1 with at most 6 decimals.");
            }
            if (cap.micros() < 0) {
                throw new IllegalArgumentException(
                        "The rollover cap (" + cap + ") must not be negative.");
            }
        }

        /// Rounded down to a micro-credit: never more than was left. What gathers stays far enough
        /// from the end of the range for whatever else is granted.
        Credits of(Credits left) {
            return left.times(share, RoundingMode.DOWN).min(cap).min(GATHERED_MAX);
        }
    }

    /// A monthly plan whose credits lapse with their period.
    public PlanTerms(String plan, Credits included, Money costBasis) {
        this(plan, included, costBasis, Interval.MONTH, Rollover.NONE, BurnOrder.EXPIRY_FIRST);
    }

    public PlanTerms {
        if (!GrantTerms.isWorthCountable(included, costBasis)) {
            throw new IllegalArgumentException(
                    "The included credits ("
                            + included
                            + ") of plan "
                            + plan
                            + " at a cost basis of "
                            + costBasis
                            + " must not be worth more than "
                            + GrantTerms.WORTH_MAX
                            + ".");
        }
    }

    /// What of the credits that a period left is granted anew: never more than a grant may be
    /// worth.
    Credits rolledOver(Credits left) {
        var share = rollover.of(left);
        return costBasis.isZero()
                ? share
                : share.min(
                        Credits.of(
                                GrantTerms.WORTH_MAX
                                        .toBigDecimal()
                                        .divide(costBasis.toBigDecimal(), MathContext.DECIMAL128)
                                        .min(share.toBigDecimal()),
                                RoundingMode.DOWN));
    }

    /// What a child account has instead: it draws on its pool.
    PlanTerms ofChild() {
        return new PlanTerms(
                plan, Credits.ZERO, Money.ZERO, interval, Rollover.NONE, BurnOrder.EXPIRY_FIRST);
    }

    /// End of a period: n intervals added to the day of its anchor, in the account's zone, so that
    /// 31 January is followed by 28 February and then by 31 March.
    Instant periodEnd(Instant anchor, ZoneId zone, int index) {
        var first = anchor.atZone(zone);
        long count = index + 1L;
        return switch (interval) {
            case DAY -> first.plusDays(count).toInstant();
            case WEEK -> first.plusWeeks(count).toInstant();
            case MONTH -> first.plusMonths(count).toInstant();
            case YEAR -> first.plusYears(count).toInstant();
        };
    }

    /// A part of the fee.
    Money feeOf(BigDecimal share) {
        return Money.of(
                costBasis
                        .toBigDecimal()
                        .multiply(included.toBigDecimal())
                        .multiply(share, MathContext.DECIMAL128),
                RoundingMode.HALF_EVEN);
    }
}
