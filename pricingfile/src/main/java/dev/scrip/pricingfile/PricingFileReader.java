package dev.scrip.pricingfile;

import dev.scrip.pricing.BurnPreference;
import dev.scrip.pricing.CostRates;
import dev.scrip.pricing.CreditPricing;
import dev.scrip.pricing.CreditTableDesign;
import dev.scrip.pricing.DesignBrief;
import dev.scrip.pricing.Ladder;
import dev.scrip.pricing.OperationDesign;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Reads the top of a pricing file: everything but the operations themselves.
///
/// It goes on after a problem with a stand-in value, so that one run says all there is to say; the
/// stand-ins never leave, because problems end in an exception.
final class PricingFileReader {

    static final Pattern OPERATION_ID = Pattern.compile("[a-z][a-z0-9_.-]{0,63}");

    private static final BigDecimal MARGIN_FLOOR = new BigDecimal("0.5");
    private static final Map<String, String> PRICE_LIST_UNITS =
            Map.of(
                    "input_token", "input_usd_per_token",
                    "output_token", "output_usd_per_token");

    private final Path source;
    private final Problems problems;
    private final SortedMap<String, String> products = new TreeMap<>();
    private final Variants variants = new Variants();
    private final SortedMap<String, Section> uncosted = new TreeMap<>();

    PricingFileReader(Path source, Problems problems) {
        this.source = source;
        this.problems = problems;
    }

    /// @param usage a log of recorded usage, or null to take costs as the file states them
    PricingFile read(String text, @Nullable Path usage) {
        var root = YamlText.parse(text, PricingFile.FORMAT, problems);
        format(root);
        var currency = currency(root);
        var rates = costRates(root);
        var ladder = ladder(root);
        var pricing = creditPricing(root);
        var marginFloor = root.figureOr("margin_floor", Figure.SHARE, MARGIN_FLOOR);
        var baseCredits = root.figureOr("base_credits", Figure.PRICED_CREDITS, BigDecimal.ONE);
        var measured = new ArrayList<MeasuredLog>();
        var dates = new TreeMap<String, CostDate>();
        var fileDate = CostDate.read(root);
        var stated = operations(root, rates, measured, dates);
        dates.replaceAll((_, date) -> date.or(fileDate));
        var columns = UsageSection.read(root, rates, measured);
        var services = BillSection.read(root);
        var costs =
                usage == null
                        ? null
                        : UsageCosting.read(new UsageLog(usage, columns), rates, stated, problems);
        var operations = costs == null ? stated : UsageCosting.applied(stated, costs);
        if (usage == null || costs != null) {
            uncosted(costs);
        }
        var base = baseOperation(root, operations);
        var plans = PlanReader.plans(root);
        var burnOrder = burnOrder(root);
        var ids = operations.stream().map(OperationDesign::operation).toList();
        var adjustments = new AdjustmentReader(ids, plans.keySet()).read(root);
        var rules = RulesReader.read(root);
        root.refuseOthers();
        problems.throwIfAny();
        if (pricing == null) {
            throw new IllegalStateException("No credit pricing, and no problem noted.");
        }
        try {
            var design =
                    CreditTableDesign.of(
                            variants.priced(
                                    new DesignBrief(
                                            currency,
                                            rates,
                                            ladder,
                                            operations,
                                            base,
                                            baseCredits,
                                            pricing,
                                            marginFloor,
                                            plans,
                                            burnOrder,
                                            adjustments)));
            problems.throwIfAny();
            var file =
                    new PricingFile(
                            source,
                            design,
                            measured,
                            rules,
                            new CostSources(
                                    columns,
                                    costs,
                                    UsageCosting.unattributed(stated, rates),
                                    dates,
                                    products,
                                    services));
            // Whatever cannot be published must be said now, not on the day it is.
            var _ = file.toPriceBook("check", Instant.EPOCH);
            return file;
        } catch (IllegalArgumentException | ArithmeticException e) {
            problems.add(String.valueOf(e.getMessage()));
            throw problems.toException();
        }
    }

    /// Operations that say nothing of their cost may be measured by a usage log.
    private void uncosted(@Nullable UsageCosts costs) {
        uncosted.forEach((operation, section) -> {
            if (costs == null || !costs.profiles().containsKey(operation)) {
                section.problem("has no cost", OperationReader.COST);
            }
        });
    }

