package dev.scrip.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scrip.pricing.Credits;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PoolsTest {

    private static final AccountId TEAM = new AccountId("live", "team-a");
    private static final AccountId OTHER_TEAM = new AccountId("live", "team-b");

    private final Scenario scenario = new Scenario();

    @BeforeEach
    void openPool() {
        scenario.open(Scenario.ACME, "100");
        assertThat(openChild(TEAM, Scenario.ACME)).isInstanceOf(Reply.Opened.class);
        openChild(OTHER_TEAM, Scenario.ACME);
    }

    @Test
    void aChildDrawsOnTheGrantsOfItsPool() {
        var charged = (Reply.Charged) scenario.charge(TEAM, "30", "a");

        assertThat(charged.fact().account()).isEqualTo(Scenario.ACME);
        assertThat(charged.fact().usage().child()).isEqualTo("team-a");
        assertThat(charged.fact().asked()).isEqualTo(TEAM);
        assertThat(scenario.balance()).isEqualTo("70");
        assertThat(scenario.account(TEAM).available()).isEqualTo(Credits.of(70));
        assertThat(scenario.account(TEAM).pool()).isEqualTo(Scenario.ACME);
        assertThat(scenario.account().children()).containsExactly("team-a", "team-b");
    }

    @Test
    void nobodySpendsWhatAnotherHasSpent() {
        assertThat(scenario.charge(TEAM, "60", "a")).isInstanceOf(Reply.Charged.class);
        assertThat(scenario.charge(OTHER_TEAM, "60", "b")).isInstanceOf(Reply.TooFewCredits.class);
        assertThat(scenario.charge(Scenario.ACME, "60", "c"))
                .isInstanceOf(Reply.TooFewCredits.class);
        assertThat(scenario.charge(OTHER_TEAM, "40", "d")).isInstanceOf(Reply.Charged.class);
    }

    @Test
    void aKeyBelongsToTheAccountItCameFor() {
        assertThat(scenario.charge(TEAM, "10", "same")).isInstanceOf(Reply.Charged.class);
        assertThat(scenario.charge(OTHER_TEAM, "20", "same"))
                .isInstanceOfSatisfying(
                        Reply.Charged.class, reply -> assertThat(reply.replayed()).isFalse());
        assertThat(scenario.charge(TEAM, "10", "same"))
                .isInstanceOfSatisfying(
                        Reply.Charged.class, reply -> assertThat(reply.replayed()).isTrue());
        assertThat(scenario.balance()).isEqualTo("70");
    }

    @Test
    void aChildHasItsOwnCapAndThePoolHasOneForAll() {
        cap(TEAM, 40);
        cap(Scenario.ACME, 60);

        assertThat(scenario.charge(TEAM, "41", "a"))
                .isInstanceOfSatisfying(
                        Reply.CapReached.class,
                        reached -> assertThat(reached.account()).isEqualTo(TEAM));
        assertThat(scenario.charge(TEAM, "40", "b")).isInstanceOf(Reply.Charged.class);
        assertThat(scenario.charge(OTHER_TEAM, "21", "c"))
                .isInstanceOfSatisfying(
                        Reply.CapReached.class,
                        reached -> assertThat(reached.account()).isEqualTo(Scenario.ACME));
        assertThat(scenario.charge(OTHER_TEAM, "20", "d")).isInstanceOf(Reply.Charged.class);
    }

    @Test
    void aHoldOfAChildCountsAgainstItsCapUntilItEnds() {
        cap(TEAM, 40);
        scenario.run(
                new Command.Authorise(
                        TEAM, Scenario.usage("30"), Duration.ofHours(1), Scenario.request("hold")));

        assertThat(scenario.charge(TEAM, "11", "a")).isInstanceOf(Reply.CapReached.class);
        assertThat(scenario.charge(OTHER_TEAM, "11", "b")).isInstanceOf(Reply.Charged.class);
        scenario.now = scenario.now.plus(Duration.ofHours(1));
        assertThat(scenario.charge(TEAM, "11", "c")).isInstanceOf(Reply.Charged.class);
    }

    @Test
    void whatConcernsThePoolIsAskedOfIt() {
        var deduct =
                scenario.run(
                        new Command.Deduct(TEAM, Credits.of(1), "", Scenario.request("deduct")));

        assertThat(deduct).isEqualTo(new Reply.DrawsOnPool(TEAM, Scenario.ACME));
    }

    @Test
    void aFrozenPoolFreezesItsChildrenAndAFrozenChildNobodyElse() {
        status(TEAM, AccountStatus.FROZEN);
        assertThat(scenario.charge(TEAM, "1", "a"))
                .isEqualTo(new Reply.AccountNotOpen(TEAM, AccountStatus.FROZEN));
        assertThat(scenario.charge(OTHER_TEAM, "1", "b")).isInstanceOf(Reply.Charged.class);
        status(Scenario.ACME, AccountStatus.CLOSED);
        assertThat(scenario.charge(OTHER_TEAM, "1", "c"))
                .isEqualTo(new Reply.AccountNotOpen(Scenario.ACME, AccountStatus.CLOSED));
    }

    @Test
    void aChildIsNoPoolAndAPoolIsOfTheSameWorkspace() {
        var third = new AccountId("live", "third");
        assertThat(openChild(third, TEAM)).isEqualTo(new Reply.NotAPool(third, TEAM));
        var elsewhere = new AccountId("test", "third");
        assertThat(openChild(elsewhere, Scenario.ACME))
                .isEqualTo(new Reply.NotAPool(elsewhere, Scenario.ACME));
        assertThat(openChild(TEAM, Scenario.ACME)).as("a retry").isInstanceOf(Reply.Opened.class);
    }

    @Test
    void partsTogetherCountAgainstTheChildsCapOneAfterTheOther() {
        cap(TEAM, 40);
        var parts =
                List.<Command>of(
                        new Command.Charge(TEAM, Scenario.usage("30"), Scenario.request("p1")),
                        new Command.Charge(TEAM, Scenario.usage("11"), Scenario.request("p2")));

        assertThat(scenario.run(new Command.All(TEAM, parts)))
                .isInstanceOfSatisfying(
                        Reply.PartRefused.class,
                        refused -> {
                            assertThat(refused.index()).isEqualTo(1);
                            assertThat(refused.refusal()).isInstanceOf(Reply.CapReached.class);
                        });
        assertThat(scenario.balance()).isEqualTo("100");
        assertThat(scenario.charge(TEAM, "40", "after")).isInstanceOf(Reply.Charged.class);
    }

    @Test
    void aChildIsOpenedInThePeriodThatThePoolIsIn() {
        scenario.now = Scenario.START.plus(Duration.ofDays(100));

        var late = new AccountId("live", "team-c");
        var opened = ((Reply.Opened) openChild(late, Scenario.ACME)).fact();

        assertThat(opened.periodEnd())
                .isEqualTo(scenario.account().periodEnd())
                .isAfter(scenario.now);
    }

    @Test
    void aClosedChildStaysClosed() {
        scenario.run(
                new Command.ChangeStatus(
                        TEAM,
                        AccountStatus.CLOSED,
                        "",
                        Scenario.request("request " + scenario.facts.size())));
        var closed = new Reply.AccountNotOpen(TEAM, AccountStatus.CLOSED);

        assertThat(
                        scenario.run(
                                new Command.ChangeStatus(
                                        TEAM,
                                        AccountStatus.OPEN,
                                        "",
                                        Scenario.request("request " + scenario.facts.size()))))
                .isEqualTo(closed);
        assertThat(
                        scenario.run(
                                new Command.SetLimits(
                                        TEAM,
                                        List.of(),
                                        Scenario.request("request " + scenario.facts.size()))))
                .isEqualTo(closed);
        assertThat(scenario.charge("1")).isInstanceOf(Reply.Charged.class);
    }

    @Test
    void capturesOfAChildTogetherCountOnceUnderItsLimits() {
        var cap = new Limit.Cap("cap", Limit.Scope.ALL, Limit.Window.DAY, Credits.of(50));
        scenario.run(
                new Command.SetLimits(
                        TEAM, List.of(cap), Scenario.request("request " + scenario.facts.size())));
        scenario.run(
                new Command.Authorise(
                        TEAM,
                        Scenario.usage("30"),
                        Duration.ofHours(1),
                        Scenario.request("request " + scenario.facts.size())));
        long hold = scenario.lastOf(Scenario.ACME, Fact.Held.class);
        var capture =
                new Command.Capture(
                        Scenario.ACME,
                        hold,
                        Scenario.usage("10"),
                        false,
                        false,
                        Scenario.request("request " + scenario.facts.size()));

        var reply = scenario.run(new Command.All(Scenario.ACME, List.of(capture)));

        assertThat(reply).isInstanceOf(Reply.All.class);
        assertThat(scenario.account(TEAM).limits().getFirst().used())
                .as("10 captured and 20 held")
                .isEqualTo(Credits.of(30));
        assertThat(scenario.ledger.state()).isEqualTo(scenario.replayed());
    }

    private Reply openChild(AccountId child, AccountId pool) {
        return scenario.run(new Command.OpenChild(child, pool, Scenario.request("open " + child)));
    }

    private void cap(AccountId account, long credits) {
        scenario.run(
                new Command.SetLimits(
                        account,
                        List.of(
                                new Limit.Cap(
                                        "monthly",
                                        Limit.Scope.ALL,
                                        Limit.Window.MONTH,
                                        Credits.of(credits))),
                        Scenario.request("cap " + account)));
    }

    private void status(AccountId account, AccountStatus status) {
        scenario.run(
                new Command.ChangeStatus(
                        account, status, "", Scenario.request("status " + account + status)));
    }
}
