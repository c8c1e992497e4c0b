package dev.scrip.pricingfile;

import dev.scrip.pricing.Adjustment;
import dev.scrip.pricing.Adjustments;
import dev.scrip.pricing.Credits;
import dev.scrip.pricing.OperationScope;
import dev.scrip.pricing.PriceEffect;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads the adjustments of a pricing file or of a published price book, which look alike.
final class AdjustmentReader {

    private static final String KINDS =
            "one of off_peak, load, commitment, volume, plans, accounts, promotion";
    private static final String EFFECT = "a factor, or credits";
    private static final Pattern ACCOUNT =
            Pattern.compile("[a-z][a-z0-9_-]{0,31}/[A-Za-z0-9._:-]{1,128}");

    private final Collection<String> operations;
    private final Collection<String> plans;

    /// @param operations that adjustments can be for
    /// @param plans that can have prices of their own
    AdjustmentReader(Collection<String> operations, Collection<String> plans) {
        this.operations = operations;
        this.plans = plans;
    }

    /// None when neither section is there, or something is wrong with them, which is noted.
    Adjustments read(Section root) {
        var limits = LimitsReader.read(root);
        var section = root.section("adjustments", "adjustments by name, such as night");
        var rules = new ArrayList<Adjustment>();
        if (section != null) {
            for (var field : section.all()) {
                var rule = rule(field);
                if (rule != null) {
                    rules.add(rule);
                }
            }
            if (section.all().size() > Adjustments.RULES_MAX) {
                section.problem(
                        "has " + section.all().size() + " adjustments",
                        "at most " + Adjustments.RULES_MAX);
                return Adjustments.NONE;
            }
        }
        return new Adjustments(rules, limits);
    }

    private @Nullable Adjustment rule(Field field) {
        var section = field.section(KINDS);
        if (section == null) {
            return null;
        }
        boolean named = Adjustment.ID.matcher(field.name()).matches();
        if (!named) {
            field.problem(
                    "is no name of an adjustment",
                    "a lower-case letter, then letters, digits, _ or -");
        }
        var scope = scope(section);
        var id = named ? field.name() : "unnamed";
        var found = new ArrayList<Adjustment>();
        int kinds = 0;
        for (var kind :
                List.of(
                        "off_peak",
                        "load",
                        "commitment",
                        "volume",
                        "plans",
                        "accounts",
                        "promotion")) {
            var value = section.field(kind);
            if (value != null) {
                kinds++;
                var rule =
                        kind.equals("accounts")
                                ? accounts(id, scope, section, value)
                                : rule(id, scope, kind, value);
                if (rule != null) {
                    found.add(rule);
                }
            }
        }
        section.refuseOthers();
        if (kinds != 1) {
            field.problem(kinds == 0 ? "does not say what it is" : "is several things", KINDS);
            return null;
        }
        return found.isEmpty() ? null : found.getFirst();
    }

    private @Nullable Adjustment rule(String id, OperationScope scope, String kind, Field value) {
        return switch (kind) {
            case "off_peak" -> OffPeakReader.read(id, scope, value);
            case "load" -> load(id, scope, value);
            case "commitment" -> {
                var tiers = tiers(value);
                yield tiers == null ? null : new Adjustment.CommitmentTiers(id, scope, tiers);
            }
            case "volume" -> {
                var tiers = tiers(value);
                yield tiers == null ? null : new Adjustment.VolumeTiers(id, scope, tiers);
            }
            case "plans" -> {
                var effects = effects(value, "plans by id");
                yield effects == null ? null : new Adjustment.PlanPrices(id, scope, effects);
            }
            case "promotion" -> promotion(id, scope, value);
            default -> throw new IllegalStateException("No such kind: " + kind);
        };
    }

    /// Beside the prices themselves, `from` and `until` say when they hold.
    private @Nullable Adjustment accounts(
            String id, OperationScope scope, Section section, Field value) {
        var effects = effects(value, "accounts such as live/acme");
        var from = section.field("from") == null ? null : instant(section, "from");
        var until = section.field("until") == null ? null : instant(section, "until");
        if (from != null && until != null && !from.isBefore(until)) {
            noted(section, "until", until + " is not after " + from, "an instant after it begins");
            return null;
        }
        return effects == null
                ? null
                : new Adjustment.AccountPrices(id, scope, effects, from, until);
    }

    private OperationScope scope(Section section) {
        var field = section.field("operations");
        var expected = "a list of operations such as image.resize or image.*";
        var items = field == null ? null : field.items(expected);
        if (field == null || items == null) {
            return OperationScope.ALL;
        }
        var patterns = new ArrayList<String>();
        for (var item : items) {
            var pattern = item.text(expected);
            if (pattern != null && isOperation(item, pattern)) {
                patterns.add(pattern);
            }
        }
        if (items.isEmpty()) {
            field.problem("is empty", expected + "; leave it out for all operations");
        }
        return new OperationScope(patterns);
    }

    private boolean isOperation(Field item, String pattern) {
        if (operations.stream().anyMatch(one -> OperationScope.matches(pattern, one))) {
            return true;
        }
        var meant = Wording.nearest(pattern, operations);
        item.problem(
                Wording.quote(pattern)
                        + " is no operation and no family of them"
                        + (meant == null ? "" : ". Did you mean " + meant + "?"),
                "one of " + String.join(", ", operations));
        return false;
    }

