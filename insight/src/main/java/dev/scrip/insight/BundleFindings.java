package dev.scrip.insight;

import dev.scrip.pricing.Prose;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A combination of bundles looked at plan by plan, with what deserves a second look.
///
/// @param plans in the order of the question
public record BundleFindings(List<PlanFinding> plans, List<Warning> warnings) {

    /// @param code stable, such as `too_few_credits`
    /// @param plan null when it is about all
    public record Warning(String code, @Nullable String plan, String message) {}

    /// More of a plan's accounts over their bundle than this meet a limit they did not reckon with.
    private static final BigDecimal OVER_MAX = new BigDecimal("0.2");

    public BundleFindings {
        plans = List.copyOf(plans);
        warnings = List.copyOf(warnings);
    }

    /// @param outcome one of the answers to the question
    /// @param daily credits by account and day, where they are known
    /// @throws IllegalArgumentException if the days of an account do not add up to its month
    public static BundleFindings of(
            BundleQuestion question,
            BundleOutcome outcome,
            Map<String, SortedMap<Integer, BigDecimal>> daily) {
        var takers = takers(question, outcome);
        var plans = new ArrayList<PlanFinding>();
        for (var plan : question.plans()) {
            plans.add(
                    finding(
                            question,
                            plan,
                            included(outcome, plan),
                            takers.getOrDefault(plan.id(), List.of()),
                            daily));
        }
        return new BundleFindings(plans, warnings(question, plans));
    }

    /// Asks each account again which plan it takes, one by one, and holds that against the outcome.
    private static Map<String, List<AccountUse>> takers(
            BundleQuestion question, BundleOutcome outcome) {
        var takers = new TreeMap<String, List<AccountUse>>();
        for (var account : question.accounts()) {
            PlanOffer taken = null;
            for (var plan : question.plans()) {
                if (taken == null || isPreferred(question, outcome, plan, taken, account)) {
                    taken = plan;
                }
            }
            if (taken != null) {
                takers.computeIfAbsent(taken.id(), _ -> new ArrayList<>()).add(account);
            }
        }
        outcome.accountsOn()
                .forEach((plan, count) -> {
                    if (takers.getOrDefault(plan, List.of()).size() != count) {
                        throw new IllegalStateException(
                                "Counted " + count + " accounts on " + plan + ", found others.");
                    }
                });
        return takers;
    }

    private static boolean isPreferred(
            BundleQuestion question,
            BundleOutcome outcome,
            PlanOffer plan,
            PlanOffer taken,
            AccountUse account) {
        var bill = bill(question, outcome, plan, account);
        int byBill = bill.compareTo(bill(question, outcome, taken, account));
        if (byBill != 0) {
            return byBill < 0;
        }
        int byFee = plan.fee().compareTo(taken.fee());
        return byFee != 0
                ? byFee > 0
                : included(outcome, plan).compareTo(included(outcome, taken)) > 0;
    }

    private static BigDecimal bill(
            BundleQuestion question, BundleOutcome outcome, PlanOffer plan, AccountUse account) {
        var over = account.credits().subtract(included(outcome, plan)).max(BigDecimal.ZERO);
        return plan.fee().add(over.multiply(question.overagePrice()));
    }

    private static BigDecimal included(BundleOutcome outcome, PlanOffer plan) {
        return outcome.included().getOrDefault(plan.id(), BigDecimal.ZERO);
    }

    private static PlanFinding finding(
            BundleQuestion question,
            PlanOffer plan,
            BigDecimal included,
            List<AccountUse> accounts,
            Map<String, SortedMap<Integer, BigDecimal>> daily) {
        var used = BigDecimal.ZERO;
        var breakage = BigDecimal.ZERO;
        var overage = BigDecimal.ZERO;
        var days = new TreeMap<Integer, Integer>();
        int over = 0;
        for (var account : accounts) {
            var rest = included.subtract(account.credits());
            used = used.add(account.credits());
            if (rest.signum() >= 0) {
                breakage = breakage.add(rest);
                continue;
            }
            over++;
            overage = overage.subtract(rest);
            int day = WallDays.day(included, account.credits(), days(account, daily));
            days.merge(day, 1, Integer::sum);
        }
        return new PlanFinding(
                plan,
                included,
                accounts.size(),
                plan.fee()
                        .multiply(BigDecimal.valueOf(accounts.size()))
                        .add(overage.multiply(question.overagePrice())),
                used.multiply(question.costPerCredit()),
                used,
                breakage,
                over,
                new WallDays(days),
                PlanFinding.marginAtFullUse(plan.fee(), included, question.costPerCredit()));
    }

