package dev.scrip.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.scrip.pricing.Credits;
import dev.scrip.pricing.Money;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

/// What prices may depend on of an account.
class CommitmentTest {

    private static final AccountId ACME = Scenario.ACME;

    private final Scenario scenario = new Scenario();

    private Reply.Terms terms(AccountId account) {
        return (Reply.Terms) scenario.run(new Command.AskTerms(account));
    }

    private void open() {
        var _ =
                scenario.run(
                        new Command.OpenAccount(
                                ACME,
                                new PlanTerms("pro", Credits.of(1_000), Money.parse("0.001")),
                                ZoneOffset.UTC,
                                Scenario.request("r1")));
    }

    private RatedUsage usage(String credits) {
        return new RatedUsage(
                "op",
                BigDecimal.ONE,
                Credits.parse(credits),
                Credits.parse(credits),
                Money.ZERO,
                Money.ZERO,
                "pb_1");
    }

    @Test
    void aCommitmentCountsUntilItIsOver() {
        open();
        assertThat(terms(ACME)).isEqualTo(new Reply.Terms(ACME, "pro", Credits.ZERO, Credits.ZERO));
        var until = Scenario.START.plus(Duration.ofDays(1));
        var _ =
                scenario.run(
                        new Command.SetCommitment(
                                ACME,
                                new Commitment(Credits.of(100_000), until),
                                Scenario.request("r2")));
        scenario.now = until.minusNanos(1_000);
        assertThat(terms(ACME).commitment()).isEqualTo(Credits.of(100_000));
        scenario.now = until;
        assertThat(terms(ACME).commitment()).isEqualTo(Credits.ZERO);
    }

    @Test
    void whatIsUsedCountsForThePeriodLessWhatWasTakenBack() {
        open();
        var charged = scenario.run(new Command.Charge(ACME, usage("30"), Scenario.request("r3")));
        var _ = scenario.run(new Command.Charge(ACME, usage("0.5"), Scenario.request("r4")));
        assertThat(terms(ACME).used()).isEqualTo(Credits.parse("30.5"));
        var _ =
                scenario.run(
                        new Command.Reverse(
                                ACME,
                                ((Reply.Charged) charged).fact(),
                                Credits.of(10),
                                "",
                                Scenario.request("r5")));
        assertThat(terms(ACME).used()).isEqualTo(Credits.parse("20.5"));
        scenario.now = Scenario.START.plus(Duration.ofDays(30));
        assertThat(terms(ACME).used()).as("a new period").isEqualTo(Credits.ZERO);
    }

    @Test
    void aSnapshotKeepsBoth() {
        open();
        var _ = scenario.run(new Command.Charge(ACME, usage("30"), Scenario.request("r6")));
        var _ =
                scenario.run(
                        new Command.SetCommitment(
                                ACME, new Commitment(Credits.of(5), null), Scenario.request("r7")));
        var state = scenario.ledger.state();
        assertThat(Ledger.restore(LedgerSettings.DEFAULT, state).state()).isEqualTo(state);
        assertThat(state.accounts().getFirst().usedInPeriod()).isEqualTo(Credits.of(30));
    }

    @Test
    void aCommitmentIsNotNegative() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Commitment(Credits.parse("-1"), null));
    }
}