    private static @Nullable Adjustment load(String id, OperationScope scope, Field value) {
        var section = value.section("above, until and factor");
        if (section == null) {
            return null;
        }
        var above = section.neededFigure("above", Figure.LOAD);
        var until = section.neededFigure("until", Figure.LOAD);
        var factor = section.neededFigure("factor", Figure.MULTIPLIER);
        section.refuseOthers();
        if (above == null || until == null || factor == null) {
            return null;
        }
        if (until.compareTo(above) > 0) {
            noted(
                    section,
                    "until",
                    until.toPlainString() + " is over " + above.toPlainString(),
                    "the load under which it ends, at most the one above which it begins");
            return null;
        }
        return new Adjustment.LoadPrice(id, scope, above, until, factor);
    }

    private static @Nullable List<Adjustment.Tier> tiers(Field value) {
        var items = value.items("a list of tiers such as {from: 100000, factor: 0.8}");
        if (items == null) {
            return null;
        }
        var tiers = new ArrayList<Adjustment.Tier>();
        boolean wrong = false;
        for (var item : items) {
            var section = item.section("from and factor");
            if (section == null) {
                wrong = true;
                continue;
            }
            var from = section.neededFigure("from", Figure.CREDITS);
            var factor = section.neededFigure("factor", Figure.MULTIPLIER);
            section.refuseOthers();
            if (from == null || factor == null) {
                wrong = true;
                continue;
            }
            var credits = Credits.of(from, RoundingMode.UNNECESSARY);
            if (!tiers.isEmpty() && credits.compareTo(tiers.getLast().from()) <= 0) {
                noted(
                        section,
                        "from",
                        credits + " comes after " + tiers.getLast().from(),
                        "more credits than the tier before it");
                wrong = true;
                continue;
            }
            tiers.add(new Adjustment.Tier(credits, factor));
        }
        if (items.isEmpty()) {
            value.problem("is empty", "at least one tier");
        }
        return wrong || tiers.isEmpty() ? null : tiers;
    }

    private @Nullable SortedMap<String, PriceEffect> effects(Field value, String expected) {
        var section = value.section(expected);
        if (section == null) {
            return null;
        }
        var effects = new TreeMap<String, PriceEffect>();
        boolean forPlans = value.name().equals("plans");
        boolean wrong = false;
        for (var field : section.all()) {
            var effect = effect(field);
            if (effect == null || !(forPlans ? isPlan(field) : isAccount(field))) {
                wrong = true;
            } else {
                effects.put(field.name(), effect);
            }
        }
        if (section.all().isEmpty()) {
            value.problem("is empty", expected);
        }
        return wrong || effects.isEmpty() ? null : effects;
    }

    private boolean isPlan(Field field) {
        if (plans.contains(field.name())) {
            return true;
        }
        var meant = Wording.nearest(field.name(), plans);
        field.problem(
                "is no plan" + (meant == null ? "" : ". Did you mean " + meant + "?"),
                plans.isEmpty() ? "a plan; there are none" : "one of " + String.join(", ", plans));
        return false;
    }

    private static boolean isAccount(Field field) {
        if (ACCOUNT.matcher(field.name()).matches()) {
            return true;
        }
        field.problem("is no account", "workspace and account, such as live/acme");
        return false;
    }

    private static @Nullable PriceEffect effect(Field field) {
        var section = field.section(EFFECT);
        if (section == null) {
            return null;
        }
        var factor = section.figure("factor", Figure.MULTIPLIER);
        var credits = section.figure("credits", Figure.PRICED_CREDITS);
        section.refuseOthers();
        if (section.has("factor") == section.has("credits")) {
            field.problem(section.has("factor") ? "has both" : "says no price", EFFECT);
            return null;
        }
        if (factor != null) {
            return new PriceEffect.Times(factor);
        }
        return credits == null
                ? null
                : new PriceEffect.Fixed(Credits.of(credits, RoundingMode.UNNECESSARY));
    }

    private static @Nullable Adjustment promotion(String id, OperationScope scope, Field value) {
        var section = value.section("from, to and factor");
        if (section == null) {
            return null;
        }
        var from = instant(section, "from");
        var to = instant(section, "to");
        var factor = section.neededFigure("factor", Figure.MULTIPLIER);
        section.refuseOthers();
        if (from == null || to == null || factor == null) {
            return null;
        }
        if (!from.isBefore(to)) {
            noted(section, "to", to + " is not after " + from, "an instant after it begins");
            return null;
        }
        return new Adjustment.Promotion(id, scope, from, to, factor);
    }

    private static @Nullable Instant instant(Section section, String name) {
        var expected = "an instant such as 2026-03-01T00:00:00Z";
        var text = section.neededText(name, expected);
        if (text == null) {
            return null;
        }
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException _) {
            noted(section, name, Wording.quote(text) + " is no instant", expected);
            return null;
        }
    }

    /// Notes a problem of a field that was there.
    static void noted(Section section, String name, String problem, String expected) {
        var field = section.field(name);
        if (field != null) {
            field.problem(problem, expected);
        }
    }
}
