package dev.scrip.pricing;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/// How the price of one credit is found.
public sealed interface CreditPricing {

    /// The share of revenue to keep, or null when none is set.
    @Nullable BigDecimal targetMargin();

    /// A price already decided, such as 1 for 1,000 credits.
    ///
    /// @param per how many credits the amount buys
    record Fixed(BigDecimal amount, long per, @Nullable BigDecimal targetMargin)
            implements CreditPricing {

        public Fixed {
            if (amount.signum() <= 0 || per <= 0) {
                throw new IllegalArgumentException(
                        "The credit price ("
                                + amount
                                + " per "
                                + per
                                + ") must be greater than 0.");
            }
            if (targetMargin != null) {
                DesignBrief.checkShare("target margin", targetMargin);
            }
        }
    }

    /// From what a credit costs in all, overhead included.
    record FromBlendedCost(BigDecimal targetMargin, BigDecimal blendedCostPerCredit)
            implements CreditPricing {

        public FromBlendedCost {
            DesignBrief.checkShare("target margin", targetMargin);
            if (blendedCostPerCredit.signum() <= 0) {
                throw new IllegalArgumentException(
                        "The blended cost per credit ("
                                + blendedCostPerCredit
                                + ") must be greater than 0.");
            }
        }
    }

    /// From what the operations cost in their mix of calls, plus an overhead.
    ///
    /// @param overheadPerCredit support, the free plan, idle capacity; 0 when there is none
    record FromOwnCost(BigDecimal targetMargin, BigDecimal overheadPerCredit)
            implements CreditPricing {

        public FromOwnCost {
            DesignBrief.checkShare("target margin", targetMargin);
            if (overheadPerCredit.signum() < 0) {
                throw new IllegalArgumentException(
                        "The overhead per credit ("
                                + overheadPerCredit
                                + ") must not be negative.");
            }
        }
    }
}
