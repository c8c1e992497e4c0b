package dev.scrip.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.scrip.pricing.Credits;
import dev.scrip.pricing.Money;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class PlanChangeTest {

    private final Scenario scenario = new Scenario();

    @Test
    void whatIsVoidedOfAGrantThatIsNotInEffectWasNotAvailable() {
        scenario.open(Scenario.ACME, "100");
        scenario.grant(
                new GrantTerms(
                        Credits.of(7),
                        GrantTerms.PRIORITY_DEFAULT,
                        GrantCategory.PLAN,
                        scenario.now.plus(Duration.ofDays(1)),
                        null,
                        Money.ZERO));

        scenario.run(
                new Command.ChangePlan(
                        Scenario.ACME,
                        new PlanTerms("free", Credits.ZERO, Money.ZERO),
                        Command.PlanChangeTime.NOW,
                        Scenario.request("change")));

        assertThat(scenario.facts.stream().filter(Fact.Voided.class::isInstance))
                .extracting(Fact::balance)
                .containsExactly(Credits.ZERO, Credits.ZERO);
    }

    @Test
    void whatRollsOverKeepsWhatWasPaidForIt() {
        var rollover = new PlanTerms.Rollover(new BigDecimal("0.5"), PlanTerms.Rollover.NO_CAP);
        var pro = plan("pro", "0.002", rollover);
        scenario.run(
                new Command.OpenAccount(
                        Scenario.ACME, pro, ZoneOffset.UTC, Scenario.request("open")));
        scenario.run(
                new Command.ChangePlan(
                        Scenario.ACME,
                        plan("basic", "0.001", PlanTerms.Rollover.NONE),
                        Command.PlanChangeTime.PERIOD_END,
                        Scenario.request("change")));
        scenario.now = Scenario.START.plus(Duration.ofDays(31));

        var grants = scenario.account().grants();

        assertThat(grants)
                .extracting(grant -> grant.terms().amount(), grant -> grant.terms().costBasis())
                .containsExactly(
                        tuple(Credits.of(100), Money.parse("0.001")),
                        tuple(Credits.of(50), Money.parse("0.002")));
    }

    private static PlanTerms plan(String name, String costBasis, PlanTerms.Rollover rollover) {
        return new PlanTerms(
                name,
                Credits.of(100),
                Money.parse(costBasis),
                PlanTerms.Interval.MONTH,
                rollover,
                BurnOrder.EXPIRY_FIRST);
    }
}
