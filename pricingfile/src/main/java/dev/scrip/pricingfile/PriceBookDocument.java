package dev.scrip.pricingfile;

import dev.scrip.pricing.BurnPreference;
import dev.scrip.pricing.CostRates;
import dev.scrip.pricing.Credits;
import dev.scrip.pricing.Money;
import dev.scrip.pricing.OperationPrice;
import dev.scrip.pricing.Plan;
import dev.scrip.pricing.PlanInterval;
import dev.scrip.pricing.PriceBook;
import dev.scrip.pricing.PriceUnit;
import dev.scrip.pricing.Rollover;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Currency;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A price book as text that needs nothing else: for keeping what was published.
///
/// It is YAML, written with quoted strings and plain decimals. Reading what was written gives an
/// equal price book, and writing that gives the same text, so the text can be hashed and compared.
public final class PriceBookDocument {

    public static final String FORMAT = "scrip-price-book/1";

    private PriceBookDocument() {}

    public static String write(PriceBook book) {
        var text = new StringBuilder();
        line(text, 0, "format", FORMAT);
        line(text, 0, "version", quoted(book.version()));
        line(text, 0, "effective_from", quoted(book.effectiveFrom().toString()));
        line(text, 0, "currency", quoted(book.currency()));
        line(text, 0, "credit_price", book.creditPrice().toString());
        text.append("cost_rates:\n");
        line(text, 1, "compute_per_second", plain(book.costRates().computePerSecond()));
        line(text, 1, "memory_per_gb_second", plain(book.costRates().memoryPerGbSecond()));
        line(text, 1, "storage_per_gb", plain(book.costRates().storagePerGb()));
        line(text, 1, "bandwidth_per_gb", plain(book.costRates().bandwidthPerGb()));
        group(text, 1, "third_party", book.costRates().thirdParty());
        book.costRates()
                .thirdParty()
                .forEach((unit, rate) -> line(text, 2, quoted(unit), plain(rate)));
        group(text, 0, "operations", book.operations());
        for (var operation : book.operations().values()) {
            text.append("  ").append(quoted(operation.operation())).append(":\n");
            line(text, 2, "title", quoted(operation.title()));
            write(text, operation.unit());
            line(text, 2, "credits", operation.credits().toString());
            line(text, 2, "unit_cost", operation.unitCost().toString());
            if (!operation.unattributed().isZero()) {
                line(text, 2, "unattributed", operation.unattributed().toString());
            }
            line(text, 2, "margin_floor", plain(operation.marginFloor()));
        }
        if (book.burnPreference() != BurnPreference.EXPIRY_FIRST) {
            line(text, 0, "burn_order", book.burnPreference().word());
        }
        group(text, 0, "plans", book.plans());
        for (var plan : book.plans().values()) {
            text.append("  ").append(quoted(plan.id())).append(":\n");
            line(text, 2, "title", quoted(plan.title()));
            write(text, plan);
        }
        new AdjustmentText(text).write(book.adjustments());
        return text.toString();
    }

    private static void write(StringBuilder text, @Nullable PriceUnit unit) {
        if (unit != null) {
            text.append("    unit:\n");
            line(text, 3, "name", quoted(unit.name()));
            line(text, 3, "per", plain(unit.per()));
            line(text, 3, "included", plain(unit.included()));
        }
    }

    /// What most plans do not say is left out, so that a book of before is written as it was.
    private static void write(StringBuilder text, Plan plan) {
        if (plan.interval() == PlanInterval.MONTH) {
            line(text, 2, "monthly_fee", plan.fee().toString());
        } else {
            line(text, 2, "interval", plan.interval().word());
            line(text, 2, "fee", plan.fee().toString());
        }
        line(text, 2, "included_credits", plan.includedCredits().toString());
        if (!plan.rollover().isNone()) {
            line(text, 2, "rollover_share", plain(plan.rollover().share()));
            var cap = plan.rollover().cap();
            if (cap != null) {
                line(text, 2, "rollover_cap", cap.toString());
            }
        }
    }