    private void format(Section root) {
        var format = root.neededText("format", PricingFile.FORMAT);
        if (format != null && !format.equals(PricingFile.FORMAT)) {
            var field = root.field("format");
            if (field != null) {
                field.problem(Wording.quote(format) + " is not a known format", PricingFile.FORMAT);
            }
        }
    }

    private String currency(Section root) {
        var expected = "an ISO 4217 code such as USD";
        var code = root.neededText("currency", expected);
        if (code == null) {
            return "XXX";
        }
        try {
            return Currency.getInstance(code).getCurrencyCode();
        } catch (IllegalArgumentException e) {
            var field = root.field("currency");
            if (field != null) {
                field.problem(Wording.quote(code) + " is no currency", expected);
            }
            return "XXX";
        }
    }

    private CostRates costRates(Section root) {
        var thirdParty = priceList(root);
        var section = root.section("cost_rates", "rates such as compute_per_second");
        if (section == null) {
            return rates(
                    BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO, thirdParty);
        }
        var stated = section.section("third_party", "a rate for each unit");
        if (stated != null) {
            for (var unit : stated.all()) {
                var rate = unit.figure(Figure.RATE);
                if (rate != null && thirdParty.put(unit.name(), rate) != null) {
                    unit.problem("has a price from the price list too", "one price");
                }
            }
        }
        var rates =
                rates(
                        section.figureOr("compute_per_second", Figure.RATE, BigDecimal.ZERO),
                        section.figureOr("memory_per_gb_second", Figure.RATE, BigDecimal.ZERO),
                        section.figureOr("storage_per_gb", Figure.RATE, BigDecimal.ZERO),
                        section.figureOr("bandwidth_per_gb", Figure.RATE, BigDecimal.ZERO),
                        thirdParty);
        section.refuseOthers();
        return rates;
    }

    private static CostRates rates(
            BigDecimal compute,
            BigDecimal memory,
            BigDecimal storage,
            BigDecimal bandwidth,
            SortedMap<String, BigDecimal> thirdParty) {
        return new CostRates(compute, memory, storage, bandwidth, thirdParty);
    }

    private SortedMap<String, BigDecimal> priceList(Section root) {
        var prices = new TreeMap<String, BigDecimal>();
        var section = root.section("third_party_prices", "file and models of a price list");
        if (section == null) {
            return prices;
        }
        var file = section.neededText("file", "a CSV file beside this one");
        var nameColumn = section.text("name_column", "a column of the file");
        var models =
                section.needed("models", "names such as gpt-4o: gpt-4o")
                        ? names(section, "models")
                        : Map.<String, String>of();
        products.putAll(models);
        var units = section.has("units") ? names(section, "units") : PRICE_LIST_UNITS;
        section.refuseOthers();
        if (file == null || models.isEmpty()) {
            return prices;
        }
        try {
            prices.putAll(
                    new PriceList(
                                    source.resolveSibling(file),
                                    nameColumn == null ? "model" : nameColumn)
                            .prices(models, units));
        } catch (PricingFileException e) {
            e.problems().forEach(problems::addElsewhere);
        }
        return prices;
    }

    private Map<String, String> names(Section section, String key) {
        var names = new LinkedHashMap<String, String>();
        var group = section.section(key, "a name for each");
        if (group != null) {
            for (var field : group.all()) {
                var name = field.text("a name");
                if (name != null) {
                    names.put(field.name(), name);
                }
            }
        }
        return names;
    }

    private Ladder ladder(Section root) {
        var field = root.field("ladder");
        if (field == null) {
            return Ladder.DEFAULT;
        }
        var expected = "one of " + String.join(", ", Ladder.names()) + ", or a list of values";
        if (field.isList()) {
            return ladder(field, expected);
        }
        var name = field.text(expected);
        if (name == null) {
            return Ladder.DEFAULT;
        }
        if (!Ladder.names().contains(name)) {
            var meant = Wording.nearest(name, Ladder.names());
            field.problem(
                    Wording.quote(name)
                            + " is no ladder"
                            + (meant == null ? "" : ". Did you mean " + meant + "?"),
                    expected);
            return Ladder.DEFAULT;
        }
        return Ladder.named(name);
    }

