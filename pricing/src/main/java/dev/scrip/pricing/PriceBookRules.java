package dev.scrip.pricing;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a price book must keep to be published without anybody's exception. A rule that is null is
/// not asked for.
///
/// @param maxLevels distinct credit values, free operations apart
/// @param minMargin of each operation at list price, a share
/// @param minBlendedMargin of recorded usage or the known calls together, a share
/// @param maxPriceRise of any operation over the version before, a share such as 0.2
/// @param maxBillRise of any account over recorded usage, a share
/// @param noticeDays from publication to the day on which something gets dearer or goes
public record PriceBookRules(
        @Nullable Integer maxLevels,
        @Nullable BigDecimal minMargin,
        @Nullable BigDecimal minBlendedMargin,
        @Nullable BigDecimal maxPriceRise,
        @Nullable BigDecimal maxBillRise,
        @Nullable Integer noticeDays) {

    public static final PriceBookRules NONE =
            new PriceBookRules(null, null, null, null, null, null);

    /// A rule that a price book breaks.
    ///
    /// @param rule as the pricing file names it, such as `max_price_rise`
    /// @param operation null when it is about the whole book
    /// @param message what is wrong, with its figures, and what would be right
    public record Violation(String rule, @Nullable String operation, String message) {}

    public PriceBookRules {
        if (maxLevels != null && maxLevels < 1) {
            throw new IllegalArgumentException(
                    "max_levels (" + maxLevels + ") must be at least 1.");
        }
        if (noticeDays != null && noticeDays < 0) {
            throw new IllegalArgumentException(
                    "notice_days (" + noticeDays + ") must not be negative.");
        }
    }

    /// What a book breaks by itself: its levels and margins.
    public List<Violation> check(PriceBook book) {
        var violations = new ArrayList<Violation>();
        if (maxLevels != null && book.levels() > maxLevels) {
            violations.add(
                    new Violation(
                            "max_levels",
                            null,
                            "There are "
                                    + book.levels()
                                    + " different credit values, more than "
                                    + maxLevels
                                    + ". Give operations of similar cost the same credits."));
        }
        if (minMargin != null) {
            for (var operation : book.operations().values()) {
                var price = PriceBookDiff.price(book, operation);
                var margin = PriceBookDiff.margin(operation, price);
                if (margin != null && margin.compareTo(minMargin) < 0) {
                    violations.add(lowMargin(book, operation, margin, minMargin));
                }
            }
        }
        return violations;
    }

    /// What a book breaks as the successor of another: how far and how soon prices rise.
    ///
    /// @param publishedAt when it would be published
    public List<Violation> check(PriceBookDiff diff, Instant publishedAt) {
        var violations = new ArrayList<Violation>();
        for (var change : diff.operations()) {
            var rise = change.priceChange();
            if (maxPriceRise != null && rise != null && rise.compareTo(maxPriceRise) > 0) {
                violations.add(
                        new Violation(
                                "max_price_rise",
                                change.operation(),
                                "It gets "
                                        + Prose.percent(rise)
                                        + " dearer at once, more than "
                                        + Prose.percent(maxPriceRise)
                                        + ". Raise it in steps; scrip glide finds them."));
            }
        }
        if (noticeDays != null) {
            var earliest = publishedAt.plus(Duration.ofDays(noticeDays));
            for (var change : diff.operations()) {
                if (change.isWorse() && diff.after().effectiveFrom().isBefore(earliest)) {
                    violations.add(
                            new Violation(
                                    "notice_days",
                                    change.operation(),
                                    (change.after() == null ? "It goes" : "It gets dearer")
                                            + " on "
                                            + diff.after().effectiveFrom()
                                            + ", with less than "
                                            + Prose.counted(noticeDays, "day")
                                            + " of notice. The earliest is "
                                            + earliest
                                            + "."));
                }
            }
        }
        return violations;
    }

    /// Whether all operations together keep enough.
    ///
    /// @param margin of the whole; null when there was no revenue
    public List<Violation> checkBlended(@Nullable BigDecimal margin) {
        return minBlendedMargin == null || margin == null || margin.compareTo(minBlendedMargin) >= 0
                ? List.of()
                : List.of(
                        new Violation(
                                "min_blended_margin",
                                null,
                                "All calls together keep "
                                        + Prose.percent(margin)
                                        + ", less than "
                                        + Prose.percent(minBlendedMargin)
                                        + "."));
    }

    /// Whether an account's bill rises too far.
    ///
    /// @param rise by which share; null when it had no bill
    public List<Violation> checkBill(String account, @Nullable BigDecimal rise) {
        return maxBillRise == null || rise == null || rise.compareTo(maxBillRise) <= 0
                ? List.of()
                : List.of(
                        new Violation(
                                "max_bill_rise",
                                null,
                                "The bill of account "
                                        + account
                                        + " rises by "
                                        + Prose.percent(rise)
                                        + ", more than "
                                        + Prose.percent(maxBillRise)
                                        + "."));
    }

    private static Violation lowMargin(
            PriceBook book, OperationPrice operation, BigDecimal margin, BigDecimal needed) {
        var credits =
                operation
                        .unitCost()
                        .toBigDecimal()
                        .divide(
                                BigDecimal.ONE
                                        .subtract(needed)
                                        .multiply(book.creditPrice().toBigDecimal()),
                                3,
                                RoundingMode.UP);
        return new Violation(
                "min_margin",
                operation.operation(),
                (operation.unit() == null ? "A call keeps " : "It keeps ")
                        + Prose.percent(margin)
                        + " at list price, less than "
                        + Prose.percent(needed)
                        + ". It needs at least "
                        + credits.stripTrailingZeros().toPlainString()
                        + " "
                        + Prose.numbered(credits, "credit")
                        + ".");
    }
}
