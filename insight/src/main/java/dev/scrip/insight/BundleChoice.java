package dev.scrip.insight;

import dev.scrip.pricing.Prose;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Tries every combination of bundles on all accounts.
///
/// A plan with a larger fee is preferred to one with a smaller from some use on, and below it
/// never: the difference of their bills only falls as use grows. So accounts in the order of their
/// use part into runs, one a plan. Where each pair of bundles parts is found once; after that a
/// combination takes a few additions, however many accounts there are.
///
/// On equal bills the larger fee is taken; on equal fees too, the larger bundle, then the first.
final class BundleChoice {

    private static final int SHOWN_DECIMALS = 4;

    private final BundleQuestion question;
    private final List<BigDecimal> used;

    /// Credits of the first so many accounts together.
    private final BigDecimal[] totals;

    private final BigDecimal cost;

    /// Positions in the question, the smallest fee first.
    private final List<Integer> byFee;

    /// By plan and candidate: how many accounts use no more than it includes.
    private final int[][] within;

    /// By lower plan, its candidate, higher plan, its candidate: the first account that prefers the
    /// higher one.
    private final int[][][][] starts;

    BundleChoice(BundleQuestion question) {
        this.question = question;
        this.used = question.accounts().stream().map(AccountUse::credits).toList();
        this.totals = new BigDecimal[used.size() + 1];
        totals[0] = BigDecimal.ZERO;
        for (int i = 0; i < used.size(); i++) {
            totals[i + 1] = totals[i].add(used.get(i));
        }
        this.cost = totals[used.size()].multiply(question.costPerCredit());
        var positions = new ArrayList<Integer>();
        for (int plan = 0; plan < question.plans().size(); plan++) {
            positions.add(plan);
        }
        positions.sort(Comparator.comparing(plan -> question.plans().get(plan).fee()));
        this.byFee = List.copyOf(positions);
        int plans = question.plans().size();
        this.within = new int[plans][];
        this.starts = new int[plans][][][];
        for (int plan = 0; plan < plans; plan++) {
            var included = question.plans().get(plan).included();
            within[plan] = new int[included.size()];
            for (int i = 0; i < included.size(); i++) {
                within[plan][i] = withinBundle(included.get(i));
            }
        }
        for (int low = 0; low < plans; low++) {
            starts[low] = new int[question.plans().get(low).included().size()][plans][];
        }
        for (int i = 0; i < plans; i++) {
            for (int j = i + 1; j < plans; j++) {
                part(byFee.get(i), byFee.get(j));
            }
        }
    }

    BundleAnswer answer() {
        var all = new ArrayList<BundleOutcome>();
        var chosen = new int[question.plans().size()];
        BundleOutcome best = null;
        do {
            var outcome = outcome(chosen);
            all.add(outcome);
            if (outcome.isFeasible() && (best == null || isBetter(outcome, best))) {
                best = outcome;
            }
        } while (advance(chosen));
        return new BundleAnswer(best, all, best == null ? blocking(all) : List.of());
    }

    private boolean advance(int[] chosen) {
        for (int plan = chosen.length - 1; plan >= 0; plan--) {
            chosen[plan]++;
            if (chosen[plan] < question.plans().get(plan).included().size()) {
                return true;
            }
            chosen[plan] = 0;
        }
        return false;
    }

    private int withinBundle(BigDecimal included) {
        int low = 0;
        int high = used.size();
        while (low < high) {
            int half = (low + high) >>> 1;
            if (used.get(half).compareTo(included) <= 0) {
                low = half + 1;
            } else {
                high = half;
            }
        }
        return low;
    }

    /// Finds, for each two bundles of two plans, from which account on the one with the larger fee
    /// is preferred.
    private void part(int low, int high) {
        var lower = question.plans().get(low);
        var higher = question.plans().get(high);
        for (int i = 0; i < lower.included().size(); i++) {
            starts[low][i][high] = new int[higher.included().size()];
            for (int j = 0; j < higher.included().size(); j++) {
                starts[low][i][high][j] =
                        start(lower, lower.included().get(i), higher, higher.included().get(j));
            }
        }
    }

    private int start(PlanOffer lower, BigDecimal less, PlanOffer higher, BigDecimal more) {
        if (lower.fee().compareTo(higher.fee()) == 0) {
            return more.compareTo(less) > 0 ? 0 : used.size();
        }
        int low = 0;
        int high = used.size();
        while (low < high) {
            int half = (low + high) >>> 1;
            var use = used.get(half);
            if (bill(higher.fee(), more, use).compareTo(bill(lower.fee(), less, use)) <= 0) {
                high = half;
            } else {
                low = half + 1;
            }
        }
        return low;
    }

    private BigDecimal bill(BigDecimal fee, BigDecimal included, BigDecimal use) {
        return fee.add(
                use.subtract(included).max(BigDecimal.ZERO).multiply(question.overagePrice()));
    }

