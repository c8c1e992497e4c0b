package dev.scrip.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scrip.pricing.Credits;
import dev.scrip.pricing.Money;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Several commands that are done together or not at all.
class TogetherTest {

    private final Scenario scenario = new Scenario();

    @BeforeEach
    void openAccount() {
        scenario.open(Scenario.ACME, "100");
    }

    @Test
    void allPartsAreTaken() {
        var reply = (Reply.All) scenario.run(all(charge("60", "a"), charge("40", "b")));

        assertThat(reply.parts()).hasSize(2).allMatch(Reply.Charged.class::isInstance);
        assertThat(scenario.balance()).isEqualTo("0");
    }

    @Test
    void noneIsTakenWhenOneIsRefused() {
        int before = scenario.facts.size();
        var reply = scenario.run(all(charge("60", "a"), charge("41", "b")));

        assertThat(reply)
                .isEqualTo(
                        new Reply.PartRefused(
                                Scenario.ACME,
                                1,
                                new Reply.TooFewCredits(
                                        Scenario.ACME,
                                        Credits.of(41),
                                        Credits.of(40),
                                        Credits.of(100),
                                        scenario.account().periodEnd())));
        assertThat(scenario.facts).hasSize(before);
        assertThat(scenario.balance()).isEqualTo("100");
    }

    @Test
    void aRetryGetsAllAnswersAgain() {
        var parts = all(charge("10", "a"), charge("20", "b"));
        var first = (Reply.All) scenario.run(parts);
        int facts = scenario.facts.size();
        var again = (Reply.All) scenario.run(parts);

        assertThat(scenario.facts).hasSize(facts);
        assertThat(again.parts())
                .extracting(part -> ((Reply.Charged) part).fact())
                .isEqualTo(
                        first.parts().stream().map(part -> ((Reply.Charged) part).fact()).toList());
        assertThat(again.parts()).allMatch(part -> ((Reply.Charged) part).replayed());
    }

    @Test
    void aKeyOfAnEarlierRequestIsNotTakenForAPart() {
        scenario.run(charge("10", "a"));

        assertThat(scenario.run(all(charge("10", "a"), charge("20", "b"))))
                .isInstanceOf(Reply.KeyReused.class);
        assertThat(scenario.balance()).isEqualTo("90");
    }

    @Test
    void aLeaseIsUsedForSeveralOperationsAndNeverBeyondWhatWasLent() {
        scenario.run(
                new Command.Authorise(
                        Scenario.ACME,
                        Scenario.usage("lease", Credits.of(50)),
                        true,
                        Duration.ofHours(1),
                        Scenario.request("lend")));
        long lease = scenario.lastOf(Scenario.ACME, Fact.Held.class);

        assertThat(
                        scenario.run(
                                all(
                                        report(lease, "image.resize", 30, "r1"),
                                        report(lease, "chat", 15, "r2"))))
                .isInstanceOf(Reply.All.class);
        assertThat(
                        scenario.run(
                                all(
                                        report(lease, "chat", 3, "r3"),
                                        report(lease, "chat", 3, "r4"))))
                .isInstanceOf(Reply.PartRefused.class);
        assertThat(scenario.account().held()).isEqualTo(Credits.of(5));
        scenario.now = scenario.now.plus(Duration.ofHours(1));
        assertThat(scenario.balance()).as("a lost client's rest").isEqualTo("55");
    }

    @Test
    void aRestrictedGrantPaysForItsOperationsOnly() {
        scenario.run(
                new Command.GrantCredits(
                        Scenario.ACME,
                        new GrantTerms(
                                Credits.of(50),
                                0,
                                GrantCategory.PROMOTIONAL,
                                scenario.now,
                                null,
                                Money.ZERO,
                                List.of("image.*")),
                        Scenario.request("gift")));
        assertThat(scenario.balance()).isEqualTo("150");

        assertThat(scenario.run(new Command.Charge(Scenario.ACME, usage("chat", 101), key("a"))))
                .isInstanceOfSatisfying(
                        Reply.TooFewCredits.class,
                        refused -> assertThat(refused.remaining()).isEqualTo(Credits.of(100)));
        assertThat(scenario.run(new Command.Charge(Scenario.ACME, usage("chat", 100), key("b"))))
                .isInstanceOf(Reply.Charged.class);
        assertThat(
                        scenario.run(
                                new Command.Charge(
                                        Scenario.ACME, usage("image.resize", 50), key("c"))))
                .isInstanceOf(Reply.Charged.class);
        assertThat(scenario.balance()).isEqualTo("0");
    }

