package dev.scrip.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scrip.ledger.Batch;
import dev.scrip.ledger.Fact;
import dev.scrip.ledger.InMemoryJournal;
import dev.scrip.metering.Explaining;
import dev.scrip.metering.Explaining.Cause;
import dev.scrip.pricing.Credits;
import dev.scrip.storage.DataDirectory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What moved a balance is worked out from facts for every fact that the real engine writes, and a
/// balance that is wrong is shown. More histories with -Dscrip.seeds=1000; a failure prints its
/// seed.
class ExplainedHistoryTest {

    private static final int SEEDS = Integer.getInteger("scrip.seeds", 60);

    @TempDir private Path directory;

    @Test
    void everyChangeOfABalanceIsExplained() {
        var seen = new EnumMap<Cause, Integer>(Cause.class);
        for (long seed = 1; seed <= SEEDS; seed++) {
            var facts = facts(History.inMemory(seed, 100));

            assertThat(unexplained("sound-" + seed, facts, seen)).as("seed %d", seed).isEmpty();
        }
        assertThat(seen.keySet())
                .as("all that moves a balance was met")
                .containsExactlyInAnyOrder(
                        Cause.GRANTED,
                        Cause.CHARGED,
                        Cause.HELD,
                        Cause.CAPTURED,
                        Cause.RELEASED,
                        Cause.LAPSED,
                        Cause.REVERSED,
                        Cause.VOIDED,
                        Cause.SETTLED,
                        Cause.ADJUSTED,
                        Cause.MEANWHILE);
    }

    /// A credit too many in one fact shows in its own entry, and as one too few in the next.
    @Test
    void aBalanceThatIsWrongIsShown() {
        var facts = facts(History.inMemory(3, 100));
        for (int i = 1; i < facts.size(); i += 7) {
            var fact = facts.get(i);
            if (fact instanceof Fact.AccountOpened) {
                continue;
            }
            var wrong = with(facts, i, balance -> balance.plus(Credits.of(1)));

            var found = unexplained("wrong-" + i, wrong, new EnumMap<>(Cause.class));

            assertThat(found).as("%s", fact).containsEntry(fact.seq(), Credits.of(1));
            var after = Credits.ZERO.minus(Credits.of(1));
            assertThat(found.entrySet())
                    .as("%s", fact)
                    .allMatch(entry ->
                            entry.getKey() == fact.seq() || entry.getValue().equals(after));
        }
    }

    private static List<Fact> facts(InMemoryJournal journal) {
        var facts = new ArrayList<Fact>();
        journal.read(0, batch -> facts.addAll(batch.facts()));
        return facts;
    }

    private static List<Fact> with(List<Fact> facts, int index, UnaryOperator<Credits> balance) {
        var changed = new ArrayList<>(facts);
        var fact = facts.get(index);
        changed.set(index, Records.with(fact, "balance", balance.apply(fact.balance())));
        return changed;
    }

    /// What nothing accounts for, by the number of the fact. Counts the causes there are.
    private Map<Long, Credits> unexplained(
            String folder, List<Fact> facts, Map<Cause, Integer> seen) {
        var unexplained = new TreeMap<Long, Credits>();
        try (var data = DataDirectory.open(directory.resolve(folder));
                var journal = data.journal()) {
            journal.append(new Batch(facts));
            try (var models = data.readModels(journal::head)) {
                var explaining = new Explaining(models);
                for (var fact : facts) {
                    var explanation = explaining.explain(fact);
                    var sum = explanation.before();
                    for (var change : explanation.changes()) {
                        seen.merge(change.cause(), 1, Integer::sum);
                        sum = sum.plus(change.credits());
                        if (change.cause() == Cause.UNEXPLAINED) {
                            unexplained.put(fact.seq(), change.credits());
                        }
                    }
                    assertThat(sum).isEqualTo(fact.balance());
                }
            }
        }
        return unexplained;
    }
}
