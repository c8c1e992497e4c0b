package dev.scrip.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scrip.ledger.Draw;
import dev.scrip.ledger.Fact;
import dev.scrip.ledger.LedgerSettings;
import dev.scrip.pricing.Credits;
import dev.scrip.pricing.Money;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Facts that the ledger would not have decided, behind a chain that is right.
class PlantedFaultsTest extends PlantedFault {

    @Test
    void withoutAFaultItIsSound() {
        assertThat(audit(directory)).isInstanceOf(AuditReport.Sound.class);
    }

    @Test
    void aBalanceOffByAMillionthIsSeen() {
        var difference =
                unsound(
                        changed(
                                6,
                                fact ->
                                        charged(
                                                (Fact.Charged) fact,
                                                ((Fact.Charged) fact).draws(),
                                                fact.balance().plus(new Credits(1)))));

        assertThat(difference.what()).isEqualTo("the balance");
        assertThat(difference.account()).isEqualTo("live/acme");
        assertThat(difference.fact()).isEqualTo("ch_0000000006");
        assertThat(difference.expected()).isEqualTo("137");
        assertThat(difference.stated()).isEqualTo("137.000001");
    }

    @Test
    void aDrawFromTheWrongGrantIsSeen() {
        var difference =
                unsound(
                        changed(
                                6,
                                fact ->
                                        charged(
                                                (Fact.Charged) fact,
                                                List.of(
                                                        new Draw(
                                                                4,
                                                                Credits.of(2),
                                                                null,
                                                                Money.parse("0.001"))),
                                                fact.balance())));

        assertThat(difference.what()).isEqualTo("the grants drawn");
        assertThat(difference.expected()).contains("gr_0000000003");
        assertThat(difference.stated()).contains("gr_0000000004");
    }

    @Test
    void drawsThatDoNotAddUpAreSeen() {
        var difference =
                unsound(
                        changed(
                                6,
                                fact -> charged((Fact.Charged) fact, List.of(), fact.balance())));

        assertThat(difference.what()).isEqualTo("the grants drawn");
    }

    @Test
    void aChargeTwiceUnderOneKeyIsSeen() {
        var facts = facts();
        var last = (Fact.Charged) facts.getLast();
        facts.add(
                new Fact.Charged(
                        last.seq() + 1,
                        last.at().plusSeconds(60),
                        ACME,
                        last.request(),
                        last.usage(),
                        last.draws(),
                        last.balance().minus(last.usage().credits()),
                        last.quota(),
                        last.resetsAt()));

        assertThat(unsound(rewritten(facts)).what()).isEqualTo("facts under the key \"late\"");
    }

    @Test
    void theSameKeyIsFreeAgainAfterADay() {
        var facts = facts();
        var last = (Fact.Charged) facts.getLast();
        facts.add(
                new Fact.Charged(
                        last.seq() + 1,
                        last.at().plus(LedgerSettings.DEFAULT.requestWindow()).plusMillis(1),
                        ACME,
                        last.request(),
                        last.usage(),
                        last.draws(),
                        last.balance().minus(last.usage().credits()),
                        last.quota(),
                        last.resetsAt()));

        assertThat(audit(rewritten(facts))).isInstanceOf(AuditReport.Sound.class);
    }

    @Test
    void aLapseBeforeItsTimeIsSeen() {
        var facts = facts();
        int at = 0;
        while (!(facts.get(at) instanceof Fact.Expired)) {
            at++;
        }
        var lapse = (Fact.Expired) facts.get(at);
        var difference =
                unsound(
                        changed(
                                lapse.seq(),
                                _ ->
                                        new Fact.Expired(
                                                lapse.seq(),
                                                lapse.at(),
                                                ACME,
                                                lapse.grant(),
                                                lapse.rest(),
                                                lapse.instant().minusSeconds(1),
                                                lapse.balance())));

        assertThat(difference.what()).isEqualTo("the instant at which it happened by itself");
        assertThat(difference.expected()).isEqualTo("2026-02-10T10:00:00Z");
        assertThat(difference.stated()).isEqualTo("2026-02-10T09:59:59Z");
    }

    @Test
    void aLapseThatNeverCameIsSeen() {
        var facts = facts();
        facts.removeIf(fact -> fact.seq() > 9);
        var charge = (Fact.Charged) facts.get(7);
        facts.add(
                new Fact.Charged(
                        10,
                        START.plus(Duration.ofDays(11)),
                        ACME,
                        History.request("after", 0),
                        charge.usage(),
                        charge.draws(),
                        charge.balance(),
                        charge.quota(),
                        charge.resetsAt()));

        assertThat(unsound(rewritten(facts)).what()).isEqualTo("what happens by itself first");
    }

    @Test
    void aPeriodOnTheWrongDayIsSeen() {
        var facts = facts();
        long seq =
                facts.stream()
                        .filter(Fact.PeriodStarted.class::isInstance)
                        .findFirst()
                        .orElseThrow()
                        .seq();
        var difference =
                unsound(
                        changed(
                                seq,
                                fact -> {
                                    var started = (Fact.PeriodStarted) fact;
                                    return new Fact.PeriodStarted(
                                            started.seq(),
                                            started.at(),
                                            ACME,
                                            started.index(),
                                            started.start(),
                                            started.end().minus(Duration.ofDays(3)),
                                            started.balance());
                                }));

        assertThat(difference.what()).isEqualTo("the end of the period");
        assertThat(difference.expected()).isEqualTo("2026-03-31T10:00:00Z");
    }

    @Test
    void timeThatGoesBackIsSeen() {
        var facts = facts();
        var last = (Fact.Charged) facts.getLast();
        facts.set(
                facts.size() - 1,
                new Fact.Charged(
                        last.seq(),
                        START,
                        ACME,
                        last.request(),
                        last.usage(),
                        last.draws(),
                        last.balance(),
                        last.quota(),
                        last.resetsAt()));

        assertThat(unsound(rewritten(facts)).what()).isEqualTo("the time of the fact");
    }
}
