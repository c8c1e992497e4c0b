package dev.scrip.pricingfile;

import dev.scrip.pricing.Competitor;
import dev.scrip.pricing.CostProfile;
import dev.scrip.pricing.CostRates;
import dev.scrip.pricing.Credits;
import dev.scrip.pricing.OperationCost;
import dev.scrip.pricing.OperationDesign;
import dev.scrip.pricing.PriceUnit;
import dev.scrip.pricing.ResourceUse;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Reads one operation of a pricing file, which becomes several when its calls are in size bands.
final class OperationReader {

    static final Set<String> RESOURCES =
            Set.of("compute_ms", "memory_mb", "storage_kb", "bandwidth_kb");

    static final String COST = "one of unit_cost, use, measured, or free: true";

    private final CostRates rates;
    private final Problems problems;
    private final MeasuredReader measuredReader;
    private final List<MeasuredLog> measured;
    private final Map<String, Section> uncosted;
    private final Variants variants;
    private CostDate costDate = CostDate.UNKNOWN;

    /// What an operation says beside its cost.
    private record Common(
            String title,
            @Nullable Long monthlyCalls,
            BigDecimal valueMultiplier,
            String valueReason,
            List<Competitor> competitors,
            @Nullable Credits pinned,
            @Nullable BigDecimal marginFloor,
            @Nullable PriceUnit unit) {

        OperationDesign design(String operation, String title, OperationCost cost) {
            return new OperationDesign(
                    operation,
                    title,
                    cost,
                    monthlyCalls,
                    valueMultiplier,
                    valueReason,
                    competitors,
                    pinned,
                    marginFloor,
                    unit);
        }
    }

    /// @param uncosted takes the operations that say nothing of their cost
    /// @param variants takes those whose credits follow from another one's
    OperationReader(
            Path source,
            Problems problems,
            CostRates rates,
            List<MeasuredLog> measured,
            Map<String, Section> uncosted,
            Variants variants) {
        this.uncosted = uncosted;
        this.variants = variants;
        this.rates = rates;
        this.problems = problems;
        this.measured = measured;
        this.measuredReader = new MeasuredReader(source, rates);
    }

    List<OperationDesign> read(Field field) {
        if (!PricingFileReader.OPERATION_ID.matcher(field.name()).matches()) {
            field.problem(
                    "is no operation id",
                    "a lower-case letter, then at most 63 of lower-case letters, digits, _ . -");
        }
        var section = field.section(COST);
        if (section == null) {
            return List.of();
        }
        var common = common(field, section);
        costDate = CostDate.read(section);
        if (section.has("measured")) {
            return measured(field, section, common);
        }
        var cost = cost(field.name(), section, common);
        var designs = new ArrayList<OperationDesign>();
        if (cost != null) {
            var design = common.design(field.name(), common.title(), cost);
            designs.add(design);
            designs.addAll(varied(design, variations(section, common), common));
        }
        section.refuseOthers();
        return designs;
    }

    /// What a variant says, whichever operation it varies.
    ///
    /// @param cost null for that of the operation
    private record Variation(
            Field field,
            @Nullable String title,
            BigDecimal multiplier,
            String reason,
            @Nullable Long monthlyCalls,
            @Nullable OperationCost cost) {}

    private List<Variation> variations(Section section, Common common) {
        var variations = new ArrayList<Variation>();
        var group = section.section("variants", "variants such as cached: {multiplier: 0.5}");
        for (var variant : group == null ? List.<Field>of() : group.all()) {
            var its = variant.section("multiplier, reason, and its cost where it differs");
            if (its == null) {
                continue;
            }
            var multiplier = Variants.multiplier(its);
            var reason = its.text("reason", "a reason in one line");
            var title = its.text("title", "a title");
            var calls = its.figure("monthly_calls", Figure.COUNT);
            boolean isOwn = its.field("unit_cost") != null || its.field("use") != null;
            var cost = isOwn ? cost(variant.name(), its, common) : null;
            its.refuseOthers();
            if (multiplier != null && (cost != null || !isOwn)) {
                variations.add(
                        new Variation(
                                variant,
                                title,
                                multiplier,
                                reason == null ? "" : reason,
                                calls == null ? null : calls.longValueExact(),
                                cost));
            }
        }
        return variations;
    }

