package dev.scrip.ledger;

import static dev.scrip.ledger.Scenario.ACME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.scrip.pricing.Credits;
import dev.scrip.pricing.Money;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LedgerTest {

    private final Scenario scenario = new Scenario();

    @AfterEach
    void replayEqualsLive() {
        assertThat(scenario.replayed()).isEqualTo(scenario.ledger.state());
    }

    @Test
    void aChargeTakesCreditsAndSaysFromWhere() {
        scenario.open(ACME, "50000");

        var charged = charged(scenario.charge("100"));

        assertThat(charged.balance()).hasToString("49900");
        assertThat(charged.quota()).hasToString("50000");
        assertThat(charged.resetsAt()).isEqualTo("2026-12-01T00:00:00Z");
        assertThat(charged.draws())
                .containsExactly(
                        new Draw(
                                2,
                                Credits.of(100),
                                Instant.parse("2026-12-01T00:00:00Z"),
                                Money.parse("0.00058")));
        assertThat(charged.yieldValue()).hasToString("0.058");
        assertThat(charged.id()).isEqualTo("ch_0000000003");
    }

    @Test
    void aRefusalChangesNothing() {
        scenario.open(ACME, "40");
        var before = scenario.ledger.state();

        var refused = scenario.charge("100");

        assertThat(refused)
                .isEqualTo(
                        new Reply.TooFewCredits(
                                ACME,
                                Credits.of(100),
                                Credits.of(40),
                                Credits.of(40),
                                Instant.parse("2026-12-01T00:00:00Z")));
        assertThat(scenario.ledger.state()).isEqualTo(before);
    }

    @Test
    void theLastCreditCanBeSpent() {
        scenario.open(ACME, "100");

        assertThat(charged(scenario.charge("100")).balance()).isEqualTo(Credits.ZERO);
        assertThat(scenario.charge("0.001")).isInstanceOf(Reply.TooFewCredits.class);
    }

    @Test
    void aFreeCallIsChargedNothingEvenOnAnEmptyAccount() {
        scenario.open(ACME, "0");

        assertThat(charged(scenario.charge("0")).draws()).isEmpty();
    }

    @Test
    void aRetryIsAnsweredAsTheFirstTimeThoughTheBalanceIsGone() {
        scenario.open(ACME, "100");
        var first = charged(scenario.charge(ACME, "100", "retry-me"));

        var second = scenario.charge(ACME, "100", "retry-me");

        assertThat(second).isEqualTo(new Reply.Charged(first, true));
        assertThat(scenario.balance()).isEqualTo("0");
    }

    @Test
    void aKeyReusedForSomethingElseIsRefused() {
        scenario.open(ACME, "100");
        scenario.charge(ACME, "1", "key");

        assertThat(scenario.charge(ACME, "2", "key")).isEqualTo(new Reply.KeyReused(ACME, "key"));
        assertThat(scenario.balance()).isEqualTo("99");
    }

    @Test
    void aKeyReusedForAnotherKindOfCommandIsRefused() {
        scenario.open(ACME, "100");

        assertThat(scenario.charge(ACME, "1", "open live/acme"))
                .isEqualTo(new Reply.KeyReused(ACME, "open live/acme"));
    }

    @Test
    void theSameKeyOfAnotherAccountIsAnotherKey() {
        var other = new AccountId("live", "globex");
        scenario.open(ACME, "100");
        scenario.open(other, "100");

        scenario.charge(ACME, "1", "key");

        assertThat(charged(scenario.charge(other, "1", "key")).account()).isEqualTo(other);
    }

    @Test
    void theSameNameInAnotherWorkspaceIsAnotherAccount() {
        var test = new AccountId("test", "acme");
        scenario.open(ACME, "100");
        scenario.open(test, "7");

        scenario.charge("1");

        assertThat(scenario.account(test).available()).hasToString("7");
    }

    @Test
    void aRefusedRequestMayBeRetriedUnderItsKeyWhenThereAreCredits() {
        scenario.open(ACME, "10");
        assertThat(scenario.charge(ACME, "100", "later")).isInstanceOf(Reply.TooFewCredits.class);

        scenario.grant("100", GrantCategory.PAID, 50, null);

        assertThat(charged(scenario.charge(ACME, "100", "later")).balance()).hasToString("10");
    }

    @Test
    void anAccountIsOpenedOnce() {
        scenario.open(ACME, "100");

        var again =
                scenario.run(
                        new Command.OpenAccount(
                                ACME,
                                new PlanTerms("pro", Credits.of(1), Money.ZERO),
                                ZoneId.of("UTC"),
                                Scenario.request("another key")));

        assertThat(again).isEqualTo(new Reply.AccountExists(ACME));
        assertThat(scenario.open(ACME, "100")).isInstanceOf(Reply.Opened.class);
    }

    @Test
    void nothingCanBeDoneToAnUnknownAccount() {
        assertThat(scenario.charge("1")).isEqualTo(new Reply.NoSuchAccount(ACME));
        assertThat(scenario.grant("1", GrantCategory.PAID, 50, null))
                .isEqualTo(new Reply.NoSuchAccount(ACME));
        assertThat(scenario.run(new Command.Inspect(ACME)))
                .isEqualTo(new Reply.NoSuchAccount(ACME));
    }

    @Test
    void grantsBurnByPriorityThenExpiryThenCategoryThenCost() {
        scenario.open(ACME, "0");
        var soon = Scenario.START.plus(Duration.ofDays(5));
        var late = Scenario.START.plus(Duration.ofDays(20));
        long paid = granted(scenario.grant("1", GrantCategory.PAID, 50, late));
        long never = granted(scenario.grant("1", GrantCategory.PROMOTIONAL, 50, null));
        long promotional = granted(scenario.grant("1", GrantCategory.PROMOTIONAL, 50, late));
        long soonest = granted(scenario.grant("1", GrantCategory.PAID, 50, soon));
        long first = granted(scenario.grant("1", GrantCategory.PAID, 10, null));
        long second = granted(scenario.grant("1", GrantCategory.PAID, 50, late));

        var draws = charged(scenario.charge("6")).draws();

        assertThat(draws.stream().map(Draw::grant))
                .containsExactly(first, soonest, promotional, paid, second, never);
    }

    @Test
    void aChargeSpansGrantsAndItsDrawsAddUp() {
        scenario.open(ACME, "10");
        scenario.grant("5", GrantCategory.PAID, 50, null);

        var draws = charged(scenario.charge("12.5")).draws();

        assertThat(draws.stream().map(draw -> draw.credits().toString()))
                .containsExactly("10", "2.5");
        assertThat(scenario.balance()).isEqualTo("2.5");
    }

    @Test
    void aGrantCannotBeBurnedBeforeItTakesEffect() {
        scenario.open(ACME, "0");
        var tomorrow = Scenario.START.plus(Duration.ofDays(1));
        scenario.grant(
                new GrantTerms(Credits.of(10), 50, GrantCategory.PAID, tomorrow, null, Money.ZERO));

        assertThat(scenario.charge("1")).isInstanceOf(Reply.TooFewCredits.class);
        scenario.now = tomorrow;
        assertThat(scenario.charge("1")).isInstanceOf(Reply.Charged.class);
    }

    @Test
    void aGrantExpiresAtItsInstantNotWhenSomeoneLooks() {
        scenario.open(ACME, "0");
        var expiry = Scenario.START.plus(Duration.ofDays(2));
        long grant = granted(scenario.grant("10", GrantCategory.PAID, 50, expiry));
        scenario.charge("4");

        scenario.now = expiry.minusNanos(1_000);
        assertThat(scenario.balance()).isEqualTo("6");
        scenario.now = expiry;
        assertThat(scenario.balance()).isEqualTo("0");
        scenario.now = expiry.plus(Duration.ofDays(1));
        scenario.account();

        assertThat(scenario.facts.stream().filter(Fact.Expired.class::isInstance))
                .singleElement()
                .isEqualTo(
                        new Fact.Expired(
                                4, expiry, ACME, grant, Credits.of(6), expiry, Credits.ZERO));
    }

    @Test
    void aPlanGrantsAnewEachPeriodAndWhatWasLeftLapses() {
        scenario.open(ACME, "1000");
        scenario.charge("300");

        scenario.now = Instant.parse("2026-12-01T00:00:00Z");

        assertThat(scenario.balance()).isEqualTo("1000");
        assertThat(scenario.account().periodStart()).isEqualTo("2026-12-01T00:00:00Z");
        assertThat(scenario.account().periodEnd()).isEqualTo("2027-01-01T00:00:00Z");
    }

    @Test
    void periodsThatPassedUnseenAreCaughtUpOneByOne() {
        scenario.open(ACME, "1000");

        scenario.now = Instant.parse("2027-03-15T00:00:00Z");

        assertThat(scenario.balance()).isEqualTo("1000");
        assertThat(scenario.facts.stream().filter(Fact.PeriodStarted.class::isInstance)).hasSize(4);
        assertThat(scenario.facts.stream().filter(Fact.Expired.class::isInstance)).hasSize(4);
    }

    @ParameterizedTest
    @CsvSource({
        // opened                  zone            second period         third period
        "2027-01-31T12:00:00Z, UTC,           2027-02-28T12:00:00Z, 2027-03-31T12:00:00Z",
        "2028-01-30T00:00:00Z, UTC,           2028-02-29T00:00:00Z, 2028-03-30T00:00:00Z",
        // 02:30 does not exist in Berlin on 28 March 2027, so the period starts at 03:30.
        "2027-02-28T01:30:00Z, Europe/Berlin, 2027-03-28T01:30:00Z, 2027-04-28T00:30:00Z",
    })
    void periodsAreCountedFromTheDayOfOpeningInTheAccountsZone(
            Instant opened, ZoneId zone, Instant second, Instant third) {
        scenario.now = opened;
        scenario.open(ACME, "10", zone);

        scenario.now = second;
        assertThat(scenario.account().periodStart()).isEqualTo(second);
        assertThat(scenario.account().periodEnd()).isEqualTo(third);
    }

    @Test
    void timeDoesNotGoBackInTheLedger() {
        scenario.open(ACME, "100");
        scenario.now = Scenario.START.plusSeconds(60);
        scenario.charge("1");

        scenario.now = Scenario.START;

        assertThat(charged(scenario.charge("1")).at()).isEqualTo(Scenario.START.plusSeconds(60));
    }

    @Test
    void aDepositThatWouldLeaveTheRangeIsRefused() {
        scenario.open(ACME, "1");
        scenario.grant("4000000000000", GrantCategory.PROMOTIONAL, 50, null);

        assertThat(scenario.grant("4000000000000", GrantCategory.PROMOTIONAL, 50, null))
                .isInstanceOf(Reply.BalanceOverflow.class);
    }

    @Test
    void whatIsDueIsFoundWithoutAnyoneAsking() {
        scenario.open(ACME, "10");
        scenario.open(new AccountId("live", "globex"), "10");
        var due = Instant.parse("2026-12-01T00:00:00Z");

        assertThat(scenario.ledger.takeDueAccounts(due.minusSeconds(1), 10)).isEmpty();
        assertThat(scenario.ledger.takeDueAccounts(due, 10)).hasSize(2);
    }

    @Test
    void requestsAreForgottenAfterTheWindow() {
        var brief = new Scenario(new LedgerSettings(Duration.ofHours(1), 100));
        brief.open(ACME, "100");
        brief.charge(ACME, "1", "old");

        brief.now = Scenario.START.plus(Duration.ofMinutes(61));
        brief.charge(ACME, "1", "new");

        assertThat(brief.ledger.rememberedRequests()).isEqualTo(1);
        assertThat(brief.replayed()).isEqualTo(brief.ledger.state());
    }

    @Test
    void requestsAreForgottenOldestFirstBeyondTheirNumber() {
        var small = new Scenario(new LedgerSettings(Duration.ofHours(1), 2));
        small.open(ACME, "100");
        small.charge(ACME, "1", "a");
        small.charge(ACME, "1", "b");

        assertThat(small.ledger.rememberedRequests()).isEqualTo(2);
        assertThat(small.charge(ACME, "1", "b")).isInstanceOf(Reply.Charged.class);
        assertThat(small.balance()).isEqualTo("98");
    }

    @Test
    void aFactOutOfOrderStopsTheReplay() {
        scenario.open(ACME, "100");
        var ledger = new Ledger(LedgerSettings.DEFAULT);

        assertThatIllegalStateException()
                .isThrownBy(() -> ledger.apply(scenario.facts.get(1)))
                .withMessage("Fact 2 cannot follow fact 0.");
    }

    @Test
    void aChargeThatDrawsMoreThanAGrantHasStopsTheReplay() {
        scenario.open(ACME, "10");
        scenario.charge("10");
        var charge = (Fact.Charged) scenario.facts.getLast();
        var twice =
                new Fact.Charged(
                        charge.seq() + 1,
                        charge.at(),
                        ACME,
                        Scenario.request("twice"),
                        charge.usage(),
                        charge.draws(),
                        charge.balance(),
                        charge.quota(),
                        charge.resetsAt());
        var ledger = new Ledger(LedgerSettings.DEFAULT);
        scenario.facts.forEach(ledger::apply);

        assertThatIllegalStateException()
                .isThrownBy(() -> ledger.apply(twice))
                .withMessageContaining(
                        "10 credits are drawn from grant gr_0000000002, which has 0");
    }

    @ParameterizedTest
    @CsvSource({"'', live", "a/b, live", "../x, live", "acme, Live", "acme, ''", "é, live"})
    void anAccountIdOutsideItsAlphabetIsRefused(String name, String workspace) {
        assertThatIllegalArgumentException().isThrownBy(() -> new AccountId(workspace, name));
    }

    private static Fact.Charged charged(Reply reply) {
        assertThat(reply).isInstanceOf(Reply.Charged.class);
        return ((Reply.Charged) reply).fact();
    }

    private static long granted(Reply reply) {
        assertThat(reply).isInstanceOf(Reply.Granted.class);
        return ((Reply.Granted) reply).fact().seq();
    }

    @Test
    void idsSortAsTheyHappened() {
        assertThat(List.of(FactId.grant(31), FactId.grant(32), FactId.grant(1_024)))
                .containsExactly("gr_000000000Z", "gr_0000000010", "gr_0000000100");
    }
}
