package dev.scrip.insight;

import dev.scrip.pricing.Ladder;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How many credits one of the usual methods gives a plan. The methods look at the fee, at one use
/// or at others, and not at what accounts really use; they are shown beside the choice that does.
///
/// @param low the least it gives, to 34 digits
/// @param high the most; the same unless competitors differ
/// @param friendly the nearest of the ladder 1-2.5-5 to the middle, by ratio
/// @param marginAtFullUse share of the fee that remains when they are used to the last
public record SizedBundle(
        String plan,
        BigDecimal low,
        BigDecimal high,
        BigDecimal friendly,
        @Nullable BigDecimal marginAtFullUse) {

    private static final BigDecimal DAYS = new BigDecimal("30");
    private static final BigDecimal TWO = new BigDecimal("2");

    /// What someone else sells.
    public record Offer(BigDecimal credits, BigDecimal price) {}

    /// What the fee buys at the price of a credit, and a buffer on top.
    public static List<SizedBundle> byCostMultiple(
            BundleQuestion question, BigDecimal creditPrice, BigDecimal buffer) {
        var sized = new ArrayList<SizedBundle>();
        for (var plan : question.plans()) {
            if (plan.isPaid()) {
                var credits =
                        plan.fee()
                                .multiply(BigDecimal.ONE.add(buffer))
                                .divide(creditPrice, MathContext.DECIMAL128);
                sized.add(of(question, plan, credits, credits));
            }
        }
        return sized;
    }

    /// What one use takes in 30 days.
    public static List<SizedBundle> byUseCase(
            BundleQuestion question, BigDecimal operationsPerDay, BigDecimal creditsPerOperation) {
        var credits = operationsPerDay.multiply(DAYS).multiply(creditsPerOperation);
        return question.plans().stream()
                .filter(PlanOffer::isPaid)
                .map(plan -> of(question, plan, credits, credits))
                .toList();
    }

    /// What others give for the same fee.
    public static List<SizedBundle> byParity(BundleQuestion question, List<Offer> others) {
        var sized = new ArrayList<SizedBundle>();
        for (var plan : question.plans()) {
            if (plan.isPaid()) {
                var credits =
                        others.stream()
                                .map(other ->
                                        other.credits()
                                                .multiply(plan.fee())
                                                .divide(other.price(), MathContext.DECIMAL128))
                                .sorted()
                                .toList();
                sized.add(of(question, plan, credits.getFirst(), credits.getLast()));
            }
        }
        return sized;
    }

    private static SizedBundle of(
            BundleQuestion question, PlanOffer plan, BigDecimal low, BigDecimal high) {
        var middle = low.add(high).divide(TWO, MathContext.DECIMAL128);
        var friendly = Ladder.DEFAULT.round(middle, Ladder.Rounding.NEAREST_LOG);
        return new SizedBundle(
                plan.id(),
                low,
                high,
                friendly,
                PlanFinding.marginAtFullUse(plan.fee(), friendly, question.costPerCredit()));
    }
}
