package dev.scrip.insight;

import dev.scrip.pricing.CostBreakdown;
import dev.scrip.pricing.CostCategory;
import dev.scrip.pricing.CostRates;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Cost rates that make the modelled cost of recorded usage add up to what was really paid.
///
/// Scaling multiplies the rates of a category by bill / model over all periods, exact but for the
/// last of 18 decimals of a rate. Fitting finds, by non-negative least squares over the periods, a
/// factor for each category and a part that is the same each period whatever is used: overhead.
///
/// A bill that has no line for memory pays it with compute, so the two are scaled by one factor.
///
/// @param factors what the rates of each category are multiplied by; none where nothing was used
/// @param fixed the overhead of each period that a fit finds in a category, or, under null's word
///   `total`, in the whole bill; empty for a scaling
/// @param rates the calibrated ones
/// @param lines each category and period, billed and modelled
/// @param overhead of all periods, by service: lines of no category that has rates
public record Calibration(
        SortedMap<String, BigDecimal> factors,
        SortedMap<String, BigDecimal> fixed,
        CostRates rates,
        List<Line> lines,
        SortedMap<String, BigDecimal> overhead) {

    private static final MathContext EXACT = MathContext.DECIMAL128;
    private static final int RATE_DECIMALS = 18;
    private static final int FACTOR_DECIMALS = 12;
    private static final String TOTAL = "total";

    /// One amount of a bill.
    ///
    /// @param category null for the whole bill of a period
    public record Billed(
            String period, @Nullable CostCategory category, String service, BigDecimal amount) {}

    /// What was billed for a category in a period, and what the model says.
    ///
    /// @param category a category's word, or `total`
    /// @param before the model at the rates as they are
    /// @param after at the calibrated rates, with the fixed part of a fit
    public record Line(
            String category,
            String period,
            BigDecimal billed,
            BigDecimal before,
            BigDecimal after) {

        /// What the calibrated model leaves unexplained.
        public BigDecimal residual() {
            return billed.subtract(after);
        }
    }

    public Calibration {
        factors = Collections.unmodifiableSortedMap(new TreeMap<>(factors));
        fixed = Collections.unmodifiableSortedMap(new TreeMap<>(fixed));
        lines = List.copyOf(lines);
        overhead = Collections.unmodifiableSortedMap(new TreeMap<>(overhead));
    }

    /// @param model what the recorded usage of each period costs at the rates
    public static Calibration scale(
            CostRates rates, SortedMap<String, CostBreakdown> model, List<Billed> bill) {
        return new Run(rates, model, bill).scale();
    }

    /// @throws IllegalArgumentException if there are fewer than two periods
    public static Calibration fit(
            CostRates rates, SortedMap<String, CostBreakdown> model, List<Billed> bill) {
        return new Run(rates, model, bill).fit();
    }

    /// The line of the bill that an amount is on: a category's word, or `total`.
    static String line(Billed billed) {
        return billed.category() == null ? TOTAL : billed.category().word();
    }

    /// The categories that a line of the bill pays for.
    ///
    /// @param lines all there are
    static List<CostCategory> covered(String line, Set<String> lines) {
        if (line.equals(TOTAL)) {
            return CostCategory.WITH_RATES;
        }
        var category = CostCategory.of(line);
        return category == CostCategory.COMPUTE && !lines.contains(CostCategory.MEMORY.word())
                ? List.of(CostCategory.COMPUTE, CostCategory.MEMORY)
                : List.of(category);
    }

    private static final class Run {

        private final CostRates rates;
        private final SortedMap<String, CostBreakdown> model;
        private final TreeMap<String, TreeMap<String, BigDecimal>> billed = new TreeMap<>();
        private final TreeMap<String, BigDecimal> overhead = new TreeMap<>();
        private final TreeSet<String> periods = new TreeSet<>();
        private final Map<CostCategory, BigDecimal> factors = new EnumMap<>(CostCategory.class);
        private final TreeMap<String, BigDecimal> fixed = new TreeMap<>();

        Run(CostRates rates, SortedMap<String, CostBreakdown> model, List<Billed> bill) {
            this.rates = rates;
            this.model = model;
            periods.addAll(model.keySet());
            for (var line : bill) {
                if (line.category() == CostCategory.OVERHEAD) {
                    overhead.merge(line.service(), line.amount(), BigDecimal::add);
                } else {
                    periods.add(line.period());
                    billed.computeIfAbsent(line(line), _ -> new TreeMap<>())
                            .merge(line.period(), line.amount(), BigDecimal::add);
                }
            }
        }

        Calibration scale() {
            billed.forEach((word, amounts) -> {
                var modelled = BigDecimal.ZERO;
                var paid = BigDecimal.ZERO;
                for (var period : periods) {
                    modelled = modelled.add(modelled(word, period));
                    paid = paid.add(amounts.getOrDefault(period, BigDecimal.ZERO));
                }
                if (modelled.signum() > 0 && paid.signum() >= 0) {
                    var factor = paid.divide(modelled, EXACT);
                    covered(word).forEach(category -> factors.put(category, factor));
                }
            });
            return result();
        }

        Calibration fit() {
            if (periods.size() < 2) {
                throw new IllegalArgumentException(
                        "A fit needs bills of at least two periods, but there is "
                                + periods.size()
                                + ". Maybe scale instead.");
            }
            billed.forEach((word, amounts) -> {
                var used =
                        word.equals(TOTAL)
                                ? CostCategory.WITH_RATES.stream()
                                        .filter(category -> !isUnused(category))
                                        .toList()
                                : covered(word);
                // One column for what is scaled by one factor, and one for what is always there.
                var groups =
                        word.equals(TOTAL) ? used.stream().map(List::of).toList() : List.of(used);
                var rows = new double[periods.size()][groups.size() + 1];
                var right = new double[periods.size()];
                int i = 0;
                for (var period : periods) {
                    for (int j = 0; j < groups.size(); j++) {
                        for (var category : groups.get(j)) {
                            rows[i][j] += part(category, period).doubleValue();
                        }
                    }
                    rows[i][groups.size()] = 1;
                    right[i++] = amounts.getOrDefault(period, BigDecimal.ZERO).doubleValue();
                }
                var found = LeastSquares.nonNegative(rows, right);
                for (int j = 0; j < groups.size(); j++) {
                    var factor = decimal(found[j]);
                    groups.get(j).forEach(category -> factors.put(category, factor));
                }
                fixed.put(word, decimal(found[groups.size()]));
            });
            return result();
        }

        /// A fit has no more digits than its data.
        private static BigDecimal decimal(double value) {
            return new BigDecimal(value).setScale(FACTOR_DECIMALS, RoundingMode.HALF_EVEN);
        }

        private boolean isUnused(CostCategory category) {
            return periods.stream().allMatch(period -> part(category, period).signum() == 0);
        }

        private List<CostCategory> covered(String word) {
            return Calibration.covered(word, billed.keySet());
        }

        private BigDecimal modelled(String word, String period) {
            return covered(word).stream()
                    .map(category -> part(category, period))
                    .reduce(BigDecimal.ZERO, BigDecimal::add);
        }

        private BigDecimal part(CostCategory category, String period) {
            return model.getOrDefault(period, CostBreakdown.ZERO).of(category);
        }

        private Calibration result() {
            var thirdParty = new TreeMap<String, BigDecimal>();
            rates.thirdParty()
                    .forEach((unit, rate) ->
                            thirdParty.put(unit, scaled(rate, CostCategory.THIRD_PARTY)));
            var calibrated =
                    new CostRates(
                            scaled(rates.computePerSecond(), CostCategory.COMPUTE),
                            scaled(rates.memoryPerGbSecond(), CostCategory.MEMORY),
                            scaled(rates.storagePerGb(), CostCategory.STORAGE),
                            scaled(rates.bandwidthPerGb(), CostCategory.BANDWIDTH),
                            thirdParty);
            var lines = new ArrayList<Line>();
            billed.forEach((word, amounts) -> {
                for (var period : periods) {
                    var after = fixed.getOrDefault(word, BigDecimal.ZERO);
                    for (var category : covered(word)) {
                        after =
                                after.add(
                                        part(category, period)
                                                .multiply(
                                                        factors.getOrDefault(
                                                                category, BigDecimal.ONE)));
                    }
                    lines.add(
                            new Line(
                                    word,
                                    period,
                                    amounts.getOrDefault(period, BigDecimal.ZERO),
                                    modelled(word, period),
                                    after));
                }
            });
            var words = new TreeMap<String, BigDecimal>();
            factors.forEach((category, factor) -> {
                if (!isUnused(category)) {
                    words.put(category.word(), factor);
                }
            });
            return new Calibration(words, fixed, calibrated, lines, overhead);
        }

        private BigDecimal scaled(BigDecimal rate, CostCategory category) {
            var factor = factors.getOrDefault(category, BigDecimal.ONE);
            var scaled =
                    rate.multiply(factor)
                            .setScale(RATE_DECIMALS, RoundingMode.HALF_EVEN)
                            .stripTrailingZeros();
            return scaled.scale() < 0 ? scaled.setScale(0) : scaled;
        }
    }
}
