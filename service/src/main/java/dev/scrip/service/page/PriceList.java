package dev.scrip.service.page;

import dev.scrip.pricing.AdjustmentWords;
import dev.scrip.pricing.Adjustments;
import dev.scrip.pricing.Credits;
import dev.scrip.pricing.Money;
import dev.scrip.pricing.OperationPrice;
import dev.scrip.pricing.Plan;
import dev.scrip.pricing.PriceBook;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// The published prices as the page shows them. Costs and margins are not in it.
///
/// @param thousandCredits what a thousand credits cost
/// @param adjustments what moves prices, in sentences
public record PriceList(
        String version,
        String since,
        String thousandCredits,
        List<Line> lines,
        List<PlanLine> plans,
        List<String> adjustments) {

    private static final Credits THOUSAND = Credits.of(1_000);

    /// @param credits with what they are for, when that is no call
    /// @param price of what the credits are for
    public record Line(String operation, String title, String credits, String price) {}

    /// @param perThousand what a thousand included credits come to; empty when none are included
    public record PlanLine(String title, String fee, String includedCredits, String perThousand) {}

    public PriceList {
        lines = List.copyOf(lines);
        plans = List.copyOf(plans);
        adjustments = List.copyOf(adjustments);
    }

    static PriceList of(PriceBook book) {
        var lines =
                book.operations().values().stream()
                        .map(price ->
                                new Line(
                                        price.operation(),
                                        price.title(),
                                        credits(price),
                                        price.credits().isZero()
                                                ? "free"
                                                : money(book, price.credits())))
                        .toList();
        var plans =
                book.plans().values().stream()
                        .sorted(Comparator.comparing(Plan::fee).thenComparing(Plan::id))
                        .map(plan ->
                                new PlanLine(
                                        plan.title(),
                                        plan.fee().isZero()
                                                ? "free"
                                                : Figures.money(plan.fee(), book.currency())
                                                        + " a "
                                                        + plan.interval().word(),
                                        Figures.credits(plan.includedCredits()),
                                        perThousand(plan.costBasisPerCredit(), book)))
                        .toList();
        return new PriceList(
                book.version(),
                Figures.day(book.effectiveFrom(), ZoneOffset.UTC),
                money(book, THOUSAND),
                lines,
                plans,
                adjustments(book.adjustments()));
    }

    private static String credits(OperationPrice price) {
        var credits = Figures.credits(price.credits());
        return price.unit() == null || price.credits().isZero()
                ? credits
                : credits + " " + price.unit().words();
    }

    private static List<String> adjustments(Adjustments adjustments) {
        return Stream.concat(
                        adjustments.rules().stream().map(AdjustmentWords::of),
                        AdjustmentWords.of(adjustments.limits()).stream())
                .toList();
    }

    private static String money(PriceBook book, Credits credits) {
        return Figures.money(book.creditPrice().timesCredits(credits), book.currency());
    }

    private static String perThousand(Money perCredit, PriceBook book) {
        return perCredit.isZero()
                ? ""
                : Figures.money(perCredit.timesCredits(THOUSAND), book.currency());
    }
}
