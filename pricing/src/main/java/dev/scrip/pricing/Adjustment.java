package dev.scrip.pricing;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A rule of a price book that moves the price of a call by its circumstances.
///
/// Adjustments apply in the order in which the price book lists them, each to what the one before
/// left.
public sealed interface Adjustment {

    /// Such as `night`: a lower-case letter, then letters, digits, `_` or `-`.
    String id();

    OperationScope operations();

    AdjustmentKind kind();

    /// What it does to a call in these circumstances; null when it does not apply.
    @Nullable PriceEffect effect(Circumstances circumstances);

    /// All it may ever do, for working out how far a stack of adjustments can go.
    List<PriceEffect> possibleEffects();

    /// Whether it has to be known who calls.
    default boolean needsAccount() {
        return switch (this) {
            case CommitmentTiers _, VolumeTiers _, PlanPrices _, AccountPrices _ -> true;
            case OffPeak _, LoadPrice _, Promotion _ -> false;
        };
    }

    /// Another price in a part of the day.
    record OffPeak(String id, OperationScope operations, TimeWindow window, BigDecimal factor)
            implements Adjustment {

        public OffPeak {
            requireId(id);
            PriceEffect.requireFactor(factor);
        }

        @Override
        public AdjustmentKind kind() {
            return AdjustmentKind.OFF_PEAK;
        }

        @Override
        public @Nullable PriceEffect effect(Circumstances circumstances) {
            return window.contains(circumstances.at()) ? new PriceEffect.Times(factor) : null;
        }

        @Override
        public List<PriceEffect> possibleEffects() {
            return List.of(new PriceEffect.Times(factor));
        }
    }

    /// Another price while the load is high. It begins above one threshold and ends under a lower
    /// one, so that a load around one of them does not make the price flutter.
    ///
    /// @param above the load over which it begins; 1 is full capacity
    /// @param until the load under which it ends, at most `above`
    record LoadPrice(
            String id,
            OperationScope operations,
            BigDecimal above,
            BigDecimal until,
            BigDecimal factor)
            implements Adjustment {

        public static final BigDecimal LOAD_MAX = new BigDecimal("1000");

        public LoadPrice {
            requireId(id);
            PriceEffect.requireFactor(factor);
            requireLoad(above);
            requireLoad(until);
            if (until.compareTo(above) > 0) {
                throw new IllegalArgumentException(
                        "The load price "
                                + id
                                + " ends under "
                                + until.toPlainString()
                                + ", which is over where it begins ("
                                + above.toPlainString()
                                + ").");
            }
        }

        /// @throws IllegalArgumentException if it is no load
        public static void requireLoad(BigDecimal load) {
            if (load.signum() < 0 || load.compareTo(LOAD_MAX) > 0) {
                throw new IllegalArgumentException(
                        "A load must be at least 0 and at most "
                                + LOAD_MAX
                                + ", where 1 is full capacity, but was "
                                + Text.quote(load.toString()));
            }
        }

        /// Whether it is on at a load, from whether it was on before.
        public boolean isOn(boolean before, BigDecimal load) {
            return before ? load.compareTo(until) >= 0 : load.compareTo(above) > 0;
        }

        @Override
        public AdjustmentKind kind() {
            return AdjustmentKind.LOAD;
        }

        @Override
        public @Nullable PriceEffect effect(Circumstances circumstances) {
            return circumstances.loadPricesOn().contains(id) ? new PriceEffect.Times(factor) : null;
        }

        @Override
        public List<PriceEffect> possibleEffects() {
            return List.of(new PriceEffect.Times(factor));
        }
    }

    /// A factor from an amount of credits on.
    record Tier(Credits from, BigDecimal factor) {

        public Tier {
            PriceEffect.requireFactor(factor);
            if (from.micros() < 0) {
                throw new IllegalArgumentException(
                        "A tier starts at " + from + " credits; it must not be negative.");
            }
        }
    }

    /// A better price for those who promised to buy.
    ///
    /// @param tiers by credits a month, rising; the highest one reached counts
    record CommitmentTiers(String id, OperationScope operations, List<Tier> tiers)
            implements Adjustment {

        public CommitmentTiers {
            requireId(id);
            tiers = rising(id, tiers);
        }

        @Override
        public AdjustmentKind kind() {
            return AdjustmentKind.COMMITMENT;
        }

        @Override
        public @Nullable PriceEffect effect(Circumstances circumstances) {
            return reached(tiers, circumstances.commitment());
        }

        @Override
        public List<PriceEffect> possibleEffects() {
            return effects(tiers);
        }
    }

    /// Another price for those who used much already. A call has the price of the tier in which it
    /// begins, to its end.
    ///
    /// @param tiers by credits used in the period, rising; the highest one reached counts
    record VolumeTiers(String id, OperationScope operations, List<Tier> tiers)
            implements Adjustment {

        public VolumeTiers {
            requireId(id);
            tiers = rising(id, tiers);
        }

        @Override
        public AdjustmentKind kind() {
            return AdjustmentKind.VOLUME;
        }

        @Override
        public @Nullable PriceEffect effect(Circumstances circumstances) {
            return reached(tiers, circumstances.used());
        }

        @Override
        public List<PriceEffect> possibleEffects() {
            return effects(tiers);
        }
    }

