package dev.scrip.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scrip.pricing.Credits;
import dev.scrip.pricing.Money;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TopUpsTest {

    private final Scenario scenario = new Scenario();

    @BeforeEach
    void openAccount() {
        scenario.open(Scenario.ACME, "100");
        rule(new TopUpRule(Credits.of(20), Credits.of(120), Credits.of(250), Duration.ofHours(1)));
    }

    @Test
    void creditsAreAskedForBelowTheThresholdAndGrantedOncePaid() {
        scenario.charge("80");
        assertThat(requests()).isEmpty();
        scenario.charge("1");

        assertThat(requests()).containsExactly("101");
        assertThat(scenario.balance()).as("never before it is paid").isEqualTo("19");
        var reply = confirm(open());
        assertThat(reply)
                .isInstanceOfSatisfying(
                        Reply.Granted.class,
                        granted -> {
                            assertThat(granted.fact().terms().amount()).isEqualTo(Credits.of(101));
                            assertThat(granted.fact().origin().kind())
                                    .isEqualTo(GrantOrigin.Kind.TOP_UP);
                        });
        assertThat(scenario.balance()).isEqualTo("120");
        assertThat(scenario.account().openTopUp()).isZero();
    }

    @Test
    void theTopUpOfAClosedAccountCanOnlyFail() {
        scenario.charge("90");
        long topUp = open();
        scenario.run(
                new Command.ChangeStatus(
                        Scenario.ACME, AccountStatus.CLOSED, "", Scenario.request("close")));

        assertThat(confirm(topUp)).isEqualTo(new Reply.TopUpOfClosedAccount(Scenario.ACME, topUp));
        assertThat(
                        scenario.run(
                                new Command.FailTopUp(
                                        Scenario.ACME,
                                        topUp,
                                        "paid back",
                                        Scenario.request("fail"))))
                .isInstanceOf(Reply.Done.class);
        assertThat(scenario.account().openTopUp()).isZero();
        assertThat(requests()).as("asks no more").hasSize(1);
    }

    @Test
    void aTopUpIsPaidOnce() {
        scenario.charge("90");
        long topUp = open();
        confirm(topUp);

        assertThat(
                        scenario.run(
                                new Command.ConfirmTopUp(
                                        Scenario.ACME,
                                        topUp,
                                        Money.ZERO,
                                        null,
                                        Scenario.request("again"))))
                .isEqualTo(new Reply.TopUpNotOpen(Scenario.ACME, topUp));
        assertThat(confirm(topUp)).as("a retry").isInstanceOf(Reply.Granted.class);
        assertThat(scenario.balance()).isEqualTo("120");
    }

    @Test
    void oneIsOpenAtATimeAndTheNextWaitsForTheCoolOff() {
        scenario.charge("90");
        scenario.charge("5");
        assertThat(requests()).hasSize(1);
        fail(open());
        scenario.charge("1");
        assertThat(requests()).as("too soon").hasSize(1);

        scenario.now = scenario.now.plus(Duration.ofHours(1));
        scenario.charge("1");

        assertThat(requests()).containsExactly("110", "116");
    }

    @Test
    void theMonthsCapBoundsWhatIsAskedForAndFailuresDoNotCount() {
        scenario.charge("90");
        fail(open());
        scenario.now = scenario.now.plus(Duration.ofHours(1));
        scenario.charge("1");
        confirm(open());
        scenario.now = scenario.now.plus(Duration.ofHours(1));
        scenario.charge("119");
        confirm(open());
        scenario.now = scenario.now.plus(Duration.ofHours(1));
        scenario.charge("120");

        assertThat(requests()).containsExactly("110", "110", "120", "20");
    }

    @Test
    void aPriceThatCannotBeCountedIsRefusedAndStopsNothing() {
        scenario.charge("90");

        assertThat(
                        scenario.run(
                                new Command.ConfirmTopUp(
                                        Scenario.ACME,
                                        open(),
                                        Money.parse("999999999"),
                                        null,
                                        Scenario.request("dear"))))
                .isInstanceOf(Reply.BalanceOverflow.class);
        assertThat(confirm(open())).isInstanceOf(Reply.Granted.class);
    }

    @Test
    void withoutARuleNothingIsAskedFor() {
        rule(null);
        scenario.charge("100");

        assertThat(requests()).isEmpty();
    }

    private void rule(@Nullable TopUpRule rule) {
        scenario.run(
                new Command.SetTopUpRule(
                        Scenario.ACME, rule, Scenario.request("rule " + scenario.facts.size())));
    }

    private long open() {
        return scenario.account().openTopUp();
    }

    private Reply confirm(long topUp) {
        return scenario.run(
                new Command.ConfirmTopUp(
                        Scenario.ACME,
                        topUp,
                        Money.parse("0.001"),
                        null,
                        Scenario.request("paid " + topUp)));
    }

    private void fail(long topUp) {
        scenario.run(
                new Command.FailTopUp(
                        Scenario.ACME, topUp, "declined", Scenario.request("failed " + topUp)));
    }

    private List<String> requests() {
        return scenario.facts.stream()
                .filter(Fact.TopUpRequested.class::isInstance)
                .map(fact -> ((Fact.TopUpRequested) fact).credits().toString())
                .toList();
    }
}