    private static Ladder ladder(Field field, String expected) {
        var values = new ArrayList<BigDecimal>();
        var items = field.items(expected);
        for (var item : items == null ? List.<Field>of() : items) {
            var value = item.figure(Figure.LADDER_VALUE);
            if (value == null) {
                continue;
            }
            if (!values.isEmpty() && value.compareTo(values.getLast()) <= 0) {
                item.problem(
                        value.toPlainString() + " comes after " + values.getLast().toPlainString(),
                        "a value greater than the one before it");
                continue;
            }
            values.add(value);
        }
        if (values.isEmpty()) {
            field.problem("has no value to use", expected);
            return Ladder.DEFAULT;
        }
        return Ladder.of(values);
    }

    private @Nullable CreditPricing creditPricing(Section root) {
        var expected =
                "target_margin with blended_cost_per_credit or overhead_per_credit, or amount and"
                        + " per";
        if (!root.needed("credit_price", expected)) {
            return null;
        }
        var section = root.section("credit_price", expected);
        if (section == null) {
            return null;
        }
        var target = section.figure("target_margin", Figure.SHARE);
        var blended = section.figure("blended_cost_per_credit", Figure.RATE);
        var overhead = section.figure("overhead_per_credit", Figure.RATE);
        var amount = section.figure("amount", Figure.PRICE);
        var per = section.figure("per", Figure.POSITIVE_COUNT);
        section.refuseOthers();
        int ways =
                (section.has("blended_cost_per_credit") ? 1 : 0)
                        + (section.has("overhead_per_credit") ? 1 : 0)
                        + (section.has("amount") || section.has("per") ? 1 : 0);
        if (ways > 1) {
            section.problem("says in several ways what a credit costs", expected);
            return null;
        }
        if (section.has("amount") || section.has("per")) {
            var hasAmount = section.needed("amount", Figure.PRICE.expected());
            var hasPer = section.needed("per", Figure.POSITIVE_COUNT.expected());
            if (!hasAmount || !hasPer || amount == null || per == null) {
                return null;
            }
            return new CreditPricing.Fixed(amount, per.longValueExact(), target);
        }
        if (!section.needed("target_margin", Figure.SHARE.expected()) || target == null) {
            return null;
        }
        if (section.has("blended_cost_per_credit")) {
            if (blended == null) {
                return null;
            }
            if (blended.signum() == 0) {
                section.problem("blended_cost_per_credit is 0", "a cost greater than 0");
                return null;
            }
            return new CreditPricing.FromBlendedCost(target, blended);
        }
        return new CreditPricing.FromOwnCost(target, overhead == null ? BigDecimal.ZERO : overhead);
    }

    private List<OperationDesign> operations(
            Section root,
            CostRates rates,
            List<MeasuredLog> measured,
            SortedMap<String, CostDate> dates) {
        var designs = new ArrayList<OperationDesign>();
        if (!root.needed("operations", "at least one operation")) {
            return designs;
        }
        var section = root.section("operations", "operations by name, such as image.resize");
        if (section == null) {
            return designs;
        }
        var reader = new OperationReader(source, problems, rates, measured, uncosted, variants);
        for (var field : section.all()) {
            var read = reader.read(field);
            read.forEach(design -> dates.put(design.operation(), reader.costDate()));
            designs.addAll(read);
        }
        if (section.all().isEmpty()) {
            section.problem("is empty", "at least one operation");
        }
        return designs;
    }

    private @Nullable String baseOperation(Section root, List<OperationDesign> operations) {
        var field = root.field("base_operation");
        if (field == null) {
            return null;
        }
        var ids = operations.stream().map(OperationDesign::operation).toList();
        var id = field.text("an operation");
        if (id == null || ids.contains(id) || problems.any()) {
            return id;
        }
        var meant = Wording.nearest(id, ids);
        field.problem(
                Wording.quote(id)
                        + " is no operation"
                        + (meant == null ? "" : ". Did you mean " + meant + "?"),
                "one of " + String.join(", ", ids));
        return null;
    }

    private BurnPreference burnOrder(Section root) {
        var field = root.field("burn_order");
        var words = Stream.of(BurnPreference.values()).map(BurnPreference::word).toList();
        var word = field == null ? null : field.word(words);
        return word == null
                ? BurnPreference.EXPIRY_FIRST
                : BurnPreference.valueOf(word.toUpperCase(Locale.ROOT));
    }
}