    /// An operation for each variant: its cost is that of the operation it varies, unless it says.
    private List<OperationDesign> varied(
            OperationDesign of, List<Variation> variations, Common common) {
        var designs = new ArrayList<OperationDesign>();
        for (var one : variations) {
            var id = of.operation() + "." + one.field().name();
            if (!PricingFileReader.OPERATION_ID.matcher(id).matches()) {
                one.field().problem("is no variant id", "a short name of lower-case letters");
            }
            // A title of its own is that of all bands, so each adds what tells it apart.
            var title =
                    one.title() == null
                            ? of.title() + ", " + one.field().name()
                            : one.title() + of.title().substring(common.title().length());
            variants.add(id, of.operation(), one.multiplier(), one.field());
            designs.add(
                    new OperationDesign(
                            id,
                            title,
                            one.cost() == null ? of.cost() : one.cost(),
                            one.monthlyCalls(),
                            one.multiplier(),
                            one.reason(),
                            List.of(),
                            null,
                            common.marginFloor(),
                            common.unit()));
        }
        return designs;
    }

    private Common common(Field field, Section section) {
        var title = section.text("title", "a title");
        var calls = section.figure("monthly_calls", Figure.COUNT);
        var multiplier = section.figureOr("value_multiplier", Figure.MULTIPLIER, BigDecimal.ONE);
        var reason = section.text("value_reason", "a reason in one line");
        if (multiplier.compareTo(BigDecimal.ONE) != 0 && reason == null) {
            var _ = section.needed("value_reason", "why a call is worth that, in one line");
        }
        return new Common(
                title == null ? field.name() : title,
                calls == null ? null : calls.longValueExact(),
                multiplier,
                reason == null ? "" : reason,
                competitors(section),
                pinned(section),
                section.figure("margin_floor", Figure.SHARE),
                UnitReader.read(section));
    }

    private static @Nullable Credits pinned(Section section) {
        var free = section.field("free");
        var isFree = free != null && Boolean.TRUE.equals(free.truth());
        var credits = section.figure("credits", Figure.CREDITS);
        if (isFree && credits != null && credits.signum() > 0) {
            section.problem("is free and has credits", "one of the two");
        }
        if (isFree) {
            return Credits.ZERO;
        }
        return credits == null ? null : Credits.of(credits, RoundingMode.UNNECESSARY);
    }

    /// When the cost of the operation read last was measured.
    CostDate costDate() {
        return costDate;
    }

    private @Nullable OperationCost cost(String operation, Section section, Common common) {
        var unitCost = section.figure("unit_cost", Figure.MONEY);
        var useField = section.field("use");
        var use = useField == null ? null : use(useField);
        if (section.has("unit_cost")) {
            return unitCost == null ? null : new OperationCost.Stated(unitCost, use);
        }
        if (useField != null) {
            return use == null ? null : new OperationCost.Modelled(use);
        }
        if (common.pinned() != null && common.pinned().isZero()) {
            return new OperationCost.Stated(BigDecimal.ZERO, null);
        }
        uncosted.put(operation, section);
        return new OperationCost.Stated(BigDecimal.ZERO, null);
    }

    private @Nullable ResourceUse use(Field field) {
        var section = field.section("what a call uses, such as compute_ms: 50");
        if (section == null) {
            return null;
        }
        var thirdParty = new TreeMap<String, BigDecimal>();
        var bought = section.section("third_party", "a count for each unit");
        if (bought != null) {
            for (var unit : bought.all()) {
                var count = unit.figure(Figure.AMOUNT);
                if (checkRate(unit, rates) && count != null) {
                    thirdParty.put(unit.name(), count);
                }
            }
        }
        var use =
                new ResourceUse(
                        section.figureOr("compute_ms", Figure.AMOUNT, BigDecimal.ZERO),
                        section.figureOr("memory_mb", Figure.AMOUNT, BigDecimal.ZERO),
                        section.figureOr("storage_kb", Figure.AMOUNT, BigDecimal.ZERO),
                        section.figureOr("bandwidth_kb", Figure.AMOUNT, BigDecimal.ZERO),
                        thirdParty);
        section.refuseOthers();
        return use;
    }

