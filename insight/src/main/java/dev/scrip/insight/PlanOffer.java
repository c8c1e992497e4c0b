package dev.scrip.insight;

import java.math.BigDecimal;
import java.util.List;

/// A plan whose bundle is to be sized.
///
/// @param fee of a month; 0 for a free plan
/// @param included the credits it might include, at least one figure; one alone is no question
public record PlanOffer(String id, BigDecimal fee, List<BigDecimal> included) {

    public PlanOffer {
        included = List.copyOf(included);
        if (fee.signum() < 0) {
            throw new IllegalArgumentException(
                    "The fee (" + fee + ") of " + id + " must not be negative.");
        }
        if (included.isEmpty()) {
            throw new IllegalArgumentException(
                    "The plan " + id + " needs at least one figure of included credits.");
        }
    }

    boolean isPaid() {
        return fee.signum() > 0;
    }
}
