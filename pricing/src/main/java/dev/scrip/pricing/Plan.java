package dev.scrip.pricing;

import java.math.RoundingMode;

/// What an account subscribes to: a fee for each period and the credits it includes.
///
/// @param id as named in the pricing file, such as `starter`
/// @param title as customers read it, such as `Starter`
/// @param fee of a period; zero for a free plan
/// @param includedCredits granted at the start of every period; zero for pay-as-you-go
public record Plan(
        String id,
        String title,
        Money fee,
        Credits includedCredits,
        PlanInterval interval,
        Rollover rollover) {

    /// A monthly plan whose credits lapse with their period.
    public Plan(String id, String title, Money monthlyFee, Credits includedCredits) {
        this(id, title, monthlyFee, includedCredits, PlanInterval.MONTH, Rollover.NONE);
    }

    public Plan {
        if (fee.isNegative()) {
            throw new IllegalArgumentException(
                    "The fee (" + fee + ") of plan (" + id + ") must not be negative.");
        }
        if (includedCredits.micros() < 0) {
            throw new IllegalArgumentException(
                    "The included credits ("
                            + includedCredits
                            + ") of plan ("
                            + id
                            + ") must not be negative.");
        }
    }

    /// What the customer paid for one included credit, the yield when it is burned: fee / included,
    /// half even.
    public Money costBasisPerCredit() {
        if (includedCredits.isZero()) {
            return Money.ZERO;
        }
        return Money.of(
                fee.toBigDecimal()
                        .divide(includedCredits.toBigDecimal(), 9, RoundingMode.HALF_EVEN),
                RoundingMode.UNNECESSARY);
    }
}
