package dev.scrip.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scrip.pricing.Credits;
import dev.scrip.pricing.Money;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Usage that arrives late is paid by what the account had when it happened.
class LateUsageTest {

    private static final Instant NOON = Scenario.START.plus(Duration.ofHours(12));

    private final Scenario scenario = new Scenario();
    private int events;

    @BeforeEach
    void open() {
        scenario.open(Scenario.ACME, "0");
    }

    @Test
    void aGrantThatLapsedSinceStillPays() {
        long lapsed = grant("10", NOON);
        scenario.now = NOON.plusSeconds(3_600);
        long live = grant("10", null);
        assertThat(scenario.balance()).isEqualTo("10");

        var charged = charged("4", NOON.minusSeconds(1));

        assertThat(charged.draws()).extracting(Draw::grant).containsExactly(lapsed);
        assertThat(charged.balance()).isEqualTo(Credits.of(10));
        assertThat(charged.at()).isEqualTo(scenario.now);
        assertThat(charged.usage().usedAt()).isEqualTo(NOON.minusSeconds(1));
        assertThat(charged("1", NOON.plusSeconds(3_600)).draws())
                .as("of when the other one took effect")
                .extracting(Draw::grant)
                .containsExactly(live);
    }

    @Test
    void whatLapsedPaysInTheBurnOrderWithWhatIsLeft() {
        long first = grant("3", NOON);
        long second = grant("4", NOON.plus(Duration.ofDays(30)));
        long last = grant("5", null);
        scenario.now = NOON.plusSeconds(60);

        var charged = charged("9", NOON.minusSeconds(60));

        assertThat(charged.draws())
                .extracting(draw -> draw.grant() + ": " + draw.credits())
                .containsExactly(first + ": 3", second + ": 4", last + ": 2");
        assertThat(charged.balance()).isEqualTo(Credits.of(3));
        assertThat(scenario.balance()).isEqualTo("3");
    }

    @Test
    void itTakesBackNoMoreThanWhatLapsed() {
        grant("10", NOON);
        scenario.now = NOON.plusSeconds(60);
        charged("7", NOON.minusSeconds(60));

        assertThat(event("4", NOON.minusSeconds(60)))
                .isInstanceOfSatisfying(
                        Reply.TooFewCredits.class,
                        refused -> assertThat(refused.remaining()).isEqualTo(Credits.of(3)));
        charged("3", NOON.minusSeconds(60));
        assertThat(scenario.ledger.state().accounts().getFirst().lapsed())
                .extracting(LedgerState.LapsedState::remaining)
                .containsExactly(Credits.ZERO);
    }

    @Test
    void aGrantThatTookEffectLaterDoesNotPay() {
        scenario.now = NOON;
        grant("10", null);
        scenario.now = NOON.plusSeconds(60);

        assertThat(event("1", NOON.minusSeconds(1)))
                .isInstanceOfSatisfying(
                        Reply.TooFewCredits.class,
                        refused -> {
                            assertThat(refused.remaining()).isEqualTo(Credits.ZERO);
                            assertThat(refused.usedAt()).isEqualTo(NOON.minusSeconds(1));
                        });
        charged("1", NOON);
    }

    @Test
    void whatNothingPaidForIsOwedWhereThatIsAllowed() {
        scenario.now = NOON;
        grant("10", null);
        scenario.run(
                new Command.SetOverage(
                        Scenario.ACME,
                        new Overage(Credits.of(5), Overage.Payment.INVOICED),
                        Scenario.request("overage")));

        var charged = charged("4", NOON.minusSeconds(1));

        assertThat(charged.draws()).isEmpty();
        assertThat(charged.overage()).isEqualTo(Credits.of(4));
        assertThat(scenario.account().receivable()).isEqualTo(Credits.of(4));
        assertThat(scenario.balance()).isEqualTo("10");
    }

    @Test
    void afterADayItDrawsOnWhatTheAccountHas() {
        grant("10", NOON);
        scenario.now = NOON.plusSeconds(3_600);
        long live = grant("10", null);
        scenario.now = NOON.plus(LedgerSettings.LATE_MAX);

        assertThat(charged("1", NOON).draws()).extracting(Draw::grant).containsExactly(live);
        assertThat(scenario.ledger.state().accounts().getFirst().lapsed()).isEmpty();
    }

    @Test
    void theTimeOfAClockThatIsAheadIsNow() {
        long lapsesSoon = grant("10", NOON.plusSeconds(30));
        scenario.now = NOON;

        assertThat(charged("1", NOON.plusSeconds(60)).draws())
                .extracting(Draw::grant)
                .containsExactly(lapsesSoon);
    }

