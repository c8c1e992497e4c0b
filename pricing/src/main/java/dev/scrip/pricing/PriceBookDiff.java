package dev.scrip.pricing;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What one price book changes beside another.
///
/// @param operations all of both books, by name
/// @param plans all of both books, by id
public record PriceBookDiff(
        PriceBook before,
        PriceBook after,
        List<OperationChange> operations,
        List<PlanChange> plans) {

    private static final MathContext QUOTIENT = MathContext.DECIMAL128;

    /// Whether something is in one of the books, or in both and the same.
    public enum Kind {
        ADDED,
        REMOVED,
        CHANGED,
        SAME
    }

    /// An operation in both books.
    ///
    /// @param before null when it is new
    /// @param after null when it is gone
    /// @param priceBefore of what the credits are for after, at list price, exact; when they are
    ///   for something else, of what they were for; null when it is new
    /// @param priceAfter of what the credits are for; null when it is gone
    public record OperationChange(
            String operation,
            @Nullable OperationPrice before,
            @Nullable OperationPrice after,
            @Nullable BigDecimal priceBefore,
            @Nullable BigDecimal priceAfter) {

        public Kind kind() {
            if (before == null) {
                return Kind.ADDED;
            }
            if (after == null) {
                return Kind.REMOVED;
            }
            return before.equals(after) && !priceMoves() ? Kind.SAME : Kind.CHANGED;
        }

        /// Whether a call costs the customer another amount of money.
        public boolean priceMoves() {
            return priceBefore != null
                    && priceAfter != null
                    && (priceBefore.compareTo(priceAfter) != 0
                            || !isComparable()
                            || included(before).compareTo(included(after)) != 0);
        }

        /// Whether the prices of both books are for the same: seconds are no rows.
        public boolean isComparable() {
            return before == null || after == null || name(before).equals(name(after));
        }

        private static String name(OperationPrice price) {
            return price.unit() == null ? "" : price.unit().name();
        }

        private static BigDecimal included(@Nullable OperationPrice price) {
            return price == null || price.unit() == null
                    ? BigDecimal.ZERO
                    : price.unit().included();
        }

        /// By which share of it the price moves; null when there is no price before or after, the
        /// operation was free, or the prices are for different units.
        public @Nullable BigDecimal priceChange() {
            return priceBefore == null
                            || priceAfter == null
                            || priceBefore.signum() == 0
                            || !isComparable()
                    ? null
                    : priceAfter
                            .divide(priceBefore, MathContext.DECIMAL128)
                            .subtract(BigDecimal.ONE);
        }

        /// Whether customers pay more for it, can no longer have it, have less of it included, or
        /// pay for something else, since nobody can tell then.
        public boolean isWorse() {
            return priceAfter == null
                    || (priceBefore != null
                            && (priceAfter.compareTo(priceBefore) > 0
                                    || !isComparable()
                                    || included(after).compareTo(included(before)) < 0));
        }

        public @Nullable BigDecimal marginBefore() {
            return before == null || priceBefore == null
                    ? null
                    : margin(before, priceBefore.divide(rescaling(before, after), QUOTIENT));
        }

        public @Nullable BigDecimal marginAfter() {
            return after == null || priceAfter == null ? null : margin(after, priceAfter);
        }
    }

    /// A plan in both books.
    ///
    /// @param before null when it is new
    /// @param after null when it is gone
    public record PlanChange(String plan, @Nullable Plan before, @Nullable Plan after) {

        public Kind kind() {
            if (before == null) {
                return Kind.ADDED;
            }
            if (after == null) {
                return Kind.REMOVED;
            }
            return before.equals(after) ? Kind.SAME : Kind.CHANGED;
        }
    }

    public PriceBookDiff {
        operations = List.copyOf(operations);
        plans = List.copyOf(plans);
    }

    /// @throws IllegalArgumentException if the books are in different currencies
    public static PriceBookDiff between(PriceBook before, PriceBook after) {
        if (!before.currency().equals(after.currency())) {
            throw new IllegalArgumentException(
                    "The price books are in "
                            + before.currency()
                            + " and in "
                            + after.currency()
                            + ": their prices cannot be compared.");
        }
        var names = new TreeSet<>(before.operations().keySet());
        names.addAll(after.operations().keySet());
        var operations = new ArrayList<OperationChange>();
        for (var name : names) {
            var old = before.operations().get(name);
            var one = after.operations().get(name);
            operations.add(
                    new OperationChange(
                            name,
                            old,
                            one,
                            old == null ? null : price(before, old, one),
                            one == null ? null : price(after, one)));
        }
        var ids = new TreeSet<>(before.plans().keySet());
        ids.addAll(after.plans().keySet());
        var plans = new ArrayList<PlanChange>();
        for (var id : ids) {
            plans.add(new PlanChange(id, before.plans().get(id), after.plans().get(id)));
        }
        return new PriceBookDiff(before, after, operations, plans);
    }

    /// Whether both say the same, but for their versions and dates.
    public boolean isEmpty() {
        return operations.stream().allMatch(one -> one.kind() == Kind.SAME)
                && plans.stream().allMatch(one -> one.kind() == Kind.SAME)
                && before.creditPrice().equals(after.creditPrice())
                && before.costRates().equals(after.costRates())
                && before.burnPreference() == after.burnPreference()
                && before.adjustments().equals(after.adjustments());
    }

    /// The price of an operation for as many of its unit as another price of it is for.
    private static BigDecimal price(
            PriceBook book, OperationPrice operation, @Nullable OperationPrice as) {
        return price(book, operation).multiply(rescaling(operation, as));
    }

    /// What a price is to be multiplied by to be for as many of its unit as another one; 1 when
    /// they are for different units.
    private static BigDecimal rescaling(OperationPrice price, @Nullable OperationPrice as) {
        return as == null
                        || price.unit() == null
                        || as.unit() == null
                        || !price.unit().name().equals(as.unit().name())
                ? BigDecimal.ONE
                : as.per().divide(price.per(), QUOTIENT);
    }

    static BigDecimal price(PriceBook book, OperationPrice operation) {
        return operation.credits().toBigDecimal().multiply(book.creditPrice().toBigDecimal());
    }

    static @Nullable BigDecimal margin(OperationPrice operation, BigDecimal price) {
        return price.signum() == 0
                ? null
                : BigDecimal.ONE.subtract(
                        operation.unitCost().toBigDecimal().divide(price, MathContext.DECIMAL128));
    }
}
