package dev.scrip.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scrip.pricing.Credits;
import dev.scrip.pricing.Money;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HoldsTest {

    private static final AccountId ACME = Scenario.ACME;
    private static final Duration HOUR = Duration.ofHours(1);

    private final Scenario scenario = new Scenario();
    private int requests;

    @BeforeEach
    void open() {
        var _ = scenario.open(ACME, "100");
    }

    private RequestKey request() {
        return Scenario.request("hold-request-" + requests++);
    }

    private Fact.Held authorise(String credits) {
        return held(
                scenario.run(
                        new Command.Authorise(ACME, Scenario.usage(credits), HOUR, request())));
    }

    private Reply capture(Fact.Held hold, String credits, boolean last, boolean mayExceed) {
        return scenario.run(
                new Command.Capture(
                        ACME, hold.seq(), Scenario.usage(credits), last, mayExceed, request()));
    }

    private static Fact.Held held(Reply reply) {
        assertThat(reply).isInstanceOf(Reply.Held.class);
        return ((Reply.Held) reply).fact();
    }

    private static <T extends Fact> T done(Class<T> kind, Reply reply) {
        assertThat(reply).isInstanceOf(Reply.Done.class);
        return kind.cast(((Reply.Done) reply).fact());
    }

    /// The child may have credits set aside; all else about its hold is asked of the pool.
    @Test
    void theCaptureOfAChildsHoldIsRememberedWhereItWasAsked() {
        var team = new AccountId("live", "team-a");
        scenario.run(new Command.OpenChild(team, ACME, request()));
        var hold =
                held(
                        scenario.run(
                                new Command.Authorise(
                                        team, Scenario.usage("60"), HOUR, request())));
        var capture =
                new Command.Capture(
                        ACME, hold.seq(), Scenario.usage("10"), false, false, request());

        var captured = done(Fact.Captured.class, scenario.run(capture));

        assertThat(captured.usage().child()).isEqualTo("team-a");
        assertThat(scenario.run(capture)).isEqualTo(new Reply.Done(captured, true));
        assertThat(scenario.account().held()).isEqualTo(Credits.of(50));
    }

    @Test
    void heldCreditsAreNotThereForOthersAndAreShown() {
        var hold = authorise("60");

        assertThat(hold.balance()).isEqualTo(Credits.of(40));
        assertThat(scenario.charge("41")).isInstanceOf(Reply.TooFewCredits.class);
        assertThat(scenario.account().held()).isEqualTo(Credits.of(60));
        assertThat(scenario.account().used()).isEqualTo(Credits.ZERO);
        assertThat(scenario.account().holds())
                .containsExactly(
                        new AccountView.HoldView(
                                hold.seq(), "image.resize", false, Credits.of(60), hold.expires()));
    }

    @Test
    void aCaptureOfLessGivesTheRestBack() {
        var hold = authorise("60");
        var captured = done(Fact.Captured.class, capture(hold, "25.5", true, false));

        assertThat(captured.usage().credits()).isEqualTo(Credits.parse("25.5"));
        assertThat(scenario.balance()).isEqualTo("74.5");
        assertThat(scenario.account().held()).isEqualTo(Credits.ZERO);
        assertThat(capture(hold, "1", true, false)).isInstanceOf(Reply.HoldNotOpen.class);
    }

    @Test
    void aHoldMayBeCapturedInParts() {
        var hold = authorise("60");
        var _ = done(Fact.Captured.class, capture(hold, "20", false, false));
        assertThat(scenario.balance()).isEqualTo("40");
        assertThat(scenario.account().held()).isEqualTo(Credits.of(40));
        var _ = done(Fact.Captured.class, capture(hold, "40", true, false));

        assertThat(scenario.balance()).isEqualTo("40");
        assertThat(scenario.account().holds()).isEmpty();
    }

    @Test
    void aCaptureOfMoreIsRefusedUnlessItMayDrawMore() {
        var hold = authorise("60");

        assertThat(capture(hold, "61", true, false))
                .isEqualTo(new Reply.CaptureExceedsHold(ACME, Credits.of(60), Credits.of(61)));
        assertThat(capture(hold, "101", true, true)).isInstanceOf(Reply.TooFewCredits.class);
        assertThat(scenario.account().held()).isEqualTo(Credits.of(60));

        var captured = done(Fact.Captured.class, capture(hold, "75", true, true));
        assertThat(Draw.sum(captured.more())).isEqualTo(Credits.of(15));
        assertThat(scenario.balance()).isEqualTo("25");
    }

    @Test
    void aHoldIsReleasedByItselfOnceAtItsInstant() {
        var hold = authorise("60");
        scenario.now = hold.expires().minusMillis(1);
        assertThat(scenario.balance()).isEqualTo("40");
        scenario.now = hold.expires();

        assertThat(scenario.balance()).isEqualTo("100");
        scenario.now = hold.expires().plus(HOUR);
        assertThat(scenario.balance()).isEqualTo("100");
        assertThat(scenario.facts.stream().filter(Fact.Released.class::isInstance))
                .singleElement()
                .isInstanceOfSatisfying(
                        Fact.Released.class,
                        released ->
                                assertThat(released.reason())
                                        .isEqualTo(Fact.ReleaseReason.EXPIRED));
        assertThat(capture(hold, "1", true, false)).isInstanceOf(Reply.HoldNotOpen.class);
    }

    @Test
    void anExtendedHoldLastsLonger() {
        var hold = authorise("60");
        scenario.now = scenario.now.plus(Duration.ofMinutes(50));
        var _ =
                done(
                        Fact.HoldExtended.class,
                        scenario.run(new Command.ExtendHold(ACME, hold.seq(), HOUR, request())));
        scenario.now = hold.expires().plusSeconds(60);

        var _ = done(Fact.Captured.class, capture(hold, "60", true, false));
        assertThat(scenario.balance()).isEqualTo("40");
    }

    @Test
    void aHoldPinsItsGrantBeyondItsExpiryAndOnlyTheRestLapses() {
        var soon = scenario.now.plus(Duration.ofMinutes(10));
        var _ = scenario.grant("50", GrantCategory.PROMOTIONAL, 10, soon);
        var hold = authorise("50");
        scenario.now = soon.plusSeconds(1);
        assertThat(scenario.balance()).isEqualTo("100");

        var captured = done(Fact.Captured.class, capture(hold, "30", true, false));
        assertThat(captured.yieldValue()).isEqualTo(Money.ZERO);
        assertThat(scenario.balance()).isEqualTo("100");
        assertThat(scenario.facts.getLast())
                .isInstanceOfSatisfying(
                        Fact.Expired.class,
                        lapsed -> {
                            assertThat(lapsed.rest()).isEqualTo(Credits.of(20));
                            assertThat(lapsed.instant()).isEqualTo(soon);
                        });
    }

    @Test
    void aReversalGoesBackToTheGrantsOfTheChargeAndNoFurtherThanTheCharge() {
        var _ = scenario.grant("10", GrantCategory.PAID, 10, null);
        var charged = ((Reply.Charged) scenario.charge("30")).fact();
        assertThat(scenario.balance()).isEqualTo("80");

        var part = done(Fact.Reversed.class, reverse(charged, Credits.of(25)));
        assertThat(part.draws())
                .extracting(Draw::credits)
                .isEqualTo(List.of(Credits.of(20), Credits.of(5)));
        assertThat(part.listValue()).isEqualTo(Money.parse("0.025"));
        assertThat(scenario.balance()).isEqualTo("105");
        assertThat(reverse(charged, Credits.of(6)))
                .isEqualTo(new Reply.ReversalExceedsCharge(ACME, Credits.of(5)));
        assertThat(done(Fact.Reversed.class, reverse(charged, null)).credits())
                .isEqualTo(Credits.of(5));
        assertThat(scenario.balance()).isEqualTo("110");
        assertThat(reverse(charged, null)).isInstanceOf(Reply.ReversalExceedsCharge.class);
    }

    private Reply reverse(Fact.Burned charge, @org.jspecify.annotations.Nullable Credits credits) {
        return scenario.run(new Command.Reverse(ACME, charge, credits, "wrong call", request()));
    }

    @Test
    void whatComesBackToASpentGrantIsBurnedInItsOrderAgain() {
        var first = ((Reply.Granted) scenario.grant("10", GrantCategory.PAID, 0, null)).fact();
        var _ = scenario.grant("10", GrantCategory.PAID, 40, null);
        var charged = ((Reply.Charged) scenario.charge("10")).fact();
        var _ = done(Fact.Reversed.class, reverse(charged, Credits.of(4)));

        var again = ((Reply.Charged) scenario.charge("1")).fact();
        assertThat(again.draws()).extracting(Draw::grant).containsExactly(first.seq());
        assertThat(scenario.account().quota()).isEqualTo(Credits.of(120));
    }

    @Test
    void aVoidedGrantTakesNothingBack() {
        var granted = ((Reply.Granted) scenario.grant("10", GrantCategory.PAID, 0, null)).fact();
        var charged = ((Reply.Charged) scenario.charge("4")).fact();
        var _ = scenario.run(new Command.VoidGrant(ACME, granted.seq(), "", request()));

        assertThat(done(Fact.Reversed.class, reverse(charged, null)).draws()).isEmpty();
        assertThat(scenario.balance()).isEqualTo("100");
    }

    @Test
    void whatLapsedMeanwhileIsNotGivenBack() {
        var charged = ((Reply.Charged) scenario.charge("30")).fact();
        scenario.now = scenario.account().periodEnd().plusSeconds(1);
        assertThat(scenario.balance()).isEqualTo("100");

        assertThat(done(Fact.Reversed.class, reverse(charged, null)).draws()).isEmpty();
        assertThat(scenario.balance()).isEqualTo("100");
        assertThat(scenario.facts.getLast()).isInstanceOf(Fact.Expired.class);
    }

    @Test
    void aVoidedGrantIsGoneButForWhatIsHeld() {
        var granted = ((Reply.Granted) scenario.grant("50", GrantCategory.PAID, 10, null)).fact();
        var hold = authorise("20");
        var voided =
                done(
                        Fact.Voided.class,
                        scenario.run(
                                new Command.VoidGrant(
                                        ACME, granted.seq(), "paid by mistake", request())));

        assertThat(voided.rest()).isEqualTo(Credits.of(30));
        assertThat(scenario.balance()).isEqualTo("100");
        var _ = done(Fact.Captured.class, capture(hold, "20", true, false));
        assertThat(scenario.balance()).isEqualTo("100");
        assertThat(scenario.account().held()).isEqualTo(Credits.ZERO);
    }

    @Test
    void aFrozenAccountIsNotChargedAndAClosedOneIsOver() {
        var hold = authorise("10");
        status(AccountStatus.FROZEN);
        assertThat(scenario.charge("1"))
                .isEqualTo(new Reply.AccountNotOpen(ACME, AccountStatus.FROZEN));
        var _ = done(Fact.Captured.class, capture(hold, "10", true, false));
        status(AccountStatus.OPEN);
        assertThat(scenario.charge("1")).isInstanceOf(Reply.Charged.class);
        status(AccountStatus.CLOSED);

        assertThat(scenario.charge("1")).isInstanceOf(Reply.AccountNotOpen.class);
        assertThat(scenario.grant("1", GrantCategory.PAID, 10, null))
                .isInstanceOf(Reply.AccountNotOpen.class);
        assertThat(scenario.run(new Command.ChangeStatus(ACME, AccountStatus.OPEN, "", request())))
                .isInstanceOf(Reply.AccountNotOpen.class);
        assertThat(scenario.balance()).isEqualTo("89");
    }

    private void status(AccountStatus status) {
        var _ =
                done(
                        Fact.StatusChanged.class,
                        scenario.run(new Command.ChangeStatus(ACME, status, "", request())));
    }
}