    private static @Nullable SortedMap<Integer, BigDecimal> days(
            AccountUse account, Map<String, SortedMap<Integer, BigDecimal>> daily) {
        var days = daily.get(account.account());
        if (days == null) {
            return null;
        }
        var sum = days.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
        if (sum.compareTo(account.credits()) != 0) {
            throw new IllegalArgumentException(
                    "The days of the account "
                            + account.account()
                            + " add up to "
                            + sum.toPlainString()
                            + " "
                            + Prose.numbered(sum, "credit")
                            + ", but its month has "
                            + account.credits().toPlainString()
                            + ".");
        }
        return days;
    }

    private static List<Warning> warnings(BundleQuestion question, List<PlanFinding> plans) {
        var warnings = new ArrayList<Warning>();
        for (var plan : plans) {
            tooFew(plan, warnings);
            neverBought(question, plan, warnings);
            underCost(plan, warnings);
            nobody(plan, warnings);
        }
        if (question.overagePrice().compareTo(question.costPerCredit()) < 0) {
            warnings.add(
                    new Warning(
                            "overage_below_cost",
                            null,
                            "A credit beyond the bundle brings "
                                    + question.overagePrice().toPlainString()
                                    + " and costs "
                                    + question.costPerCredit().toPlainString()
                                    + ": the heaviest accounts lose the most."));
        }
        return warnings;
    }

    private static void tooFew(PlanFinding plan, List<Warning> warnings) {
        var share = plan.shareOver();
        if (!plan.plan().isPaid() || share == null || share.compareTo(OVER_MAX) <= 0) {
            return;
        }
        warnings.add(
                new Warning(
                        "too_few_credits",
                        plan.plan().id(),
                        percent(share)
                                + " of its accounts hit the wall, half of these by day "
                                + plan.wall().median()
                                + ": a limit that is met at once is a surprise, and surprises make"
                                + " people leave. Maybe include more."));
    }

    /// A customer who may also pay by the credit buys no bundle that costs more than its credits.
    private static void neverBought(
            BundleQuestion question, PlanFinding plan, List<Warning> warnings) {
        var worth = plan.included().multiply(question.overagePrice());
        if (plan.plan().isPaid()
                && question.overagePrice().signum() > 0
                && worth.compareTo(plan.plan().fee()) < 0) {
            warnings.add(
                    new Warning(
                            "never_bought",
                            plan.plan().id(),
                            "Its credits cost "
                                    + worth.stripTrailingZeros().toPlainString()
                                    + " as overage and "
                                    + plan.plan().fee().toPlainString()
                                    + " as a bundle. Nobody gains by it below "
                                    + plan.plan()
                                            .fee()
                                            .divide(
                                                    question.overagePrice(),
                                                    0,
                                                    RoundingMode.CEILING)
                                            .toPlainString()
                                    + " included credits."));
        }
    }

    private static void underCost(PlanFinding plan, List<Warning> warnings) {
        var margin = plan.marginAtFullUse();
        if (margin != null && margin.signum() < 0) {
            warnings.add(
                    new Warning(
                            "full_use_below_cost",
                            plan.plan().id(),
                            "Used to the last credit, it loses "
                                    + percent(margin.negate())
                                    + " of its fee."));
        }
    }

    private static void nobody(PlanFinding plan, List<Warning> warnings) {
        if (plan.accounts() == 0) {
            warnings.add(
                    new Warning(
                            "nobody_takes_it",
                            plan.plan().id(),
                            "For every account another plan is as cheap or cheaper. Maybe include"
                                    + " more, or ask less."));
        }
    }

    private static String percent(BigDecimal share) {
        return share.movePointRight(2).setScale(1, RoundingMode.HALF_EVEN).toPlainString() + " %";
    }
}
