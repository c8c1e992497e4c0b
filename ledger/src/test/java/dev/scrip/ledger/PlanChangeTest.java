package dev.scrip.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scrip.pricing.Credits;
import dev.scrip.pricing.Money;
import java.time.Duration;
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
}