    /// Prices of some plans.
    ///
    /// @param plans by the id of the plan
    record PlanPrices(String id, OperationScope operations, SortedMap<String, PriceEffect> plans)
            implements Adjustment {

        public PlanPrices {
            requireId(id);
            plans = named(id, plans);
        }

        @Override
        public AdjustmentKind kind() {
            return AdjustmentKind.PLAN;
        }

        @Override
        public @Nullable PriceEffect effect(Circumstances circumstances) {
            var plan = circumstances.plan();
            return plan == null ? null : plans.get(plan);
        }

        @Override
        public List<PriceEffect> possibleEffects() {
            return List.copyOf(plans.values());
        }
    }

    /// Prices that were agreed on with some accounts, `[from, until)`.
    ///
    /// @param accounts by workspace and account, such as `live/acme`
    /// @param from null for always before `until`
    /// @param until null for good
    record AccountPrices(
            String id,
            OperationScope operations,
            SortedMap<String, PriceEffect> accounts,
            @Nullable Instant from,
            @Nullable Instant until)
            implements Adjustment {

        /// Prices without an end.
        public AccountPrices(
                String id, OperationScope operations, SortedMap<String, PriceEffect> accounts) {
            this(id, operations, accounts, null, null);
        }

        public AccountPrices {
            requireId(id);
            accounts = named(id, accounts);
            if (from != null && until != null && !from.isBefore(until)) {
                throw new IllegalArgumentException(
                        "The prices "
                                + id
                                + " hold until "
                                + until
                                + ", which is not after they begin ("
                                + from
                                + ").");
            }
        }

        @Override
        public AdjustmentKind kind() {
            return AdjustmentKind.ACCOUNT;
        }

        @Override
        public @Nullable PriceEffect effect(Circumstances circumstances) {
            var account = circumstances.account();
            var at = circumstances.at();
            return account == null
                            || (from != null && at.isBefore(from))
                            || (until != null && !at.isBefore(until))
                    ? null
                    : accounts.get(account);
        }

        @Override
        public List<PriceEffect> possibleEffects() {
            return List.copyOf(accounts.values());
        }
    }

    /// Another price for a while, `[from, to)`.
    record Promotion(
            String id, OperationScope operations, Instant from, Instant to, BigDecimal factor)
            implements Adjustment {

        public Promotion {
            requireId(id);
            PriceEffect.requireFactor(factor);
            if (!from.isBefore(to)) {
                throw new IllegalArgumentException(
                        "The promotion "
                                + id
                                + " ends at "
                                + to
                                + ", which is not after it begins ("
                                + from
                                + ").");
            }
        }

        @Override
        public AdjustmentKind kind() {
            return AdjustmentKind.PROMOTION;
        }

        @Override
        public @Nullable PriceEffect effect(Circumstances circumstances) {
            return !circumstances.at().isBefore(from) && circumstances.at().isBefore(to)
                    ? new PriceEffect.Times(factor)
                    : null;
        }

        @Override
        public List<PriceEffect> possibleEffects() {
            return List.of(new PriceEffect.Times(factor));
        }
    }

    Pattern ID = Pattern.compile("[a-z][a-z0-9_-]{0,63}");

    private static void requireId(String id) {
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException(
                    "An adjustment is named by a lower-case letter and then up to 63 of a-z 0-9 _"
                            + " - but was "
                            + Text.quote(id));
        }
    }

    private static List<Tier> rising(String id, List<Tier> tiers) {
        if (tiers.isEmpty()) {
            throw new IllegalArgumentException("The adjustment " + id + " needs a tier.");
        }
        for (int i = 1; i < tiers.size(); i++) {
            if (tiers.get(i).from().compareTo(tiers.get(i - 1).from()) <= 0) {
                throw new IllegalArgumentException(
                        "The tiers of "
                                + id
                                + " must rise, but "
                                + tiers.get(i).from()
                                + " comes after "
                                + tiers.get(i - 1).from()
                                + ".");
            }
        }
        return List.copyOf(tiers);
    }

    private static SortedMap<String, PriceEffect> named(
            String id, Map<String, PriceEffect> effects) {
        if (effects.isEmpty()) {
            throw new IllegalArgumentException("The adjustment " + id + " names nobody.");
        }
        return Collections.unmodifiableSortedMap(new TreeMap<>(effects));
    }

    private static @Nullable PriceEffect reached(List<Tier> tiers, Credits amount) {
        for (int i = tiers.size() - 1; i >= 0; i--) {
            if (amount.covers(tiers.get(i).from())) {
                return new PriceEffect.Times(tiers.get(i).factor());
            }
        }
        return null;
    }

    private static List<PriceEffect> effects(List<Tier> tiers) {
        return tiers.stream()
                .<PriceEffect>map(tier -> new PriceEffect.Times(tier.factor()))
                .toList();
    }
}