    /// Notes a problem if a third-party unit has no rate.
    static boolean checkRate(Field unit, CostRates rates) {
        if (rates.thirdParty().containsKey(unit.name())) {
            return true;
        }
        var meant = Wording.nearest(unit.name(), rates.thirdParty().keySet());
        unit.problem(
                "has no rate" + (meant == null ? "" : ". Did you mean " + meant + "?"),
                rates.thirdParty().isEmpty()
                        ? "a rate for it in cost_rates.third_party"
                        : "one of " + String.join(", ", rates.thirdParty().keySet()));
        return false;
    }

    private static List<Competitor> competitors(Section section) {
        var field = section.field("competitors");
        var items = field == null ? null : field.items("a list of competitors");
        var competitors = new ArrayList<Competitor>();
        for (var item : items == null ? List.<Field>of() : items) {
            var competitor = item.section("name, and price_per_call or credits");
            if (competitor == null) {
                continue;
            }
            var name = competitor.neededText("name", "a name");
            var perCall = competitor.figure("price_per_call", Figure.PRICE);
            var credits = competitor.figure("credits", Figure.PRICED_CREDITS);
            var perCredit = competitor.figure("price_per_credit", Figure.PRICE);
            competitor.refuseOthers();
            if (competitor.has("price_per_call") == competitor.has("credits")
                    || (competitor.has("price_per_credit") && !competitor.has("credits"))) {
                competitor.problem(
                        "must say what a call costs there",
                        "price_per_call; or credits, with price_per_credit if known");
            } else if (name != null && perCall != null) {
                competitors.add(new Competitor.PerCall(name, perCall));
            } else if (name != null && credits != null) {
                competitors.add(
                        perCredit == null
                                ? new Competitor.CreditsOnly(name, credits)
                                : new Competitor.PerCredit(name, credits, perCredit));
            }
        }
        return competitors;
    }

    private List<OperationDesign> measured(Field field, Section section, Common common) {
        for (var other : List.of("unit_cost", "use")) {
            if (section.field(other) != null) {
                section.problem("is measured and has " + other, "one of the two");
            }
        }
        var measuredField = section.field("measured");
        var variations = variations(section, common);
        section.refuseOthers();
        var log =
                measuredField == null
                        ? null
                        : measuredReader.read(field.name(), measuredField, common.unit());
        if (log == null) {
            return List.of();
        }
        if (common.pinned() != null && !common.pinned().isZero() && log.bands() != null) {
            section.problem(
                    "has size bands and one number of credits",
                    "no credits, or no bands: each band has a price of its own");
        }
        if (log.bands() != null) {
            for (var one : variations) {
                if (one.monthlyCalls() != null) {
                    one.field()
                            .problem(
                                    "is of several size bands and has monthly_calls",
                                    "none: nothing tells how many are of which band");
                }
            }
        }
        measured.add(log);
        var per = common.unit() == null ? BigDecimal.ONE : common.unit().per();
        try {
            var designs = designs(log, common, measuredReader.profiles(log, per));
            var all = new ArrayList<>(designs);
            designs.forEach(design -> all.addAll(varied(design, variations, common)));
            return all;
        } catch (PricingFileException e) {
            e.problems().forEach(problems::addElsewhere);
            return List.of();
        }
    }

    /// One design for each band. Monthly calls that are stated are shared out as the log's calls,
    /// or their units, are; otherwise the log itself says how many there are.
    private static List<OperationDesign> designs(
            MeasuredLog log, Common common, Map<String, CostProfile> profiles) {
        var counts =
                profiles.values().stream()
                        .map(one -> one.units().setScale(0, RoundingMode.HALF_UP).longValueExact())
                        .toList();
        var calls =
                common.monthlyCalls() == null
                        ? counts
                        : Shares.split(common.monthlyCalls(), counts);
        var designs = new ArrayList<OperationDesign>();
        profiles.forEach((operation, profile) ->
                designs.add(
                        common.design(
                                        operation,
                                        title(common.title(), log, operation),
                                        new OperationCost.Measured(profile))
                                .withMonthlyCalls(calls.get(designs.size()))));
        return designs;
    }

    private static String title(String title, MeasuredLog log, String operation) {
        var bands = log.bands();
        if (bands == null) {
            return title;
        }
        var bound = bands.upTo().get(operation.substring(log.family().length() + 1));
        return title
                + ", up to "
                + (bound == null ? "" : String.format(Locale.ROOT, "%,.0f", bound))
                + " "
                + bands.unit();
    }
}
