package dev.scrip.pricingfile;

import dev.scrip.pricing.Credits;
import dev.scrip.pricing.Money;
import dev.scrip.pricing.Plan;
import dev.scrip.pricing.PlanInterval;
import dev.scrip.pricing.Rollover;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Reads the plans of a pricing file.
final class PlanReader {

    static final List<String> INTERVALS =
            Stream.of(PlanInterval.values()).map(PlanInterval::word).toList();

    static final Pattern PLAN_ID = Pattern.compile("[a-z][a-z0-9_-]{0,63}");

    private static final String ROLLOVER = "all, or share and perhaps cap";

    private PlanReader() {}

    static SortedMap<String, Plan> plans(Section root) {
        var plans = new TreeMap<String, Plan>();
        var section = root.section("plans", "plans by name, such as starter");
        if (section == null) {
            return plans;
        }
        for (var field : section.all()) {
            if (!PLAN_ID.matcher(field.name()).matches()) {
                field.problem("is no plan id", "a lower-case letter, then letters, digits, _ or -");
            }
            var plan = field.section("title, monthly_fee and included_credits");
            var read = plan == null ? null : plan(field.name(), plan);
            if (read != null) {
                plans.put(field.name(), read);
            }
        }
        return plans;
    }

    /// Null when something is missing or wrong, which is noted.
    private static @Nullable Plan plan(String id, Section plan) {
        var title = plan.text("title", "a title");
        var interval = interval(plan);
        var fee = fee(plan, interval);
        var included = plan.neededFigure("included_credits", Figure.CREDITS);
        var rollover = rollover(plan);
        plan.refuseOthers();
        return fee == null || included == null
                ? null
                : new Plan(
                        id,
                        title == null ? id : title,
                        fee,
                        Credits.of(included, RoundingMode.UNNECESSARY),
                        interval,
                        rollover);
    }

    private static PlanInterval interval(Section plan) {
        var field = plan.field("interval");
        var word = field == null ? null : field.word(INTERVALS);
        return word == null
                ? PlanInterval.MONTH
                : PlanInterval.valueOf(word.toUpperCase(Locale.ROOT));
    }

    /// A fee that is called monthly is one, so that nobody sells a year for the price of a month.
    private static @Nullable Money fee(Section plan, PlanInterval interval) {
        boolean monthly = interval == PlanInterval.MONTH;
        var wrong = plan.field(monthly ? "fee" : "monthly_fee");
        var name = monthly ? "monthly_fee" : "fee";
        if (wrong != null) {
            wrong.problem(
                    "is not the fee of a plan with the interval " + interval.word(),
                    name + ", for each " + interval.word());
            return null;
        }
        var fee = plan.neededFigure(name, Figure.MONEY);
        return fee == null ? null : Money.of(fee, RoundingMode.UNNECESSARY);
    }

    private static Rollover rollover(Section plan) {
        var field = plan.field("rollover");
        if (field == null) {
            return Rollover.NONE;
        }
        if (!field.isGroup()) {
            var word = field.text(ROLLOVER);
            if (word != null && !word.equals("all")) {
                field.problem(Wording.quote(word) + " is no rollover", ROLLOVER);
            }
            return Rollover.ALL;
        }
        var section = field.section(ROLLOVER);
        if (section == null) {
            return Rollover.NONE;
        }
        var share = section.neededFigure("share", Figure.ROLLOVER_SHARE);
        var cap = section.figure("cap", Figure.PRICED_CREDITS);
        section.refuseOthers();
        return share == null
                ? Rollover.NONE
                : new Rollover(
                        share, cap == null ? null : Credits.of(cap, RoundingMode.UNNECESSARY));
    }
}
