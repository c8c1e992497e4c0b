package dev.scrip.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.scrip.pricing.Credits;
import dev.scrip.pricing.Money;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlansTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    private final Scenario scenario = new Scenario();

    @ParameterizedTest
    @CsvSource({
        "DAY, 2026-03-28T12:00:00Z, 2026-03-29T11:00:00Z, 2026-03-30T11:00:00Z",
        "WEEK, 2026-10-20T12:00:00Z, 2026-10-27T13:00:00Z, 2026-11-03T13:00:00Z",
        "MONTH, 2027-01-31T12:00:00Z, 2027-02-28T12:00:00Z, 2027-03-31T11:00:00Z",
        "YEAR, 2028-02-29T12:00:00Z, 2029-02-28T12:00:00Z, 2030-02-28T12:00:00Z"
    })
    void periodsAreAddedToTheAnchorInTheAccountsZone(
            PlanTerms.Interval interval, Instant opened, Instant first, Instant second) {
        scenario.now = opened;
        open(plan("p", 10, interval, PlanTerms.Rollover.NONE));
        assertThat(scenario.account().periodEnd()).isEqualTo(first);

        scenario.now = first;
        assertThat(scenario.account().periodStart()).isEqualTo(first);
        assertThat(scenario.account().periodEnd()).isEqualTo(second);
    }

    @Test
    void aShareOfWhatAPeriodLeftRollsOver() {
        open(plan("p", 100, PlanTerms.Interval.MONTH, rollover("0.5", 60)));
        scenario.charge("40");

        nextPeriod();

        assertThat(scenario.balance()).isEqualTo("130");
        var rolled = (Fact.Granted) scenario.facts.getLast();
        assertThat(rolled.origin()).isEqualTo(GrantOrigin.ROLLOVER);
        assertThat(rolled.terms().expires()).isEqualTo(scenario.account().periodEnd());
        assertThat(rolled.terms().costBasis()).isEqualTo(Money.parse("0.001"));
    }

    @Test
    void theCapBoundsAllThatGathers() {
        open(plan("p", 100, PlanTerms.Interval.MONTH, rollover("1", 150)));

        nextPeriod();
        assertThat(scenario.balance()).isEqualTo("200");
        nextPeriod();
        assertThat(scenario.balance()).isEqualTo("250");
        nextPeriod();
        assertThat(scenario.balance()).isEqualTo("250");
    }

    @Test
    void onlyCreditsOfThePlanRollOver() {
        open(plan("p", 100, PlanTerms.Interval.MONTH, rollover("1", 1_000)));
        scenario.charge("100");
        scenario.grant("50", GrantCategory.PAID, 50, scenario.account().periodEnd());

        nextPeriod();

        assertThat(scenario.balance()).isEqualTo("100");
    }

    @Test
    void aChangeNowCreditsTheFeeOfTheTimeThatIsLeft() {
        open(plan("small", 1_000, PlanTerms.Interval.MONTH, PlanTerms.Rollover.NONE));
        scenario.charge("100");
        scenario.now = scenario.now.plus(Duration.ofDays(15));

        var changed = changeNow("big", 5_000);

        // Half of the thirty days is over, and a tenth of the quota is used.
        assertThat(changed.unusedShare()).isEqualTo(500_000);
        assertThat(changed.unusedFee()).isEqualTo(Money.parse("0.5"));
        assertThat(scenario.balance()).isEqualTo("5000");
        assertThat(scenario.account().plan().plan()).isEqualTo("big");
        assertThat(scenario.account().periodStart()).isEqualTo(scenario.now);
    }

    @Test
    void burningTheQuotaAndChangingThePlanGainsNothing() {
        open(plan("small", 1_000, PlanTerms.Interval.MONTH, PlanTerms.Rollover.NONE));
        scenario.charge("900");
        scenario.now = scenario.now.plus(Duration.ofDays(3));

        var changed = changeNow("big", 5_000);

        assertThat(changed.unusedShare()).isEqualTo(100_000);
        assertThat(changed.unusedFee()).isEqualTo(Money.parse("0.1"));
    }

    @Test
    void whatAHoldHasSetAsideIsKeptThroughAChange() {
        open(plan("small", 1_000, PlanTerms.Interval.MONTH, PlanTerms.Rollover.NONE));
        scenario.run(
                new Command.Authorise(
                        Scenario.ACME,
                        Scenario.usage("300"),
                        Duration.ofDays(1),
                        Scenario.request("hold")));
        long hold = scenario.lastOf(Scenario.ACME, Fact.Held.class);
        change("big", 5_000, Command.PlanChangeTime.NOW);
        assertThat(scenario.balance()).isEqualTo("5000");

        scenario.run(
                new Command.Capture(
                        Scenario.ACME,
                        hold,
                        Scenario.usage("300"),
                        true,
                        false,
                        Scenario.request("capture")));

        assertThat(scenario.balance()).isEqualTo("5000");
    }

    @Test
    void aSecondChangeIsCreditedByTheSecondPlanAlone() {
        open(plan("small", 1_000, PlanTerms.Interval.MONTH, PlanTerms.Rollover.NONE));
        scenario.charge("1000");
        changeNow("big", 10_000);

        var changed = changeNow("bigger", 20_000);

        assertThat(changed.unusedShare()).isEqualTo(1_000_000);
        assertThat(changed.unusedFee()).isEqualTo(Money.parse("10"));
    }

    @Test
    void theQuotaIsThatOfThePlanThereIs() {
        open(plan("small", 1_000, PlanTerms.Interval.MONTH, PlanTerms.Rollover.NONE));
        scenario.charge("400");
        scenario.run(
                new Command.Authorise(
                        Scenario.ACME,
                        Scenario.usage("100"),
                        Duration.ofDays(1),
                        Scenario.request("hold")));

        changeNow("big", 5_000);
        scenario.charge("7");

        assertThat(scenario.account().quota()).isEqualTo(Credits.of(5_000));
        assertThat(scenario.account().used()).isEqualTo(Credits.of(7));
        assertThat(scenario.replayed()).isEqualTo(scenario.ledger.state());
    }

    /// Out of a journal each account has copies of its own; a million of them would be kept.
    @Test
    void equalPlansAreKeptOnce() {
        var other = new AccountId("live", "other");
        for (var account : List.of(Scenario.ACME, other)) {
            scenario.open(account, "100");
            scenario.run(
                    new Command.ChangePlan(
                            account,
                            plan("later", 50, PlanTerms.Interval.MONTH, PlanTerms.Rollover.NONE),
                            Command.PlanChangeTime.NOW,
                            Scenario.request("change " + account)));
        }
        scenario.open(new AccountId("live", "third"), "100");
        scenario.open(new AccountId("live", "fourth"), "100");

        var accounts = scenario.ledger.state().accounts();
        assertThat(accounts)
                .extracting(account -> account.plan().plan())
                .containsExactly("later", "starter", "later", "starter");
        assertThat(accounts.get(0).plan()).isSameAs(accounts.get(2).plan());
        assertThat(accounts.get(1).plan()).isSameAs(accounts.get(3).plan());
        assertThat(accounts.get(0).account().workspace())
                .isSameAs(accounts.get(3).account().workspace());
    }

    @Test
    void whatGathersIsNeverWorthMoreThanAGrantMayBe() {
        scenario.run(
                new Command.OpenAccount(
                        Scenario.ACME,
                        new PlanTerms(
                                "dear",
                                Credits.of(1_000),
                                Money.parse("400000"),
                                PlanTerms.Interval.MONTH,
                                rollover("1", 1_000_000),
                                BurnOrder.EXPIRY_FIRST),
                        BERLIN,
                        Scenario.request("open dear")));
        for (int i = 0; i < 4; i++) {
            nextPeriod();
        }

        assertThat(scenario.balance()).isEqualTo("3500");
        assertThatThrownBy(
                        () -> new PlanTerms("p", Credits.of(6), Money.parse("166666666.666666667")))
                .hasMessageContaining("must not be worth more than 1000000000");
    }

    @Test
    void boughtCreditsStayThroughAChange() {
        open(plan("small", 1_000, PlanTerms.Interval.MONTH, PlanTerms.Rollover.NONE));
        scenario.grant("70", GrantCategory.PAID, 50, null);

        change("big", 5_000, Command.PlanChangeTime.NOW);

        assertThat(scenario.balance()).isEqualTo("5070");
    }

    @Test
    void aChangeAtTheEndWaitsForItAndKeepsTheAnchor() {
        scenario.now = Instant.parse("2027-01-31T12:00:00Z");
        open(plan("small", 1_000, PlanTerms.Interval.MONTH, PlanTerms.Rollover.NONE));
        change("big", 5_000, Command.PlanChangeTime.PERIOD_END);
        assertThat(scenario.balance()).isEqualTo("1000");

        scenario.now = Instant.parse("2027-03-01T00:00:00Z");
        assertThat(scenario.balance()).isEqualTo("5000");
        assertThat(scenario.account().periodEnd()).isEqualTo("2027-03-31T11:00:00Z");
        assertThat(scenario.account().nextPlan()).isNull();
    }

    @Test
    void askingForThePlanThatThereIsTakesAChangeBack() {
        var small = plan("small", 1_000, PlanTerms.Interval.MONTH, PlanTerms.Rollover.NONE);
        open(small);
        change("big", 5_000, Command.PlanChangeTime.PERIOD_END);
        scenario.run(
                new Command.ChangePlan(
                        Scenario.ACME,
                        small,
                        Command.PlanChangeTime.PERIOD_END,
                        Scenario.request("stay")));

        nextPeriod();

        assertThat(scenario.balance()).isEqualTo("1000");
    }

    @Test
    void aPlanSaysInWhichOrderGrantsBurn() {
        open(plan("p", 0, PlanTerms.Interval.MONTH, PlanTerms.Rollover.NONE));
        scenario.grant("10", GrantCategory.PAID, 50, scenario.now.plus(Duration.ofDays(1)));
        scenario.grant("10", GrantCategory.PROMOTIONAL, 50, scenario.now.plus(Duration.ofDays(9)));
        assertThat(burned("1")).containsExactly(GrantCategory.PAID);

        scenario.run(
                new Command.ChangePlan(
                        Scenario.ACME,
                        new PlanTerms(
                                "free-first",
                                Credits.ZERO,
                                Money.ZERO,
                                PlanTerms.Interval.MONTH,
                                PlanTerms.Rollover.NONE,
                                BurnOrder.FREE_FIRST),
                        Command.PlanChangeTime.NOW,
                        Scenario.request("order")));

        assertThat(burned("11")).containsExactly(GrantCategory.PROMOTIONAL, GrantCategory.PAID);
    }

    @Test
    void aRolloverOutOfRangeIsRefusedByName() {
        assertThatThrownBy(() -> rollover("1.5", 1))
                .hasMessage("The rollover share (1.5) must be 0 to 1 with at most 6 decimals.");
    }

    private List<GrantCategory> burned(String credits) {
        var charged = ((Reply.Charged) scenario.charge(credits)).fact();
        return charged.draws().stream()
                .map(draw -> ((Fact.Granted) scenario.facts.get((int) draw.grant() - 1)))
                .map(granted -> granted.terms().category())
                .toList();
    }

    private void open(PlanTerms plan) {
        scenario.run(
                new Command.OpenAccount(Scenario.ACME, plan, BERLIN, Scenario.request("open")));
    }

    private static PlanTerms plan(
            String id, long included, PlanTerms.Interval interval, PlanTerms.Rollover rollover) {
        return new PlanTerms(
                id,
                Credits.of(included),
                Money.parse("0.001"),
                interval,
                rollover,
                BurnOrder.EXPIRY_FIRST);
    }

    private static PlanTerms.Rollover rollover(String share, long cap) {
        return new PlanTerms.Rollover(new BigDecimal(share), Credits.of(cap));
    }

    private Fact.PlanChanged changeNow(String id, long included) {
        int before = scenario.facts.size();
        change(id, included, Command.PlanChangeTime.NOW);
        return (Fact.PlanChanged) scenario.facts.get(before);
    }

    private void change(String id, long included, Command.PlanChangeTime time) {
        scenario.run(
                new Command.ChangePlan(
                        Scenario.ACME,
                        plan(id, included, PlanTerms.Interval.MONTH, PlanTerms.Rollover.NONE),
                        time,
                        Scenario.request("change to " + id)));
    }

    private void nextPeriod() {
        scenario.now = scenario.account().periodEnd();
        scenario.account();
    }
}
