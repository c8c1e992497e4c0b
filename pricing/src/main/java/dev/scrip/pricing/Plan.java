package dev.scrip.pricing;

import java.math.RoundingMode;

/// What an account subscribes to: a fee a month and the credits it includes.
///
/// @param id as named in the pricing file, such as `starter`
/// @param title as customers read it, such as `Starter`
/// @param monthlyFee zero for a free plan
/// @param includedCredits granted at the start of every period; zero for pay-as-you-go
public record Plan(String id, String title, Money monthlyFee, Credits includedCredits) {

    public Plan {
        if (monthlyFee.isNegative()) {
            throw new IllegalArgumentException(
                    "The monthly fee ("
                            + monthlyFee
                            + ") of plan ("
                            + id
                            + ") must not be negative.");
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
                monthlyFee
                        .toBigDecimal()
                        .divide(includedCredits.toBigDecimal(), 9, RoundingMode.HALF_EVEN),
                RoundingMode.UNNECESSARY);
    }
}
