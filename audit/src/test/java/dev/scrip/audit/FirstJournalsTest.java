package dev.scrip.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.scrip.ledger.AccountId;
import dev.scrip.ledger.Command;
import dev.scrip.ledger.Draw;
import dev.scrip.ledger.Fact;
import dev.scrip.ledger.GrantCategory;
import dev.scrip.ledger.GrantTerms;
import dev.scrip.ledger.InMemoryJournal;
import dev.scrip.ledger.LedgerSettings;
import dev.scrip.ledger.Partition;
import dev.scrip.ledger.PartitionSettings;
import dev.scrip.ledger.PlanTerms;
import dev.scrip.ledger.Reply;
import dev.scrip.ledger.Snapshots;
import dev.scrip.pricing.Credits;
import dev.scrip.pricing.Money;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The first journals charged usage that arrived late to what the account had by then, and are
/// sound. It goes no further: the charge must draw on exactly that, be late, and come before the
/// first one that draws on what there was when it happened.
class FirstJournalsTest {

    private static final AccountId ACME = new AccountId("live", "acme");
    private static final Instant START = Instant.parse("2026-01-10T10:00:00Z");
    private static final Credits FIVE = Credits.of(5);

    private final InMemoryJournal journal = new InMemoryJournal();
    private volatile Instant now = START;
    private int requests;
    private List<Fact> facts = new ArrayList<>();

    private Fact.Granted lapsed;
    private Fact.Granted later;
    private Fact.Granted other;
    private Fact.Charged first;
    private Fact.Charged second;
    private Fact.Charged onTime;

    /// An account without a plan's credits, on which late usage finds a grant that has lapsed
    /// since, and two that took effect later. The engine of today charges the one that has lapsed.
    @BeforeEach
    void write() {
        try (var partition =
                new Partition(
                        journal, Snapshots.NONE, PartitionSettings.DEFAULT, () -> now, () -> {})) {
            var plan = new PlanTerms("none", Credits.ZERO, Money.ZERO);
            partition.submit(
                    new Command.OpenAccount(ACME, plan, ZoneOffset.UTC, History.request("o", 0)));
            lapsed = grant(partition, Duration.ofHours(1));
            var usedAt = now;
            now = now.plus(Duration.ofHours(2));
            later = grant(partition, Duration.ofHours(40));
            other = grant(partition, Duration.ofHours(50));
            first = charge(partition, usedAt);
            second = charge(partition, usedAt);
            onTime = charge(partition, now);
        }
        journal.read(0, batch -> facts.addAll(batch.facts()));
    }

    private Fact.Granted grant(Partition partition, Duration life) {
        var terms =
                new GrantTerms(
                        Credits.of(20),
                        50,
                        GrantCategory.PROMOTIONAL,
                        now,
                        now.plus(life),
                        Money.ZERO);
        var request = History.request("r" + requests++, 0);
        return ((Reply.Granted) partition.submit(new Command.GrantCredits(ACME, terms, request)))
                .fact();
    }

    private Fact.Charged charge(Partition partition, Instant usedAt) {
        var request = History.request("r" + requests++, 0);
        var usage = History.usage(FIVE).usedAt(usedAt);
        return ((Reply.Charged) partition.submit(new Command.Charge(ACME, usage, request))).fact();
    }

    /// As the first journals had it: what the account has pays, and its balance goes down by it.
    private void drawOn(Fact.Charged charge, Fact.Granted grant) {
        int index = (int) charge.seq() - 1;
        boolean wasLive = !charge.draws().getFirst().hasLapsed(charge.at());
        var draw = new Draw(grant.seq(), FIVE, grant.terms().expires(), grant.terms().costBasis());
        facts.set(index, Records.with(facts.get(index), "draws", List.of(draw)));
        if (!wasLive) {
            for (int i = index; i < facts.size(); i++) {
                var fact = facts.get(i);
                facts.set(i, Records.with(fact, "balance", fact.balance().minus(FIVE)));
            }
        }
    }

    private void check() {
        var check = new FactCheck(LedgerSettings.DEFAULT, seq -> facts.get((int) seq - 1));
        for (var fact : facts) {
            check.check(fact);
            check.endBatch(fact);
        }
    }

    @Test
    void whatTheEngineOfTodayWritesDrawsOnWhatHadLapsed() {
        assertThat(first.draws()).extracting(Draw::grant).containsExactly(lapsed.seq());
        assertThat(second.draws()).extracting(Draw::grant).containsExactly(lapsed.seq());
        assertThat(onTime.draws()).extracting(Draw::grant).containsExactly(later.seq());
        assertThatCode(this::check).doesNotThrowAnyException();
    }

    @Test
    void aJournalThatAlwaysChargedWhatThereWasByThenIsSound() {
        drawOn(first, later);
        drawOn(second, later);

        assertThatCode(this::check).doesNotThrowAnyException();
    }

    @Test
    void aJournalMayBeginToDrawOnWhatThereWasWhenItHappened() {
        drawOn(first, later);

        assertThatCode(this::check).doesNotThrowAnyException();
    }

    @Test
    void aJournalThatKnowsBetterMustGoOnSo() {
        drawOn(second, later);

        assertThatThrownBy(this::check)
                .isInstanceOf(Mismatch.class)
                .hasMessageContaining("the grants drawn");
    }

    /// In neither order is that grant the next.
    @Test
    void whatThereWasByThenIsStillDrawnInItsOrder() {
        drawOn(first, other);

        assertThatThrownBy(this::check)
                .isInstanceOf(Mismatch.class)
                .hasMessageContaining("the grants drawn");
    }

    /// By a caller's clock that is ahead: what takes effect until then does not pay for it.
    @Test
    void usageFromTheFutureIsPaidByWhatThereIs() {
        Fact.Charged early;
        try (var partition =
                new Partition(
                        journal, Snapshots.NONE, PartitionSettings.DEFAULT, () -> now, () -> {})) {
            var terms =
                    new GrantTerms(
                            Credits.of(20),
                            1,
                            GrantCategory.PROMOTIONAL,
                            now.plus(Duration.ofMinutes(2)),
                            now.plus(Duration.ofHours(9)),
                            Money.ZERO);
            partition.submit(
                    new Command.GrantCredits(ACME, terms, History.request("r" + requests++, 0)));
            early = charge(partition, now.plus(Duration.ofMinutes(4)));
        }
        facts = new ArrayList<>();
        journal.read(0, batch -> facts.addAll(batch.facts()));

        assertThat(early.draws()).extracting(Draw::grant).containsExactly(later.seq());
        assertThatCode(this::check).doesNotThrowAnyException();
    }

    @Test
    void usageThatIsNotLateHasNoChoice() {
        drawOn(first, later);
        drawOn(second, later);
        drawOn(onTime, lapsed);

        assertThatThrownBy(this::check)
                .isInstanceOf(Mismatch.class)
                .hasMessageContaining("the grants drawn");
    }
}
