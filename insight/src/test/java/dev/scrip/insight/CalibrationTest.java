package dev.scrip.insight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.scrip.insight.Calibration.Billed;
import dev.scrip.pricing.CostBreakdown;
import dev.scrip.pricing.CostCategory;
import dev.scrip.pricing.CostRates;
import dev.scrip.pricing.ResourceUse;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.assertj.core.data.Offset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class CalibrationTest {

    private static final CostRates RATES =
            new CostRates(
                    new BigDecimal("0.003"),
                    new BigDecimal("0.001"),
                    new BigDecimal("0.02"),
                    new BigDecimal("0.05"),
                    new TreeMap<>(Map.of("model.token", new BigDecimal("0.0000025"))));

    @Test
    void theModelAtScaledRatesIsTheBill() {
        var random = new SplittableRandom(17);
        for (int round = 0; round < 200; round++) {
            var use = use(random);
            var bill = new ArrayList<Billed>();
            for (var category : CostCategory.WITH_RATES) {
                bill.add(billed("", category, random.nextInt(0, 1_000_000_000) + ".37"));
            }
            var found = Calibration.scale(RATES, model(Map.of("", use)), bill);

            var after = found.rates().cost(use);
            for (var line : bill) {
                // A rate has 18 decimals, so the sum is exact to what those are times the use.
                assertThat(after.of(category(line)))
                        .isCloseTo(line.amount(), Offset.offset(new BigDecimal("0.000001")));
            }
            assertThat(found.lines())
                    .allSatisfy(line ->
                            assertThat(line.residual())
                                    .isCloseTo(
                                            BigDecimal.ZERO,
                                            Offset.offset(new BigDecimal("0.00000001"))));
        }
    }

    @Test
    void memoryIsPaidWithComputeUnlessItHasALineOfItsOwn() {
        var use = use(1_000_000, 2_000, 0, 0, 0);
        // 1,000 s × 0.003 = 3 and 2 GB × 1,000 s × 0.001 = 2: half of the 10 billed.
        var found =
                Calibration.scale(
                        RATES,
                        model(Map.of("", use)),
                        List.of(billed("", CostCategory.COMPUTE, "10")));
        assertThat(found.rates().computePerSecond()).isEqualByComparingTo("0.006");
        assertThat(found.rates().memoryPerGbSecond()).isEqualByComparingTo("0.002");
        var apart =
                Calibration.scale(
                        RATES,
                        model(Map.of("", use)),
                        List.of(
                                billed("", CostCategory.COMPUTE, "10"),
                                billed("", CostCategory.MEMORY, "1")));
        assertThat(apart.rates().computePerSecond()).isEqualByComparingTo("0.01");
        assertThat(apart.rates().memoryPerGbSecond()).isEqualByComparingTo("0.0005");
    }

    @Test
    void whatNobodyUsesStaysAsAResidualAndOverheadIsNamed() {
        var found =
                Calibration.scale(
                        RATES,
                        model(Map.of("", use(1_000, 0, 0, 0, 0))),
                        List.of(
                                billed("", CostCategory.STORAGE, "7"),
                                billed("", CostCategory.OVERHEAD, "30"),
                                billed("", CostCategory.OVERHEAD, "12")));
        assertThat(found.rates()).isEqualTo(RATES);
        assertThat(found.lines())
                .singleElement()
                .satisfies(line -> assertThat(line.residual()).isEqualByComparingTo("7"));
        assertThat(found.overhead()).containsEntry("overhead", new BigDecimal("42"));
    }

    @Test
    void aFitFindsTheFactorAndWhatIsAlwaysThere() {
        var months = new TreeMap<String, ResourceUse>();
        var bill = new ArrayList<Billed>();
        for (int month = 1; month <= 6; month++) {
            var period = "2026-0" + month;
            months.put(period, use(1_000_000L * month, 0, 0, 0, 0));
            // 3 a month for each step at the rates; really 1.5 times that, and 40 that is fixed.
            bill.add(billed(period, CostCategory.COMPUTE, Double.toString(4.5 * month + 40)));
        }
        var found = Calibration.fit(RATES, model(months), bill);
        assertThat(found.factors().get("compute"))
                .isCloseTo(new BigDecimal("1.5"), Offset.offset(new BigDecimal("1e-9")));
        assertThat(found.fixed().get("compute"))
                .isCloseTo(new BigDecimal("40"), Offset.offset(new BigDecimal("1e-6")));
        assertThat(found.lines())
                .allSatisfy(line ->
                        assertThat(line.residual())
                                .isCloseTo(BigDecimal.ZERO, Offset.offset(new BigDecimal("1e-6"))));
        assertThatThrownBy(() ->
                        Calibration.fit(
                                RATES, model(Map.of("", use(1, 0, 0, 0, 0))), bill.subList(0, 0)))
                .hasMessageContaining("at least two periods");
    }

    @Test
    void aWholeBillIsFittedOverItsCategories() {
        var random = new SplittableRandom(23);
        var months = new TreeMap<String, ResourceUse>();
        var bill = new ArrayList<Billed>();
        for (int month = 1; month <= 9; month++) {
            var period = "2026-0" + month;
            var use = use(random);
            months.put(period, use);
            var cost = RATES.cost(use);
            var paid =
                    cost.compute()
                            .multiply(new BigDecimal("2"))
                            .add(cost.bandwidth().multiply(new BigDecimal("0.5")))
                            .add(cost.thirdParty());
            bill.add(billed(period, null, paid.toPlainString()));
        }
        var factors = Calibration.fit(RATES, model(months), bill).factors();
        assertThat(factors.get("compute")).isCloseTo(new BigDecimal("2"), near());
        assertThat(factors.get("bandwidth")).isCloseTo(new BigDecimal("0.5"), near());
        assertThat(factors.get("third_party")).isCloseTo(BigDecimal.ONE, near());
        assertThat(factors.get("storage")).isCloseTo(BigDecimal.ZERO, near());
    }

    @Test
    void noOtherCoefficientsAreBetter() {
        var random = new SplittableRandom(29);
        for (int round = 0; round < 300; round++) {
            int columns = 1 + random.nextInt(4);
            var rows = new double[2 + random.nextInt(8)][columns];
            var right = new double[rows.length];
            for (int i = 0; i < rows.length; i++) {
                for (int j = 0; j < columns; j++) {
                    rows[i][j] = random.nextDouble(-1, 3);
                }
                right[i] = random.nextDouble(-2, 5);
            }
            var x = LeastSquares.nonNegative(rows, right);
            double least = squares(rows, right, x);
            for (int trial = 0; trial < 200; trial++) {
                var other = x.clone();
                int j = random.nextInt(columns);
                other[j] = Math.max(0, other[j] + random.nextDouble(-0.5, 0.5));
                assertThat(Arrays.stream(x)).allMatch(value -> value >= 0);
                assertThat(squares(rows, right, other)).isGreaterThanOrEqualTo(least - 1e-9);
            }
        }
    }

    private static double squares(double[][] rows, double[] right, double[] x) {
        double sum = 0;
        for (int i = 0; i < rows.length; i++) {
            double difference = -right[i];
            for (int j = 0; j < x.length; j++) {
                difference += rows[i][j] * x[j];
            }
            sum += difference * difference;
        }
        return sum;
    }

    private static Offset<BigDecimal> near() {
        return Offset.offset(new BigDecimal("0.0001"));
    }

    private static CostCategory category(Billed line) {
        return line.category() == null ? CostCategory.OVERHEAD : line.category();
    }

    private static Billed billed(String period, @Nullable CostCategory category, String amount) {
        return new Billed(
                period,
                category,
                category == null ? "total" : category.word(),
                new BigDecimal(amount));
    }

    private static SortedMap<String, CostBreakdown> model(Map<String, ResourceUse> use) {
        var model = new TreeMap<String, CostBreakdown>();
        use.forEach((period, used) -> model.put(period, RATES.cost(used)));
        return model;
    }

    private static ResourceUse use(SplittableRandom random) {
        return use(
                random.nextLong(1, 1_000_000_000),
                random.nextLong(1, 1_000),
                random.nextLong(1, 1_000_000_000),
                random.nextLong(1, 1_000_000_000),
                random.nextLong(1, 1_000_000_000));
    }

    private static ResourceUse use(
            long computeMs, long memoryMb, long storageKb, long bandwidthKb, long tokens) {
        return new ResourceUse(
                BigDecimal.valueOf(computeMs),
                BigDecimal.valueOf(memoryMb),
                BigDecimal.valueOf(storageKb),
                BigDecimal.valueOf(bandwidthKb),
                new TreeMap<>(Map.of("model.token", BigDecimal.valueOf(tokens))));
    }
}
