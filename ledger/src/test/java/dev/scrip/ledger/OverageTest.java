package dev.scrip.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scrip.pricing.Credits;
import dev.scrip.pricing.Money;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OverageTest {

    private static final AccountId ACME = Scenario.ACME;

    private final Scenario scenario = new Scenario();
    private int requests;

    @BeforeEach
    void open() {
        var _ = scenario.open(ACME, "100");
    }

    private RequestKey request() {
        return Scenario.request("overage-request-" + requests++);
    }

    private void allow(Overage overage) {
        assertThat(scenario.run(new Command.SetOverage(ACME, overage, request())))
                .isInstanceOf(Reply.Done.class);
    }

    private Fact.Charged charge(String credits) {
        return ((Reply.Charged) scenario.charge(credits)).fact();
    }

    private Fact.Reversed reverse(Fact.Burned charge, @Nullable Credits credits) {
        var reply = scenario.run(new Command.Reverse(ACME, charge, credits, "wrong", request()));
        return (Fact.Reversed) ((Reply.Done) reply).fact();
    }

    @Test
    void withoutLeaveNothingIsOwed() {
        assertThat(scenario.charge("101")).isInstanceOf(Reply.TooFewCredits.class);
    }

    @Test
    void anAccountGoesOnUpToItsLimit() {
        allow(new Overage(Credits.of(50)));
        var charged = charge("120");

        assertThat(charged.overage()).isEqualTo(Credits.of(20));
        assertThat(charged.balance()).isEqualTo(Credits.ZERO);
        assertThat(charged.yieldValue()).isEqualTo(Money.parse("0.078"));
        assertThat(scenario.account().receivable()).isEqualTo(Credits.of(20));
        assertThat(scenario.charge("30.001")).isInstanceOf(Reply.TooFewCredits.class);
        assertThat(charge("30").overage()).isEqualTo(Credits.of(30));
        assertThat(scenario.run(new Command.Estimate(Scenario.ACME, Scenario.usage("1"))))
                .isInstanceOfSatisfying(
                        Reply.Estimated.class,
                        estimated ->
                                assertThat(estimated.refusal())
                                        .isInstanceOf(Reply.TooFewCredits.class));
    }

    @Test
    void unlimitedIsWithoutEnd() {
        allow(Overage.UNLIMITED);
        var _ = charge("1000000000");

        assertThat(scenario.account().receivable()).isEqualTo(Credits.of(999_999_900));
        assertThat(scenario.account().overage().isUnlimited()).isTrue();
    }

    @Test
    void boughtCreditsPayFirstWhatIsOwedAndOthersDoNot() {
        allow(Overage.UNLIMITED);
        var _ = charge("130");
        var _ = scenario.grant("10", GrantCategory.PROMOTIONAL, 50, null);
        assertThat(scenario.account().receivable()).isEqualTo(Credits.of(30));
        var _ = scenario.grant("12", GrantCategory.PAID, 50, null);
        assertThat(scenario.account().receivable()).isEqualTo(Credits.of(18));
        assertThat(scenario.balance()).isEqualTo("10");
        var _ = scenario.grant("100", GrantCategory.PAID, 50, null);

        assertThat(scenario.account().receivable()).isEqualTo(Credits.ZERO);
        assertThat(scenario.balance()).isEqualTo("92");
    }

    @Test
    void aReversalFirstTakesBackWhatIsOwed() {
        allow(Overage.UNLIMITED);
        var charged = charge("130");
        var part = reverse(charged, Credits.of(40));

        assertThat(part.forgiven()).isEqualTo(Credits.of(30));
        assertThat(Draw.sum(part.draws())).isEqualTo(Credits.of(10));
        assertThat(scenario.account().receivable()).isEqualTo(Credits.ZERO);
        assertThat(scenario.balance()).isEqualTo("10");
        var _ = reverse(charged, null);
        assertThat(scenario.balance()).isEqualTo("100");
    }

    @Test
    void whatWasOwedAndPaidComesBackAsCredits() {
        allow(Overage.UNLIMITED);
        var charged = charge("130");
        var _ = scenario.grant("50", GrantCategory.PAID, 50, null);
        assertThat(scenario.balance()).isEqualTo("20");

        assertThat(reverse(charged, null).forgiven()).isEqualTo(Credits.ZERO);
        assertThat(scenario.balance()).isEqualTo("150");
        assertThat(scenario.facts.getLast())
                .isInstanceOfSatisfying(
                        Fact.Granted.class,
                        granted ->
                                assertThat(granted.terms().costBasis())
                                        .isEqualTo(Money.parse("0.001")));
    }

    @Test
    void aCaptureBeyondItsHoldMayBeOwed() {
        allow(new Overage(Credits.of(20)));
        var held =
                scenario.run(
                        new Command.Authorise(
                                ACME, Scenario.usage("90"), Duration.ofHours(1), request()));
        long hold = ((Reply.Held) held).fact().seq();
        var captured =
                scenario.run(
                        new Command.Capture(
                                ACME, hold, Scenario.usage("115"), true, true, request()));

        assertThat(((Fact.Captured) ((Reply.Done) captured).fact()).overage())
                .isEqualTo(Credits.of(15));
        assertThat(scenario.account().receivable()).isEqualTo(Credits.of(15));
    }
}
