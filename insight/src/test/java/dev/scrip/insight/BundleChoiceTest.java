package dev.scrip.insight;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.tuple;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BundleChoiceTest {

    private static final BigDecimal PRICE = new BigDecimal("0.001");
    private static final BigDecimal COST = new BigDecimal("0.0003");

    private static BigDecimal number(String figure) {
        return new BigDecimal(figure);
    }

    private static PlanOffer plan(String id, String fee, String... included) {
        return new PlanOffer(
                id, number(fee), List.of(included).stream().map(BigDecimal::new).toList());
    }

    private static List<AccountUse> accounts(String... used) {
        var accounts = new ArrayList<AccountUse>();
        for (var one : used) {
            accounts.add(new AccountUse("a" + accounts.size(), number(one)));
        }
        return accounts;
    }

    private static BundleQuestion question(
            List<AccountUse> accounts,
            @Nullable String shareMax,
            @Nullable String marginMin,
            PlanOffer... plans) {
        return new BundleQuestion(
                List.of(plans),
                PRICE,
                COST,
                accounts,
                shareMax == null ? null : number(shareMax),
                marginMin == null ? null : number(marginMin));
    }

    /// Bills that tie: at 30,000 the free plan and starter both come to 29, and starter is taken.
    @Test
    void onEqualBillsTheLargerFeeIsTaken() {
        var answer =
                BundleAnswer.to(
                        question(
                                accounts("30000", "29999", "30001"),
                                null,
                                null,
                                plan("free", "0", "1000"),
                                plan("starter", "29", "50000")));
        var best = requireNonNull(answer.best());
        assertThat(best.accountsOn()).isEqualTo(Map.of("free", 1, "starter", 2));
        assertThat(best.revenue()).isEqualByComparingTo("86.999");
        assertThat(best.cost()).isEqualByComparingTo("27");
        assertThat(best.profit()).isEqualByComparingTo("59.999");
    }

    /// Against each account asking each plan, in each combination.
    @Test
    void everyCombinationIsWhatAskingEachAccountGives() {
        var random = Seed.random();
        for (int round = 0; round < 300; round++) {
            var question = anyQuestion(random);
            var answer = BundleAnswer.to(question);
            int at = 0;
            BundleOutcome best = null;
            for (var included : combinations(question.plans())) {
                var outcome = answer.all().get(at++);
                assertThat(List.copyOf(outcome.included().values()))
                        .as("%s", question)
                        .isEqualTo(included);
                checkAgainstAsking(question, included, outcome);
                if (outcome.isFeasible()
                        && (best == null || outcome.profit().compareTo(best.profit()) > 0)) {
                    best = outcome;
                }
            }
            assertThat(answer.all()).hasSize(at);
            if (best == null) {
                assertThat(answer.best()).isNull();
                assertThat(answer.blocking()).as("%s", question).isNotEmpty();
            } else {
                var chosen = requireNonNull(answer.best());
                assertThat(chosen.profit()).isEqualByComparingTo(best.profit());
                assertThat(answer.blocking()).isEmpty();
                // It asks each account again, and throws where the counts differ.
                var findings = BundleFindings.of(question, chosen, Map.of());
                var revenue = BigDecimal.ZERO;
                for (var plan : findings.plans()) {
                    revenue = revenue.add(plan.revenue());
                    assertThat(plan.accounts())
                            .isEqualTo(chosen.accountsOn().get(plan.plan().id()));
                }
                assertThat(revenue).isEqualByComparingTo(chosen.revenue());
            }
        }
    }

    private static BundleQuestion anyQuestion(RandomGenerator random) {
        var accounts = new ArrayList<AccountUse>();
        int count = random.nextInt(1, 30);
        for (int i = 0; i < count; i++) {
            accounts.add(
                    new AccountUse(
                            "a" + i,
                            BigDecimal.valueOf(random.nextInt(0, 60), random.nextInt(-1, 2))));
        }
        var plans = new ArrayList<PlanOffer>();
        int planCount = random.nextInt(1, 4);
        for (int i = 0; i < planCount; i++) {
            var included = new ArrayList<BigDecimal>();
            int candidates = random.nextInt(1, 4);
            for (int c = 0; c < candidates; c++) {
                included.add(BigDecimal.valueOf(10L * random.nextInt(0, 20) + c));
            }
            plans.add(new PlanOffer("p" + i, BigDecimal.valueOf(random.nextInt(0, 6)), included));
        }
        return new BundleQuestion(
                plans,
                BigDecimal.valueOf(random.nextInt(0, 4), 2),
                new BigDecimal("0.01"),
                accounts,
                random.nextBoolean() ? BigDecimal.valueOf(random.nextInt(0, 10), 1) : null,
                random.nextBoolean() ? BigDecimal.valueOf(random.nextInt(0, 9), 1) : null);
    }

    private static List<List<BigDecimal>> combinations(List<PlanOffer> plans) {
        List<List<BigDecimal>> all = List.of(List.of());
        for (var plan : plans) {
            var more = new ArrayList<List<BigDecimal>>();
            for (var before : all) {
                for (var included : plan.included()) {
                    var one = new ArrayList<>(before);
                    one.add(included);
                    more.add(one);
                }
            }
            all = more;
        }
        return all;
    }

    private static void checkAgainstAsking(
            BundleQuestion question, List<BigDecimal> included, BundleOutcome outcome) {
        var revenue = BigDecimal.ZERO;
        var cost = BigDecimal.ZERO;
        int paid = 0;
        int over = 0;
        var on = new TreeMap<String, Integer>();
        question.plans().forEach(plan -> on.put(plan.id(), 0));
        for (var account : question.accounts()) {
            int taken = 0;
            for (int plan = 1; plan < included.size(); plan++) {
                if (rank(question, included, plan, account)
                        > rank(question, included, taken, account)) {
                    taken = plan;
                }
            }
            revenue = revenue.add(bill(question, included, taken, account));
            cost = cost.add(account.credits().multiply(question.costPerCredit()));
            on.merge(question.plans().get(taken).id(), 1, Integer::sum);
            if (question.plans().get(taken).fee().signum() > 0) {
                paid++;
                over += account.credits().compareTo(included.get(taken)) > 0 ? 1 : 0;
            }
        }
        assertThat(outcome.revenue()).as("%s %s", question, included).isEqualByComparingTo(revenue);
        assertThat(outcome.cost()).isEqualByComparingTo(cost);
        assertThat(new TreeMap<>(outcome.accountsOn()))
                .as("%s %s", question, included)
                .isEqualTo(on);
        assertThat(outcome.paid()).isEqualTo(paid);
        assertThat(outcome.over()).isEqualTo(over);
        var shareMax = question.shareOverMax();
        var marginMin = question.marginMin();
        boolean fits =
                (shareMax == null || paid == 0 || over <= shareMax.doubleValue() * paid + 1e-9)
                        && (marginMin == null
                                || (revenue.signum() > 0
                                        && revenue.subtract(cost)
                                                        .compareTo(marginMin.multiply(revenue))
                                                >= 0));
        assertThat(outcome.isFeasible()).isEqualTo(fits);
    }

    /// A figure that is larger for the plan an account would rather take: bill, fee, bundle.
    private static long rank(
            BundleQuestion question, List<BigDecimal> included, int plan, AccountUse account) {
        return -bill(question, included, plan, account).movePointRight(6).longValueExact() * 100_000
                + question.plans().get(plan).fee().longValueExact() * 1_000
                + included.get(plan).longValueExact();
    }

    private static BigDecimal bill(
            BundleQuestion question, List<BigDecimal> included, int plan, AccountUse account) {
        var over = account.credits().subtract(included.get(plan)).max(BigDecimal.ZERO);
        return question.plans().get(plan).fee().add(over.multiply(question.overagePrice()));
    }

    @Test
    void whatBlocksIsSaid() {
        var heavy = accounts("100000", "90000");
        var starter = plan("starter", "29", "40000", "50000");
        assertThat(BundleAnswer.to(question(heavy, "0.4", null, starter)).blocking())
                .containsExactly(
                        "max_share_over_included_among_paid asks for at most 0.4; the smallest"
                                + " share of any combination is 1.0000. Larger candidates would"
                                + " lower it.");
        assertThat(BundleAnswer.to(question(heavy, null, "0.9", starter)).blocking())
                .singleElement()
                .asString()
                .startsWith("min_blended_margin asks for at least 0.9; the largest margin of any");
        assertThat(
                        BundleAnswer.to(
                                        question(
                                                heavy,
                                                "0",
                                                "0.5",
                                                plan("starter", "29", "40000", "100000")))
                                .blocking())
                .singleElement()
                .asString()
                .contains("can each be kept, but not together", "is 0.0172");
    }

    @Test
    void theWallIsHitWhereTheBundleEnds() {
        // 50,000 of 100,000 in 30 days: after day 15; of 60,000 after day 25
        assertThat(WallDays.day(number("50000"), number("100000"), null)).isEqualTo(16);
        assertThat(WallDays.day(number("50000"), number("99999"), null)).isEqualTo(16);
        assertThat(WallDays.day(number("50000"), number("50001"), null)).isEqualTo(30);
        assertThat(WallDays.day(number("0"), number("1"), null)).isEqualTo(1);
        var days = new TreeMap<>(Map.of(3, number("10"), 20, number("40"), 21, number("10")));
        assertThat(WallDays.day(number("50"), number("60"), days)).isEqualTo(21);
        assertThat(WallDays.day(number("49.9"), number("60"), days)).isEqualTo(20);
    }

    @Test
    void aPlanIsLookedAtByWhatItsAccountsDo() {
        var question =
                question(
                        accounts("40000", "50000", "100000", "200000"),
                        null,
                        null,
                        plan("starter", "29", "50000"));
        var best = requireNonNull(BundleAnswer.to(question).best());
        var finding = BundleFindings.of(question, best, Map.of()).plans().getFirst();
        assertThat(finding.over()).isEqualTo(2);
        assertThat(finding.wall().accounts()).isEqualTo(Map.of(8, 1, 16, 1));
        assertThat(finding.wall().median()).isEqualTo(8);
        assertThat(finding.breakage()).isEqualByComparingTo("10000");
        assertThat(finding.breakageShare()).isEqualByComparingTo("0.05");
        // 29 − 50,000 × 0.0003 = 14 of 29
        assertThat(requireNonNull(finding.marginAtFullUse()).doubleValue()).isEqualTo(14.0 / 29);
        // 4 × 29 + 200,000 × 0.001 = 316; 390,000 × 0.0003 = 117
        assertThat(finding.revenue()).isEqualByComparingTo("316");
        assertThat(finding.cost()).isEqualByComparingTo("117");
        assertThat(BundleFindings.of(question, best, Map.of()).warnings())
                .extracting(BundleFindings.Warning::code)
                .containsExactly("too_few_credits");
    }

    @Test
    void daysThatDoNotAddUpAreRefused() {
        var question = question(accounts("100"), null, null, plan("starter", "0", "50"));
        var best = requireNonNull(BundleAnswer.to(question).best());
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        BundleFindings.of(
                                question,
                                best,
                                Map.of("a0", new TreeMap<>(Map.of(1, number("99"))))))
                .withMessageContaining("a0 add up to 99 credits, but its month has 100");
    }

    @Test
    void aBundleDearerThanItsCreditsIsNeverBought() {
        var question =
                question(
                        accounts("28999", "40000"),
                        null,
                        null,
                        plan("free", "0", "0"),
                        plan("starter", "29", "28999"));
        var best = requireNonNull(BundleAnswer.to(question).best());
        assertThat(best.accountsOn()).containsEntry("starter", 0);
        assertThat(BundleFindings.of(question, best, Map.of()).warnings())
                .extracting(BundleFindings.Warning::code, BundleFindings.Warning::message)
                .containsExactly(
                        tuple(
                                "never_bought",
                                "Its credits cost 28.999 as overage and 29 as a bundle. Nobody"
                                        + " gains by it below 29000 included credits."),
                        tuple(
                                "nobody_takes_it",
                                "For every account another plan is as cheap or cheaper. Maybe"
                                        + " include more, or ask less."));
    }

    /// Source: article, the three ways to size a bundle.
    @Test
    void theUsualMethodsGiveWhatTheyGive() {
        var question = question(accounts("1"), null, null, plan("starter", "29", "50000"));
        var multiple = SizedBundle.byCostMultiple(question, PRICE, number("0.75")).getFirst();
        assertThat(multiple.low()).isEqualByComparingTo("50750");
        assertThat(multiple.friendly()).isEqualByComparingTo("50000");
        var useCase = SizedBundle.byUseCase(question, number("100"), number("15")).getFirst();
        assertThat(useCase.low()).isEqualByComparingTo("45000");
        assertThat(useCase.friendly()).isEqualByComparingTo("50000");
        var parity =
                SizedBundle.byParity(
                                question,
                                List.of(
                                        new SizedBundle.Offer(number("60000"), number("35")),
                                        new SizedBundle.Offer(number("40000"), number("25"))))
                        .getFirst();
        assertThat(parity.low()).isEqualByComparingTo("46400");
        assertThat(parity.high().doubleValue()).isEqualTo(60_000 * 29.0 / 35);
        assertThat(parity.friendly()).isEqualByComparingTo("50000");
    }

    @Test
    void tenThousandCombinationsOnTenThousandAccountsAreAMatterOfSeconds() {
        var random = Seed.random();
        var accounts = new ArrayList<AccountUse>();
        for (int i = 0; i < 10_000; i++) {
            accounts.add(
                    new AccountUse(
                            "a" + i,
                            BigDecimal.valueOf((long) Math.exp(random.nextGaussian(9.2, 1.5)))));
        }
        var plans = new ArrayList<PlanOffer>();
        for (int i = 0; i < 4; i++) {
            var included = new ArrayList<BigDecimal>();
            for (int c = 1; c <= 10; c++) {
                included.add(BigDecimal.valueOf(20_000L * c * (i + 1)));
            }
            plans.add(new PlanOffer("p" + i, BigDecimal.valueOf(25L * i * i), included));
        }
        var question =
                new BundleQuestion(plans, PRICE, COST, accounts, number("0.3"), number("0.3"));
        long start = System.nanoTime();
        assertThat(BundleAnswer.to(question).all()).hasSize(10_000);
        System.out.println(
                "10,000 combinations in " + (System.nanoTime() - start) / 1_000_000 + " ms");
        assertThat(System.nanoTime() - start).isLessThan(5_000_000_000L);
    }
}
