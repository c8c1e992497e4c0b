package dev.scrip.cli;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.scrip.insight.AccountUse;
import dev.scrip.insight.BundleAnswer;
import dev.scrip.insight.BundleFindings;
import dev.scrip.insight.BundleQuestion;
import dev.scrip.insight.Margins;
import dev.scrip.insight.OperationTotals;
import dev.scrip.insight.PlanFinding;
import dev.scrip.insight.PlanOffer;
import dev.scrip.insight.SizedBundle;
import dev.scrip.pricing.CreditTableDesign;
import dev.scrip.pricing.Credits;
import dev.scrip.pricing.DesignedOperation;
import dev.scrip.pricing.Glide;
import dev.scrip.pricing.Ladder;
import dev.scrip.pricing.Money;
import dev.scrip.pricingfile.PricingFile;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Holds `docs/article-numbers.md` against what the product works out.
class ArticleNumbersTest {

    private static final BigDecimal LIST_PRICE = new BigDecimal("0.001");
    private static final BigDecimal BLENDED_COST = new BigDecimal("0.0003");

    @TempDir Path temporary = Path.of("");

    @Test
    void everyFigureOfThePageIsWorkedOut() throws IOException {
        var page = new LinkedHashMap<String, String>();
        for (var line :
                Files.readAllLines(Path.of(CommandLineRun.file("docs/article-numbers.md")))) {
            var cells = line.split(" \\| ", -1);
            if (line.startsWith("| ") && !line.startsWith("| id")) {
                page.put(cells[0].substring(2), cells[3]);
            }
        }
        assertThat(page).isEqualTo(workedOut());
    }

    private Map<String, String> workedOut() throws IOException {
        var figures = new LinkedHashMap<String, String>();
        table(figures);
        adjustments(figures);
        margins(figures);
        bundles(figures);
        correction(figures);
        figures.put("same-tariff", sameTariff());
        return figures;
    }

    private static void table(Map<String, String> figures) {
        var design = imageApi();
        figures.put("ratios", each(design, one -> Numbers.plain(one.costRatio())));
        figures.put(
                "values",
                design.operations().stream()
                        .filter(one -> one.valueMultiplier().compareTo(BigDecimal.ONE) != 0)
                        .map(one -> Numbers.plain(one.exactCredits()))
                        .collect(Collectors.joining(", ")));
        figures.put("friendly", each(design, one -> one.credits().toString()));
        figures.put(
                "tie",
                Numbers.plain(
                        Ladder.DEFAULT.round(new BigDecimal("75"), Ladder.Rounding.NEAREST_LOG)));
        figures.put("rounded-margin", percent(margin(design, "image.analyze")));
        figures.put("credit-price", design.creditPrice().toString());
        var costs =
                design.operations().stream()
                        .map(one ->
                                one.unitCost()
                                        .divide(
                                                one.credits().toBigDecimal(),
                                                MathContext.DECIMAL128))
                        .sorted()
                        .toList();
        figures.put(
                "own-cost",
                Numbers.plain(costs.getFirst()) + " to " + Numbers.plain(costs.getLast()));
    }

    private static void adjustments(Map<String, String> figures) {
        var offPeak = new BigDecimal("0.7");
        var peak = new BigDecimal("1.5");
        var stacked = offPeak.multiply(new BigDecimal("0.6"));
        figures.put("night", adjusted(Credits.of(1), offPeak).toString());
        figures.put("peak", adjusted(Credits.of(1), peak).toString());
        figures.put("stacked", "×" + Numbers.plain(stacked));
        figures.put("stacked-video", marginAt("video.process", stacked));
        figures.put("stacked-upload", marginAt("image.upload", stacked));
    }

    private static Credits adjusted(Credits credits, BigDecimal factor) {
        return credits.times(factor, RoundingMode.HALF_UP).toSmallestCharge(RoundingMode.HALF_UP);
    }

    private static String marginAt(String operation, BigDecimal factor) {
        var design = imageApi();
        var one = design.operation(operation);
        var revenue =
                design.creditPrice().perCredit().timesCredits(adjusted(one.credits(), factor));
        return percent(
                BigDecimal.ONE.subtract(
                        one.unitCost().divide(revenue.toBigDecimal(), MathContext.DECIMAL128)));
    }

    private void margins(Map<String, String> figures) throws IOException {
        figures.put("example-margin", percent(margin(tenCredits("0.01"), "a")));
        figures.put("example-meant", percent(margin(tenCredits("0.001"), "a")));
        var free =
                Margins.of(
                        List.of(
                                new OperationTotals(
                                        "free",
                                        9,
                                        Credits.ZERO,
                                        Money.ZERO,
                                        Money.ZERO,
                                        Money.parse("0.1"),
                                        null)));
        figures.put("no-revenue", free.blendedAtList() == null ? "none" : "some");
    }

    private CreditTableDesign tenCredits(String cost) throws IOException {
        return design(
                "credit_price: {amount: 1, per: 1000}\noperations:\n  a: {unit_cost: "
                        + cost
                        + ", credits: 10}\n");
    }