    @Test
    void aGrantPaysOnlyForItsOperationsAlsoWhenItLapsed() {
        scenario.grant(
                new GrantTerms(
                        Credits.of(10),
                        50,
                        GrantCategory.PROMOTIONAL,
                        scenario.now,
                        NOON,
                        Money.ZERO,
                        List.of("chat")));
        scenario.now = NOON.plusSeconds(60);

        assertThat(event("1", NOON.minusSeconds(1))).isInstanceOf(Reply.TooFewCredits.class);
    }

    @Test
    void takenBackItLapsesAgainAndMayPayAgain() {
        long lapsed = grant("10", NOON);
        scenario.now = NOON.plusSeconds(60);
        var charged = charged("10", NOON.minusSeconds(60));

        scenario.run(
                new Command.Reverse(
                        Scenario.ACME, charged, null, "failed", Scenario.request("reverse")));

        assertThat(scenario.facts.getLast())
                .isInstanceOfSatisfying(
                        Fact.Expired.class,
                        expired -> {
                            assertThat(expired.grant()).isEqualTo(lapsed);
                            assertThat(expired.rest()).isEqualTo(Credits.of(10));
                            assertThat(expired.instant()).isEqualTo(NOON);
                        });
        charged("10", NOON.minusSeconds(60));
    }

    @Test
    void whatAHoldGivesBackAfterItsGrantLapsedMayPay() {
        grant("10", NOON);
        scenario.run(
                new Command.Authorise(
                        Scenario.ACME,
                        Scenario.usage("10"),
                        Duration.ofDays(1),
                        Scenario.request("hold")));
        long hold = scenario.facts.getLast().seq();
        scenario.now = NOON.plusSeconds(60);
        assertThat(event("1", NOON.minusSeconds(1))).isInstanceOf(Reply.TooFewCredits.class);

        scenario.run(new Command.Release(Scenario.ACME, hold, Scenario.request("release")));

        charged("10", NOON.minusSeconds(1));
    }

    @Test
    void whatRolledOverIsNotSpentTwice() {
        var scenario = new Scenario();
        var plan =
                new PlanTerms(
                        "daily",
                        Credits.of(100),
                        Money.parse("0.001"),
                        PlanTerms.Interval.DAY,
                        new PlanTerms.Rollover(new BigDecimal("0.3"), Credits.of(1_000)),
                        BurnOrder.EXPIRY_FIRST);
        scenario.run(
                new Command.OpenAccount(
                        Scenario.ACME, plan, ZoneOffset.UTC, Scenario.request("open")));
        var midnight = scenario.now.plus(Duration.ofDays(1));
        scenario.now = midnight.plusSeconds(60);
        long rolledOver = scenario.account().grants().getLast().grant();

        var charged =
                (Reply.Charged)
                        scenario.run(
                                new Command.Charge(
                                        Scenario.ACME,
                                        Scenario.usage("80").usedAt(midnight.minusSeconds(60)),
                                        Scenario.request("event")));

        assertThat(charged.fact().draws()).hasSize(2);
        assertThat(charged.fact().draws().getFirst().credits()).isEqualTo(Credits.of(70));
        assertThat(charged.fact().draws().getLast())
                .isEqualTo(
                        new Draw(
                                rolledOver,
                                Credits.of(10),
                                midnight.plus(Duration.ofDays(1)),
                                Money.parse("0.001")));
        assertThat(scenario.balance()).as("20 of 30 rolled over, and 100 new").isEqualTo("120");
    }

    @Test
    void anEstimateSaysTheSame() {
        scenario.now = NOON;
        grant("10", null);
        var usage = Scenario.usage("1");

        assertThat(refusal(usage.usedAt(NOON.minusSeconds(1)))).isNotNull();
        assertThat(refusal(usage.usedAt(NOON))).isNull();
    }

    private Reply.@Nullable Refusal refusal(RatedUsage usage) {
        return scenario.run(new Command.Estimate(Scenario.ACME, usage))
                        instanceof Reply.Estimated estimated
                ? estimated.refusal()
                : null;
    }

    private long grant(String credits, @Nullable Instant expires) {
        scenario.grant(credits, GrantCategory.PAID, 50, expires);
        return scenario.lastOf(Scenario.ACME, Fact.Granted.class);
    }

    private Fact.Charged charged(String credits, Instant usedAt) {
        if (event(credits, usedAt) instanceof Reply.Charged(var fact, _, _)) {
            return fact;
        }
        throw new AssertionError("not charged");
    }

    private Reply event(String credits, Instant usedAt) {
        return scenario.run(
                new Command.Charge(
                        Scenario.ACME,
                        Scenario.usage(credits).usedAt(usedAt),
                        Scenario.request("event-" + events++)));
    }
}
