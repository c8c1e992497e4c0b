package dev.scrip.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scrip.pricing.Credits;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class AlertsTest {

    private final Scenario scenario = new Scenario();

    @Test
    void aThresholdFiresOnceAndAgainOnlyAfterTheAccountRecovered() {
        scenario.open(Scenario.ACME, "100");
        alert(new Alert.Used("half", 50), new Alert.Used("most", 90));

        scenario.charge("49.999");
        assertThat(told()).isEmpty();
        scenario.charge("0.001");
        scenario.charge("1");
        assertThat(told()).containsExactly("half fired");
        scenario.charge("39");
        assertThat(told()).containsExactly("half fired", "most fired");
        scenario.grant("100", GrantCategory.PAID, 50, null);
        assertThat(told()).endsWith("half fired", "most fired", "half rearmed", "most rearmed");
    }

    @Test
    void anAlertSaysWhatItSaw() {
        scenario.open(Scenario.ACME, "100");
        alert(new Alert.Used("most", 75));
        scenario.charge("80");

        var fired = (Fact.AlertFired) scenario.facts.getLast();
        assertThat(fired.used()).isEqualTo(Credits.of(80));
        assertThat(fired.quota()).isEqualTo(Credits.of(100));
        assertThat(fired.balance()).isEqualTo(Credits.of(20));
    }

    @Test
    void mereTimeCrossesAThreshold() {
        scenario.open(Scenario.ACME, "0");
        scenario.grant("100", GrantCategory.PROMOTIONAL, 50, scenario.now.plus(Duration.ofDays(2)));
        alert(new Alert.Remaining("low", Credits.of(10)));
        assertThat(told()).isEmpty();

        scenario.now = scenario.now.plus(Duration.ofDays(3));
        scenario.account();

        assertThat(told()).containsExactly("low fired");
    }

    @Test
    void aNewPeriodRearmsWhatTheOldOneFired() {
        scenario.open(Scenario.ACME, "100");
        alert(new Alert.Used("half", 50));
        scenario.charge("60");

        scenario.now = scenario.now.plus(Duration.ofDays(31));
        scenario.account();

        assertThat(told()).containsExactly("half fired", "half rearmed");
    }

    @Test
    void aForecastGoesOnAsThePeriodHasGoneSoFar() {
        scenario.open(Scenario.ACME, "300");
        alert(new Alert.Forecast("runs-out", 100));

        // Ten credits a day would do for thirty days.
        scenario.now = scenario.now.plus(Duration.ofDays(2));
        scenario.charge("100");
        assertThat(told()).as("before a tenth of the period").isEmpty();
        scenario.now = scenario.now.plus(Duration.ofDays(3));
        scenario.charge("1");
        assertThat(told()).containsExactly("runs-out fired");
        scenario.now = scenario.now.plus(Duration.ofDays(15));
        scenario.charge("1");
        assertThat(told()).containsExactly("runs-out fired", "runs-out rearmed");
    }

    @Test
    void anAlertThatIsSetTooLateFiresAtOnceAndOneThatStaysDoesNotFireAgain() {
        scenario.open(Scenario.ACME, "100");
        scenario.charge("60");
        alert(new Alert.Used("half", 50));
        assertThat(told()).containsExactly("half fired");

        alert(new Alert.Used("half", 50), new Alert.Used("all", 100));
        assertThat(told()).containsExactly("half fired");
    }

    private void alert(Alert... alerts) {
        scenario.run(
                new Command.SetAlerts(
                        Scenario.ACME,
                        List.of(alerts),
                        Scenario.request("alerts " + scenario.facts.size())));
    }

    private List<String> told() {
        return scenario.facts.stream()
                .flatMap(fact ->
                        switch (fact) {
                            case Fact.AlertFired fired ->
                                    List.of(fired.alert().id() + " fired").stream();
                            case Fact.AlertRearmed rearmed ->
                                    List.of(rearmed.alert().id() + " rearmed").stream();
                            default -> List.<String>of().stream();
                        })
                .toList();
    }
}
