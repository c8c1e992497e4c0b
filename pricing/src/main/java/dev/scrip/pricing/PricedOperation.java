package dev.scrip.pricing;

import java.math.BigDecimal;
import java.math.MathContext;
import org.jspecify.annotations.Nullable;

/// An operation that has its credits, before the price of a credit is known.
record PricedOperation(
        OperationDesign design,
        CostBreakdown breakdown,
        BigDecimal unitCost,
        BigDecimal costRatio,
        BigDecimal exactCredits,
        Credits credits) {

    @Nullable BigDecimal roundingChange() {
        return credits.isZero() || exactCredits.signum() == 0
                ? null
                : credits.toBigDecimal()
                        .divide(exactCredits, MathContext.DECIMAL128)
                        .subtract(BigDecimal.ONE);
    }

    BigDecimal listPrice(CreditPrice price) {
        return credits.toBigDecimal().multiply(price.perCredit().toBigDecimal());
    }

    @Nullable BigDecimal margin(CreditPrice price) {
        return credits.isZero()
                ? null
                : BigDecimal.ONE.subtract(
                        unitCost.divide(listPrice(price), MathContext.DECIMAL128));
    }
}