    /// Reads what [#write] wrote, or somebody else did.
    ///
    /// @param name what to call the text in errors, such as `price book pb_3`
    /// @throws PricingFileException if the text is no price book
    public static PriceBook read(String name, String text) {
        var problems = new Problems(name);
        try {
            return book(YamlText.parse(text, FORMAT, problems), problems);
        } catch (PricingFileException e) {
            throw e;
        } catch (IllegalArgumentException | ArithmeticException e) {
            problems.add(String.valueOf(e.getMessage()));
            throw problems.toException();
        }
    }

    private static PriceBook book(Section root, Problems problems) {
        if (!FORMAT.equals(root.neededText("format", FORMAT))) {
            problems.add(1, "format", "is another format", FORMAT);
        }
        var version = string(root, "version");
        var effectiveFrom = instant(root);
        var currency = currency(root);
        var creditPrice = money(root, "credit_price");
        var rates = costRates(root);
        var operations = operations(root);
        var plans = plans(root);
        var burnPreference =
                root.has("burn_order")
                        ? BurnPreference.valueOf(word(root, "burn_order"))
                        : BurnPreference.EXPIRY_FIRST;
        var adjustments = new AdjustmentReader(operations.keySet(), plans.keySet()).read(root);
        root.refuseOthers();
        problems.throwIfAny();
        return new PriceBook(
                version,
                effectiveFrom,
                currency,
                creditPrice,
                rates,
                operations,
                plans,
                burnPreference,
                adjustments);
    }