    private BundleOutcome outcome(int[] chosen) {
        var plans = question.plans();
        var froms = new int[plans.size()];
        var tos = new int[plans.size()];
        int end = used.size();
        // From the largest fee down: each takes from its first account to where a larger one
        // begins.
        for (int rank = plans.size() - 1; rank >= 0; rank--) {
            int plan = byFee.get(rank);
            int from = 0;
            for (int below = 0; below < rank; below++) {
                int other = byFee.get(below);
                from = Math.max(from, starts[other][chosen[other]][plan][chosen[plan]]);
            }
            froms[plan] = Math.min(from, end);
            tos[plan] = end;
            end = froms[plan];
        }
        var included = new LinkedHashMap<String, BigDecimal>();
        var accountsOn = new LinkedHashMap<String, Integer>();
        var revenue = BigDecimal.ZERO;
        int paid = 0;
        int over = 0;
        for (int plan = 0; plan < plans.size(); plan++) {
            var offer = plans.get(plan);
            var bundle = offer.included().get(chosen[plan]);
            int accounts = tos[plan] - froms[plan];
            int overFrom = Math.clamp(within[plan][chosen[plan]], froms[plan], tos[plan]);
            int overHere = tos[plan] - overFrom;
            var overage =
                    totals[tos[plan]]
                            .subtract(totals[overFrom])
                            .subtract(bundle.multiply(BigDecimal.valueOf(overHere)));
            revenue =
                    revenue.add(offer.fee().multiply(BigDecimal.valueOf(accounts)))
                            .add(overage.multiply(question.overagePrice()));
            included.put(offer.id(), bundle);
            accountsOn.put(offer.id(), accounts);
            if (offer.isPaid()) {
                paid += accounts;
                over += overHere;
            }
        }
        return new BundleOutcome(
                included, revenue, cost, accountsOn, paid, over, broken(revenue, paid, over));
    }

    /// Compared without a division.
    private List<String> broken(BigDecimal revenue, int paid, int over) {
        var broken = new ArrayList<String>();
        var shareMax = question.shareOverMax();
        if (shareMax != null
                && BigDecimal.valueOf(over).compareTo(shareMax.multiply(BigDecimal.valueOf(paid)))
                        > 0) {
            broken.add(
                    "max_share_over_included_among_paid: "
                            + over
                            + " of "
                            + Prose.counted(paid, "paid account")
                            + (over == 1 ? " is over its" : " are over their")
                            + " bundle, a share of "
                            + shown(
                                    BigDecimal.valueOf(over)
                                            .divide(
                                                    BigDecimal.valueOf(paid),
                                                    MathContext.DECIMAL128))
                            + "; at most "
                            + shareMax.toPlainString());
        }
        var marginMin = question.marginMin();
        if (marginMin != null
                && (revenue.signum() == 0
                        || revenue.subtract(cost).compareTo(marginMin.multiply(revenue)) < 0)) {
            broken.add(
                    "min_blended_margin: "
                            + (revenue.signum() == 0
                                    ? "there is no revenue"
                                    : "the margin is "
                                            + shown(
                                                    revenue.subtract(cost)
                                                            .divide(
                                                                    revenue,
                                                                    MathContext.DECIMAL128)))
                            + "; at least "
                            + marginMin.toPlainString());
        }
        return broken;
    }

    private static boolean isBetter(BundleOutcome one, BundleOutcome other) {
        int byProfit = one.revenue().compareTo(other.revenue());
        return byProfit != 0
                ? byProfit > 0
                : (long) one.over() * Math.max(1, other.paid())
                        < (long) other.over() * Math.max(1, one.paid());
    }

    /// Which constraint no combination keeps; or that each can be kept, but not together.
    private List<String> blocking(List<BundleOutcome> all) {
        var sentences = new ArrayList<String>();
        var shareMax = question.shareOverMax();
        var marginMin = question.marginMin();
        var leastShare = all.stream().map(BundleOutcome::shareOver).min(Comparator.naturalOrder());
        if (shareMax != null
                && leastShare.isPresent()
                && leastShare.get().compareTo(shareMax) > 0) {
            sentences.add(
                    "max_share_over_included_among_paid asks for at most "
                            + shareMax.toPlainString()
                            + "; the smallest share of any combination is "
                            + shown(leastShare.get())
                            + ". Larger candidates would lower it.");
        }
        var bestMargin = largestMargin(all);
        if (marginMin != null && (bestMargin == null || bestMargin.compareTo(marginMin) < 0)) {
            sentences.add(
                    "min_blended_margin asks for at least "
                            + marginMin.toPlainString()
                            + "; "
                            + largest(bestMargin, "of any combination")
                            + ". Smaller bundles, higher fees or a higher overage price would"
                            + " raise it.");
        }
        if (sentences.isEmpty() && shareMax != null && marginMin != null) {
            var generous =
                    all.stream().filter(one -> one.shareOver().compareTo(shareMax) <= 0).toList();
            sentences.add(
                    "max_share_over_included_among_paid ("
                            + shareMax.toPlainString()
                            + ") and min_blended_margin ("
                            + marginMin.toPlainString()
                            + ") can each be kept, but not together: "
                            + largest(
                                    largestMargin(generous),
                                    "among the " + generous.size() + " that keep the share")
                            + ".");
        }
        return sentences;
    }

    private static @Nullable BigDecimal largestMargin(List<BundleOutcome> outcomes) {
        BigDecimal largest = null;
        for (var outcome : outcomes) {
            var margin = outcome.margin();
            if (margin != null && (largest == null || margin.compareTo(largest) > 0)) {
                largest = margin;
            }
        }
        return largest;
    }

    private static String largest(@Nullable BigDecimal margin, String where) {
        return margin == null
                ? "there is no revenue " + where
                : "the largest margin " + where + " is " + shown(margin);
    }

    private static String shown(BigDecimal share) {
        return share.setScale(SHOWN_DECIMALS, RoundingMode.HALF_EVEN).toPlainString();
    }
}
