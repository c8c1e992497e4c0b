package dev.scrip.pricing;

import java.math.BigDecimal;
import java.math.MathContext;

/// Says what an operation under its margin floor needs: how many credits, how long it takes to get
/// there from a price that customers know, and what it would mean to leave it.
final class FloorBreach {

    private static final BigDecimal STEP = new BigDecimal("0.2");

    private final DesignBrief brief;
    private final CreditPrice price;

    FloorBreach(DesignBrief brief, CreditPrice price) {
        this.brief = brief;
        this.price = price;
    }

    /// @param margin of the operation at list price, under its floor
    String message(DesignedOperation operation, BigDecimal margin) {
        return "It keeps "
                + Prose.percent(margin)
                + " at list price, under its floor of "
                + Prose.percent(operation.marginFloor())
                + ": customers will flock to it. "
                + needed(operation)
                + exception(operation);
    }

    /// How many credits keep a margin.
    BigDecimal creditsFor(DesignedOperation operation, BigDecimal margin) {
        return operation
                .unitCost()
                .divide(
                        BigDecimal.ONE.subtract(margin).multiply(price.perCredit().toBigDecimal()),
                        MathContext.DECIMAL128);
    }

    private String needed(DesignedOperation operation) {
        var needed = creditsFor(operation, operation.marginFloor());
        var text = "It needs at least " + credits(needed);
        var ladder = brief.ladder();
        if (needed.compareTo(ladder.values().getLast()) > 0) {
            return text + ", which is above the ladder " + ladder + ".";
        }
        var target = ladder.round(needed, Ladder.Rounding.UP);
        return text
                + ": "
                + Prose.figure(target)
                + " on the ladder "
                + ladder
                + ". "
                + months(operation.credits().toBigDecimal(), target);
    }

    private static String months(BigDecimal from, BigDecimal to) {
        var glide = new Glide(from, to, STEP, Math.max(decimals(from), decimals(to)));
        var redenominated = glide.redenominated();
        var path = glide.path();
        if (redenominated != null) {
            return "From "
                    + credits(from)
                    + ", 20 % a month moves nothing; with "
                    + Prose.figure(redenominated.factor())
                    + " new credits for each one it takes "
                    + months(redenominated)
                    + ".";
        }
        return path == null
                ? ""
                : "From "
                        + credits(from)
                        + ", in steps of at most 20 % a month, that takes "
                        + months(path)
                        + finer(glide, path)
                        + ".";
    }

    private static String finer(Glide glide, GlidePath path) {
        var thousandths = new Glide(glide.from(), glide.to(), STEP, 3).path();
        return thousandths == null || thousandths.months() == path.months()
                ? ""
                : " in whole credits, " + thousandths.months() + " in thousandths";
    }

    private static String credits(BigDecimal amount) {
        return Prose.counted(amount, "credit");
    }

    private static String months(GlidePath path) {
        return Prose.counted(path.months(), "month");
    }

    private static int decimals(BigDecimal value) {
        return Math.max(0, value.stripTrailingZeros().scale());
    }

    /// What somebody has to put their name under who wants to sell it all the same.
    private String exception(DesignedOperation operation) {
        var listPrice =
                operation.credits().toBigDecimal().multiply(price.perCredit().toBigDecimal());
        var cost = operation.unitCost();
        var needed =
                cost.divide(
                        BigDecimal.ONE.subtract(operation.marginFloor()), MathContext.DECIMAL128);
        var loss = cost.subtract(listPrice);
        var calls = operation.monthlyCalls();
        var monthly =
                calls == null || calls == 0
                        ? ""
                        : ", "
                                + money(
                                        needed.subtract(listPrice)
                                                .multiply(BigDecimal.valueOf(calls)))
                                + " a month";
        return " To sell it all the same is an exception to approve: each call is "
                + (loss.signum() > 0 ? money(loss) + " under cost and " : "")
                + money(needed.subtract(listPrice))
                + " short of the floor"
                + monthly
                + ".";
    }

    private String money(BigDecimal amount) {
        return Prose.money(amount, brief.currency());
    }
}
