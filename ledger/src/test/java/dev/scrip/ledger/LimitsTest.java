package dev.scrip.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.scrip.pricing.Credits;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LimitsTest {

    private final Scenario scenario = new Scenario();

    @Test
    void aRateAllowsABurstAndThenOneByOne() {
        scenario.open(Scenario.ACME, "1000");
        var rate = new Limit.Rate("rpm", Limit.Scope.ALL, 3, Duration.ofMinutes(1));
        limit(rate);

        for (int i = 0; i < 3; i++) {
            assertThat(scenario.charge("1")).isInstanceOf(Reply.Charged.class);
        }
        assertThat(scenario.charge("1"))
                .isEqualTo(
                        new Reply.RateLimited(
                                Scenario.ACME,
                                rate,
                                Credits.of(1),
                                left("997"),
                                Duration.ofSeconds(20),
                                List.of(
                                        new RateLeft(
                                                Scenario.ACME, rate, 0, Duration.ofSeconds(20)))));
        scenario.now = scenario.now.plusSeconds(20).minusNanos(1_000);
        assertThat(scenario.charge("1")).isInstanceOf(Reply.RateLimited.class);
        scenario.now = scenario.now.plusNanos(1_000);
        assertThat(scenario.charge("1")).isInstanceOf(Reply.Charged.class);
        assertThat(scenario.charge("1")).isInstanceOf(Reply.RateLimited.class);
        scenario.now = scenario.now.plusSeconds(3_600);
        assertThat(scenario.account().limits().getFirst().callsLeft()).isEqualTo(3);
    }

    /// Each charge says what the ledger then allows, and when it allows one call more.
    @Test
    void aChargeSaysWhatItLeftOfEachRateItIsAbout() {
        scenario.open(Scenario.ACME, "1000");
        // 7 does not divide a minute.
        var minute = new Limit.Rate("rpm", Limit.Scope.ALL, 7, Duration.ofMinutes(1));
        var second = new Limit.Rate("rps", Limit.Scope.ALL, 2, Duration.ofSeconds(1));
        var other = new Limit.Rate("other", new Limit.Scope("k9", null), 1, Duration.ofSeconds(1));
        limit(minute, second, other);

        for (int pause : new int[] {0, 400, 700, 5_000, 0, 1_000, 30_000}) {
            scenario.now = scenario.now.plusMillis(pause);
            var charged = (Reply.Charged) scenario.charge("1");
            var left = charged.rates();
            assertThat(left).extracting(RateLeft::limit).containsExactly(minute, second);
            for (int i = 0; i < left.size(); i++) {
                assertThat(callsLeft(i)).isEqualTo(left.get(i).calls());
                var before = scenario.now;
                scenario.now = before.plus(left.get(i).more()).minusNanos(1);
                assertThat(callsLeft(i)).isEqualTo(left.get(i).calls());
                scenario.now = before.plus(left.get(i).more());
                assertThat(callsLeft(i)).isEqualTo(left.get(i).calls() + 1);
                scenario.now = before;
            }
        }
    }

    private CreditsLeft left(String payable) {
        var account = scenario.account();
        return new CreditsLeft(
                Scenario.ACME, Credits.parse(payable), account.quota(), account.periodEnd());
    }

    private int callsLeft(int index) {
        return scenario.account().limits().get(index).callsLeft();
    }

    @Test
    void whatIsRefusedDoesNotCount() {
        scenario.open(Scenario.ACME, "10");
        limit(new Limit.Rate("rpm", Limit.Scope.ALL, 2, Duration.ofMinutes(1)));

        for (int i = 0; i < 5; i++) {
            assertThat(scenario.charge("11")).isInstanceOf(Reply.TooFewCredits.class);
        }
        assertThat(scenario.account().limits().getFirst().callsLeft()).isEqualTo(2);
    }

    @Test
    void usageThatArrivesLaterIsNotRefusedForItsRate() {
        scenario.open(Scenario.ACME, "10");
        limit(new Limit.Rate("rpm", Limit.Scope.ALL, 1, Duration.ofMinutes(1)));
        scenario.now = scenario.now.plusSeconds(60);
        scenario.charge("1");

        var late = Scenario.usage("1").usedAt(scenario.now.minusSeconds(60));
        assertThat(run(late, "late")).isInstanceOf(Reply.Charged.class);
    }

    @Test
    void aCapCountsTheDayOfTheAccountsZone() {
        // 1 November, 23:30 in Auckland, half an hour before its midnight.
        scenario.now = Instant.parse("2026-11-01T10:30:00Z");
        scenario.open(Scenario.ACME, "1000", ZoneId.of("Pacific/Auckland"));
        var cap = new Limit.Cap("daily", Limit.Scope.ALL, Limit.Window.DAY, Credits.of(100));
        limit(cap);

        assertThat(scenario.charge("70")).isInstanceOf(Reply.Charged.class);
        assertThat(scenario.charge("31"))
                .isEqualTo(
                        new Reply.CapReached(
                                Scenario.ACME,
                                cap,
                                Credits.of(31),
                                left("930"),
                                Credits.of(70),
                                Instant.parse("2026-11-01T11:00:00Z")));
        assertThat(scenario.charge("30")).isInstanceOf(Reply.Charged.class);
        scenario.now = Instant.parse("2026-11-01T11:00:00Z");
        assertThat(scenario.charge("100")).isInstanceOf(Reply.Charged.class);
    }

    @ParameterizedTest
    @CsvSource({
        "DAY, 2026-03-28T22:59:59Z, 2026-03-28T23:00:00Z",
        "DAY, 2026-03-28T23:00:00Z, 2026-03-29T22:00:00Z",
        "WEEK, 2026-11-01T12:00:00Z, 2026-11-01T23:00:00Z",
        "WEEK, 2026-11-01T23:00:00Z, 2026-11-08T23:00:00Z",
        "MONTH, 2026-12-31T22:59:59Z, 2026-12-31T23:00:00Z"
    })
    void aWindowEndsWithItsLocalDay(Limit.Window window, Instant instant, Instant end) {
        assertThat(window.endAfter(instant, ZoneId.of("Europe/Berlin"))).isEqualTo(end);
    }

    @Test
    void aLimitIsAboutItsScopeAlone() {
        scenario.open(Scenario.ACME, "1000");
        limit(
                new Limit.Cap(
                        "images-of-key-7",
                        new Limit.Scope("key_7", "image.*"),
                        Limit.Window.MONTH,
                        Credits.of(10)));

        assertThat(run(usage("image.resize", 9).by("key_7"), "a"))
                .isInstanceOf(Reply.Charged.class);
        assertThat(run(usage("image.upload", 2).by("key_7"), "b"))
                .isInstanceOf(Reply.CapReached.class);
        assertThat(run(usage("image.upload", 2).by("key_8"), "c"))
                .isInstanceOf(Reply.Charged.class);
        assertThat(run(usage("images", 2).by("key_7"), "d")).isInstanceOf(Reply.Charged.class);
        assertThat(run(usage("image.upload", 1).by("key_7"), "e"))
                .isInstanceOf(Reply.Charged.class);
    }

    @Test
    void openHoldsCountAgainstACapAndFreeItWhenTheyAreReleased() {
        scenario.open(Scenario.ACME, "1000");
        limit(new Limit.Cap("daily", Limit.Scope.ALL, Limit.Window.DAY, Credits.of(100)));
        var held =
                scenario.run(
                        new Command.Authorise(
                                Scenario.ACME,
                                Scenario.usage("80"),
                                Duration.ofHours(1),
                                Scenario.request("hold")));

        assertThat(scenario.charge("21")).isInstanceOf(Reply.CapReached.class);
        assertThat(held).isInstanceOf(Reply.Held.class);
        scenario.run(
                new Command.Release(
                        Scenario.ACME,
                        scenario.lastOf(Scenario.ACME, Fact.Held.class),
                        Scenario.request("release")));
        assertThat(scenario.charge("21")).isInstanceOf(Reply.Charged.class);
    }

    @Test
    void ratesAreCheckedBeforeCapsAndCapsBeforeCredits() {
        scenario.open(Scenario.ACME, "5");
        limit(
                new Limit.Cap("daily", Limit.Scope.ALL, Limit.Window.DAY, Credits.of(4)),
                new Limit.Rate("rpm", Limit.Scope.ALL, 1, Duration.ofMinutes(1)));
        assertThat(scenario.charge("1")).isInstanceOf(Reply.Charged.class);

        assertThat(scenario.charge("100")).isInstanceOf(Reply.RateLimited.class);
        scenario.now = scenario.now.plusSeconds(60);
        assertThat(scenario.charge("100")).isInstanceOf(Reply.CapReached.class);
        limit();
        assertThat(scenario.charge("100")).isInstanceOf(Reply.TooFewCredits.class);
    }

    @Test
    void raisingACapForgetsNothing() {
        scenario.open(Scenario.ACME, "1000");
        limit(new Limit.Cap("daily", Limit.Scope.ALL, Limit.Window.DAY, Credits.of(10)));
        scenario.charge("8");

        limit(
                new Limit.Cap("daily", Limit.Scope.ALL, Limit.Window.DAY, Credits.of(11)),
                new Limit.Rate("rpm", Limit.Scope.ALL, 100, Duration.ofMinutes(1)));
        assertThat(scenario.charge("4")).isInstanceOf(Reply.CapReached.class);
        assertThat(scenario.charge("3")).isInstanceOf(Reply.Charged.class);
        limit(new Limit.Cap("daily", Limit.Scope.ALL, Limit.Window.WEEK, Credits.of(11)));
        assertThat(scenario.charge("11")).as("another window").isInstanceOf(Reply.Charged.class);
    }

    @Test
    void whatIsLentForAnyOperationFitsUnderTheCapOfEach() {
        scenario.open(Scenario.ACME, "1000");
        limit(
                new Limit.Cap(
                        "images",
                        new Limit.Scope(null, "image.*"),
                        Limit.Window.DAY,
                        Credits.of(100)));

        assertThat(lend("101", "a")).isInstanceOf(Reply.CapReached.class);
        assertThat(lend("60", "b")).isInstanceOf(Reply.Held.class);
        assertThat(scenario.charge("41")).isInstanceOf(Reply.CapReached.class);
        assertThat(scenario.charge("40")).isInstanceOf(Reply.Charged.class);
    }

    private Reply lend(String credits, String key) {
        return scenario.run(
                new Command.Authorise(
                        Scenario.ACME,
                        Scenario.usage(RatedUsage.ANY_OPERATION, Credits.parse(credits)),
                        true,
                        Duration.ofHours(1),
                        Scenario.request(key)));
    }

    @Test
    void whatIsCapturedBeyondAllRangeOnlyFillsTheCap() {
        scenario.open(Scenario.ACME, "100");
        scenario.run(
                new Command.SetOverage(Scenario.ACME, Overage.UNLIMITED, Scenario.request("owe")));
        limit(new Limit.Cap("daily", Limit.Scope.ALL, Limit.Window.DAY, Credits.of(1_000)));
        scenario.run(
                new Command.Authorise(
                        Scenario.ACME,
                        Scenario.usage("1"),
                        Duration.ofHours(1),
                        Scenario.request("hold")));
        long hold = scenario.lastOf(Scenario.ACME, Fact.Held.class);
        for (int i = 0; i < 3; i++) {
            scenario.run(
                    new Command.Capture(
                            Scenario.ACME,
                            hold,
                            Scenario.usage("image.resize", Credits.of(4_000_000_000_000L)),
                            false,
                            true,
                            Scenario.request("capture " + i)));
            scenario.run(
                    new Command.PayReceivable(
                            Scenario.ACME, null, "paid", Scenario.request("paid " + i)));
        }

        assertThat(scenario.charge("1")).isInstanceOf(Reply.CapReached.class);
    }

    @Test
    void limitsOutOfRangeAreRefusedByName() {
        assertThatThrownBy(() -> new Limit.Rate("rpm", Limit.Scope.ALL, 0, Duration.ofMinutes(1)))
                .hasMessage("The calls (0) of rate limit rpm must be 1 to 1000000.");
        assertThatThrownBy(() -> new Limit.Rate("rpm", Limit.Scope.ALL, 1, Duration.ofMillis(10)))
                .hasMessage("The time (PT0.01S) of rate limit rpm must be 1 s to 1 day.");
    }

    private Reply limit(Limit... limits) {
        return scenario.run(
                new Command.SetLimits(
                        Scenario.ACME,
                        List.of(limits),
                        Scenario.request("limits " + scenario.facts.size())));
    }

    private static RatedUsage usage(String operation, long credits) {
        return Scenario.usage(operation, Credits.of(credits));
    }

    private Reply run(RatedUsage usage, String key) {
        return scenario.run(new Command.Charge(Scenario.ACME, usage, Scenario.request(key)));
    }
}