    @Test
    void aBonusComesWithItsPurchase() {
        var bought =
                new GrantTerms(
                        Credits.of(1_000),
                        50,
                        GrantCategory.PAID,
                        scenario.now,
                        null,
                        Money.parse("0.001"));
        var bonus =
                new GrantTerms(
                        Credits.of(100),
                        50,
                        GrantCategory.PROMOTIONAL,
                        scenario.now,
                        scenario.now.plus(Duration.ofDays(30)),
                        Money.ZERO);
        scenario.run(
                new Command.GrantCredits(
                        Scenario.ACME, bought, bonus, GrantOrigin.ASKED, Scenario.request("buy")));

        var granted = (Fact.Granted) scenario.facts.getLast();
        assertThat(granted.origin())
                .isEqualTo(GrantOrigin.causedBy(GrantOrigin.Kind.BONUS, granted.seq() - 1));
        assertThat(scenario.balance()).isEqualTo("1200");
    }

    @Test
    void anOperatorTakesCreditsThatWereNotUsed() {
        scenario.grant("50", GrantCategory.PROMOTIONAL, 0, null);
        var taken =
                scenario.run(
                        new Command.Deduct(Scenario.ACME, Credits.of(70), "by mistake", key("d")));

        assertThat(taken)
                .isInstanceOfSatisfying(
                        Reply.Done.class,
                        done ->
                                assertThat(((Fact.Adjusted) done.fact()).credits())
                                        .isEqualTo(Credits.of(70)));
        assertThat(scenario.balance()).isEqualTo("80");
        assertThat(scenario.run(new Command.Deduct(Scenario.ACME, Credits.of(81), "", key("e"))))
                .isInstanceOf(Reply.TooFewCredits.class);
    }

    @Test
    void whatIsInvoicedIsNotTakenFromPurchases() {
        scenario.run(
                new Command.SetOverage(
                        Scenario.ACME,
                        new Overage(Credits.of(50), Overage.Payment.INVOICED),
                        key("owe")));
        scenario.charge("120");
        scenario.grant("30", GrantCategory.PAID, 50, null);
        assertThat(scenario.balance()).isEqualTo("30");
        assertThat(scenario.account().receivable()).isEqualTo(Credits.of(20));

        assertThat(pay(Credits.of(21)))
                .isEqualTo(new Reply.PaymentExceedsReceivable(Scenario.ACME, Credits.of(20)));
        assertThat(pay(Credits.of(5))).isInstanceOf(Reply.Done.class);
        assertThat(pay(null)).isInstanceOf(Reply.Done.class);
        assertThat(scenario.account().receivable()).isEqualTo(Credits.ZERO);
    }

    private Reply pay(@Nullable Credits credits) {
        return scenario.run(
                new Command.PayReceivable(
                        Scenario.ACME, credits, "invoice 7", key("pay " + credits)));
    }

    private static Command all(Command... parts) {
        return new Command.All(Scenario.ACME, List.of(parts));
    }

    private static Command charge(String credits, String key) {
        return new Command.Charge(Scenario.ACME, Scenario.usage(credits), key(key));
    }

    private static Command report(long lease, String operation, long credits, String key) {
        return new Command.Capture(
                Scenario.ACME, lease, usage(operation, credits), false, false, key(key));
    }

    private static RatedUsage usage(String operation, long credits) {
        return Scenario.usage(operation, Credits.of(credits));
    }

    private static RequestKey key(String key) {
        return Scenario.request(key);
    }
}
