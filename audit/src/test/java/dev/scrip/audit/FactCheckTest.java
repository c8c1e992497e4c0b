package dev.scrip.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scrip.ledger.Fact;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The second hand agrees with the engine on every fact of many histories. More of them with
/// -Dscrip.seeds=10000; a failure prints its seed.
class FactCheckTest {

    private static final int SEEDS = Integer.getInteger("scrip.seeds", 300);
    private static final int STEPS = 200;

    @Test
    void theSecondHandAgreesWithTheEngine() {
        var facts = new HashMap<Class<?>, Integer>();
        for (long seed = 1; seed <= SEEDS; seed++) {
            try {
                check(seed, facts);
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
            }
        }
        assertThat(facts.keySet()).as("kinds that were looked at").isEqualTo(kinds());
    }

    private static void check(long seed, Map<Class<?>, Integer> facts) {
        var journal = History.inMemory(seed, STEPS);
        var check = new FactCheck(History.SETTINGS, journal::fact);
        journal.read(
                0,
                batch -> {
                    for (var fact : batch.facts()) {
                        check.check(fact);
                        facts.merge(fact.getClass(), 1, Integer::sum);
                    }
                    check.endBatch(batch.facts().getLast());
                });
        assertThat(check.accounts().values()).as("seed %d", seed).allMatch(AccountBook::addsUp);
    }

    private static Set<Class<?>> kinds() {
        return Stream.of(Fact.class.getPermittedSubclasses())
                .flatMap(kind ->
                        kind.isSealed()
                                ? Stream.of(kind.getPermittedSubclasses())
                                : Stream.of(kind))
                .collect(Collectors.toSet());
    }
}