    private static Instant instant(Section root) {
        var text = string(root, "effective_from");
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            root.problem(
                    "effective_from " + Wording.quote(text) + " is no instant",
                    "such as 2026-01-31T00:00:00Z");
            return Instant.EPOCH;
        }
    }

    private static String currency(Section root) {
        var code = string(root, "currency");
        if (Currency.getAvailableCurrencies().stream()
                .noneMatch(known -> known.getCurrencyCode().equals(code))) {
            root.problem(
                    "currency " + Wording.quote(code) + " is none", "an ISO 4217 code such as USD");
        }
        return code;
    }

    private static CostRates costRates(Section root) {
        var section = needed(root, "cost_rates");
        if (section == null) {
            return CostRates.NONE;
        }
        var thirdParty = new TreeMap<String, BigDecimal>();
        var units = needed(section, "third_party");
        if (units != null) {
            for (var unit : units.all()) {
                thirdParty.put(unit.name(), decimal(unit));
            }
        }
        var rates =
                new CostRates(
                        decimal(section, "compute_per_second"),
                        decimal(section, "memory_per_gb_second"),
                        decimal(section, "storage_per_gb"),
                        decimal(section, "bandwidth_per_gb"),
                        thirdParty);
        section.refuseOthers();
        return rates;
    }

    private static SortedMap<String, OperationPrice> operations(Section root) {
        var operations = new TreeMap<String, OperationPrice>();
        var section = needed(root, "operations");
        if (section == null) {
            return operations;
        }
        for (var field : section.all()) {
            if (!PricingFileReader.OPERATION_ID.matcher(field.name()).matches()) {
                field.problem("is no operation id", "an id such as image.resize");
            }
            var operation = field.section("title, credits, unit_cost and margin_floor");
            if (operation != null) {
                operations.put(
                        field.name(),
                        new OperationPrice(
                                field.name(),
                                string(operation, "title"),
                                credits(operation, "credits"),
                                money(operation, "unit_cost"),
                                operation.has("unattributed")
                                        ? money(operation, "unattributed")
                                        : Money.ZERO,
                                decimal(operation, "margin_floor"),
                                unit(operation)));
                operation.refuseOthers();
            }
        }
        return operations;
    }

    private static @Nullable PriceUnit unit(Section operation) {
        var unit = operation.section("unit", "a name, per and included");
        if (unit == null) {
            return null;
        }
        var read =
                new PriceUnit(
                        string(unit, "name"), decimal(unit, "per"), decimal(unit, "included"));
        unit.refuseOthers();
        return read;
    }

    private static SortedMap<String, Plan> plans(Section root) {
        var plans = new TreeMap<String, Plan>();
        var section = needed(root, "plans");
        if (section == null) {
            return plans;
        }
        for (var field : section.all()) {
            if (!PlanReader.PLAN_ID.matcher(field.name()).matches()) {
                field.problem("is no plan id", "an id such as starter");
            }
            var plan = field.section("title, monthly_fee and included_credits");
            if (plan != null) {
                plans.put(
                        field.name(),
                        new Plan(
                                field.name(),
                                string(plan, "title"),
                                money(plan, plan.has("interval") ? "fee" : "monthly_fee"),
                                credits(plan, "included_credits"),
                                plan.has("interval")
                                        ? PlanInterval.valueOf(word(plan, "interval"))
                                        : PlanInterval.MONTH,
                                plan.has("rollover_share")
                                        ? new Rollover(
                                                decimal(plan, "rollover_share"),
                                                plan.has("rollover_cap")
                                                        ? credits(plan, "rollover_cap")
                                                        : null)
                                        : Rollover.NONE));
                plan.refuseOthers();
            }
        }
        return plans;
    }

    private static @Nullable Section needed(Section parent, String name) {
        return parent.needed(name, "a group of fields")
                ? parent.section(name, "a group of fields")
                : null;
    }

    private static String string(Section section, String name) {
        var field = section.needed(name, "text") ? section.field(name) : null;
        var text = field == null ? null : field.anyText();
        return text == null ? "" : text;
    }

    /// The name of a constant.
    private static String word(Section section, String name) {
        var text = section.neededText(name, "a word");
        return text == null ? "" : text.toUpperCase(Locale.ROOT);
    }

    private static Money money(Section section, String name) {
        return Money.of(decimal(section, name, 9), RoundingMode.UNNECESSARY);
    }

    private static Credits credits(Section section, String name) {
        return Credits.of(decimal(section, name, 6), RoundingMode.UNNECESSARY);
    }

    private static BigDecimal decimal(Section section, String name) {
        var field = section.needed(name, "a plain decimal") ? section.field(name) : null;
        return field == null ? BigDecimal.ZERO : decimal(field);
    }

    private static BigDecimal decimal(Section section, String name, int decimalsMax) {
        var value = decimal(section, name);
        if (value.scale() > decimalsMax) {
            section.problem(
                    name + " " + value.toPlainString() + " has too many decimals",
                    "at most " + decimalsMax);
            return BigDecimal.ZERO;
        }
        return value;
    }

    private static BigDecimal decimal(Field field) {
        var value = field.notNegative();
        return value == null ? BigDecimal.ZERO : value;
    }

    private static void line(StringBuilder text, int depth, String key, String value) {
        text.repeat("  ", depth).append(key).append(": ").append(value).append('\n');
    }

    /// The head of a group; an empty one is written as `{}`, since nothing at all would be no
    /// value.
    private static void group(StringBuilder text, int depth, String key, Map<?, ?> entries) {
        text.repeat("  ", depth).append(key).append(entries.isEmpty() ? ": {}\n" : ":\n");
    }

    /// @throws IllegalArgumentException for a rate in powers of ten or of more digits than are read
    private static String plain(BigDecimal value) {
        var text = value.toPlainString();
        if (value.scale() < 0 || Figure.plain(text) == null) {
            throw new IllegalArgumentException(
                    "The rate "
                            + Wording.quote(value.toString())
                            + " cannot be kept as a plain decimal of at most 13 digits before and"
                            + " 18 after the point.");
        }
        return text;
    }

    /// In double quotes, with everything escaped that could be taken for something else.
    private static String quoted(String text) {
        var quoted = new StringBuilder("\"");
        text.codePoints()
                .forEach(c -> {
                    if (c == '"' || c == '\\') {
                        quoted.append('\\').appendCodePoint(c);
                    } else if (c >= ' ' && c < 0x7f) {
                        quoted.appendCodePoint(c);
                    } else if (Character.isLetterOrDigit(c)) {
                        quoted.appendCodePoint(c);
                    } else {
                        quoted.append(String.format("\\U%08x", c));
                    }
                });
        return quoted.append('"').toString();
    }
}