    private static void bundles(Map<String, String> figures) {
        var question =
                new BundleQuestion(
                        List.of(
                                new PlanOffer("starter", new BigDecimal("29"), credits("50000")),
                                new PlanOffer("pro", new BigDecimal("99"), credits("250000"))),
                        LIST_PRICE,
                        BLENDED_COST,
                        List.of(new AccountUse("a", BigDecimal.ONE)),
                        null,
                        null);
        figures.put(
                "cost-multiple",
                sized(SizedBundle.byCostMultiple(question, LIST_PRICE, new BigDecimal("0.75"))));
        figures.put(
                "use-case",
                sized(
                        SizedBundle.byUseCase(
                                question, new BigDecimal("100"), new BigDecimal("15"))));
        figures.put(
                "parity",
                sized(
                        SizedBundle.byParity(
                                question,
                                List.of(
                                        new SizedBundle.Offer(
                                                new BigDecimal("40000"), new BigDecimal("25")),
                                        new SizedBundle.Offer(
                                                new BigDecimal("60000"), new BigDecimal("35"))))));
        var best = requireNonNull(BundleAnswer.to(question).best());
        for (var plan : BundleFindings.of(question, best, Map.of()).plans()) {
            figures.put(
                    plan.plan().id() + "-full", percent(requireNonNull(plan.marginAtFullUse())));
            figures.put(plan.plan().id() + "-use", percent(useAtTarget(plan)));
        }
        figures.put("never-bought", neverBoughtBelow());
    }

    /// The share of a bundle at which 70 % of the fee remain.
    private static BigDecimal useAtTarget(PlanFinding plan) {
        var costOfAll = BigDecimal.ONE.subtract(requireNonNull(plan.marginAtFullUse()));
        return new BigDecimal("0.3").divide(costOfAll, MathContext.DECIMAL128);
    }

    /// The smallest bundle for $29 that an account of any use takes.
    private static String neverBoughtBelow() {
        int low = 0;
        int high = 100_000;
        while (low < high) {
            int half = (low + high) >>> 1;
            var question =
                    new BundleQuestion(
                            List.of(
                                    new PlanOffer("free", BigDecimal.ZERO, credits("0")),
                                    new PlanOffer(
                                            "starter",
                                            new BigDecimal("29"),
                                            List.of(BigDecimal.valueOf(half)))),
                            LIST_PRICE,
                            BLENDED_COST,
                            List.of(new AccountUse("heavy", new BigDecimal("1000000"))),
                            null,
                            null);
            var taken = requireNonNull(BundleAnswer.to(question).best()).accountsOn();
            if (taken.getOrDefault("starter", 0) == 1) {
                high = half;
            } else {
                low = half + 1;
            }
        }
        return Integer.toString(low);
    }

    private static String sized(List<SizedBundle> bundles) {
        var starter = bundles.getFirst();
        var low = Numbers.plain(starter.low().setScale(0, RoundingMode.HALF_EVEN));
        var high = Numbers.plain(starter.high().setScale(0, RoundingMode.HALF_EVEN));
        return (low.equals(high) ? low : low + " to " + high)
                + " → "
                + Numbers.plain(starter.friendly());
    }

    private static void correction(Map<String, String> figures) {
        var design = read("examples/startup/pricing.yaml");
        var leak = design.operation("image.enhance");
        figures.put("startup-margin", percent(requireNonNull(leak.margin())));
        var needed =
                leak.unitCost()
                        .divide(
                                BigDecimal.ONE
                                        .subtract(leak.marginFloor())
                                        .multiply(design.creditPrice().perCredit().toBigDecimal()),
                                MathContext.DECIMAL128);
        var target = design.ladder().round(needed, Ladder.Rounding.UP);
        figures.put("startup-credits", Numbers.plain(needed) + " → " + Numbers.plain(target));
        var step = new BigDecimal("0.2");
        var from = leak.credits().toBigDecimal();
        figures.put(
                "startup-months",
                requireNonNull(new Glide(from, target, step, 0).path()).months()
                        + " ("
                        + requireNonNull(new Glide(from, target, step, 3).path()).months()
                        + " in thousandths)");
        var one = new Glide(BigDecimal.ONE, new BigDecimal("5"), step, 0);
        var finer = requireNonNull(one.redenominated());
        figures.put(
                "one-credit",
                (one.path() == null ? "not reachable; ×" : "reachable; ×")
                        + finer.factor()
                        + ": "
                        + finer.months());
    }

    private String sameTariff() throws IOException {
        var operations = "operations:\n  a: {unit_cost: 0.0002}\n  b: {unit_cost: 0.04}\n";
        var coarse = design("credit_price: {amount: 1, per: 1000}\n" + operations);
        var fine =
                design("credit_price: {amount: 0.1, per: 1000}\nbase_credits: 10\n" + operations);
        return each(coarse, one -> listPrice(coarse, one))
                        .equals(each(fine, one -> listPrice(fine, one)))
                ? "the same"
                : "another tariff";
    }

    private static String listPrice(CreditTableDesign design, DesignedOperation operation) {
        return design.creditPrice().perCredit().timesCredits(operation.credits()).toString();
    }

    private static CreditTableDesign imageApi() {
        return read("examples/image-api/pricing.yaml");
    }

    private static CreditTableDesign read(String example) {
        return PricingFile.read(Path.of(CommandLineRun.file(example))).design();
    }

    private CreditTableDesign design(String rest) throws IOException {
        return PricingFile.read(
                        Files.writeString(
                                temporary.resolve("p.yaml"),
                                "format: scrip-pricing/1\ncurrency: USD\n" + rest))
                .design();
    }

    private static BigDecimal margin(CreditTableDesign design, String operation) {
        return requireNonNull(design.operation(operation).margin());
    }

    private static List<BigDecimal> credits(String figure) {
        return List.of(new BigDecimal(figure));
    }

    private static String each(
            CreditTableDesign design, Function<DesignedOperation, String> figure) {
        return design.operations().stream().map(figure).collect(Collectors.joining(", "));
    }

    private static String percent(BigDecimal share) {
        return share.movePointRight(2).setScale(1, RoundingMode.HALF_EVEN).toPlainString() + " %";
    }
}
