package dev.scrip.audit;

import static dev.scrip.audit.Records.with;

import dev.scrip.ledger.AccountId;
import dev.scrip.ledger.Fact;
import dev.scrip.ledger.LedgerSettings;
import dev.scrip.ledger.Limit;
import dev.scrip.pricing.Credits;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Faults that can be planted into a sound history.
final class Faults {

    static final List<List<Fact>> SOUND = Script.batches();
    static final Credits ONE_MORE = new Credits(1);

    /// What it makes of the sound history.
    interface Fault extends UnaryOperator<List<List<Fact>>> {}

    private Faults() {}

    static void check(List<List<Fact>> batches) {
        var facts = batches.stream().flatMap(List::stream).toList();
        var check = new FactCheck(LedgerSettings.DEFAULT, seq -> facts.get((int) seq - 1));
        for (var batch : batches) {
            batch.forEach(check::check);
            check.endBatch(batch.getLast());
        }
    }

    static <T extends Fact> T nth(Class<T> kind, int n) {
        return SOUND.stream()
                .flatMap(List::stream)
                .filter(kind::isInstance)
                .map(kind::cast)
                .skip(n)
                .findFirst()
                .orElseThrow();
    }

    static AccountId id(String name) {
        return new AccountId("live", name);
    }

    static Limit limit(int set, int limit) {
        return nth(Fact.LimitsSet.class, set).limits().get(limit);
    }

    static Fault withLimit(int set, int at, Limit limit) {
        var limits = new ArrayList<>(nth(Fact.LimitsSet.class, set).limits());
        limits.set(at, limit);
        return changed(nth(Fact.LimitsSet.class, set), "limits", limits);
    }

    /// A millionth of a credit more.
    static Fault more(Fact fact, String path) {
        return batches -> mapped(batches, fact, found -> List.of(added(found, path)));
    }

    private static <T> T added(T record, String path) {
        int dot = path.indexOf('.');
        var name = dot < 0 ? path : path.substring(0, dot);
        var value = Records.get(record, name);
        return with(
                record,
                name,
                dot < 0 ? ((Credits) value).plus(ONE_MORE) : added(value, path.substring(dot + 1)));
    }

    /// @param path of components, such as `usage.child`
    static Fault changed(Fact fact, String path, @Nullable Object value) {
        return batches -> mapped(batches, fact, found -> List.of(set(found, path, value)));
    }

    private static <T> T set(T record, String path, @Nullable Object value) {
        int dot = path.indexOf('.');
        var name = dot < 0 ? path : path.substring(0, dot);
        return with(
                record,
                name,
                dot < 0 ? value : set(Records.get(record, name), path.substring(dot + 1), value));
    }

    static Fault replaced(Fact fact, Fact other) {
        return batches -> mapped(batches, fact, _ -> List.of(other));
    }

    static Fault without(Fact fact) {
        return batches -> mapped(batches, fact, _ -> List.of());
    }

    static Fault inserted(Fact after, Fact fact) {
        return batches -> mapped(batches, after, found -> List.of(found, fact));
    }

    /// With something else in the place of a fact, and numbered without a gap.
    private static List<List<Fact>> mapped(
            List<List<Fact>> batches, Fact fact, Function<Fact, List<Fact>> change) {
        var changed = new ArrayList<List<Fact>>();
        long seq = 0;
        for (var batch : batches) {
            var facts = new ArrayList<Fact>();
            for (var found : batch) {
                for (var next : found.seq() == fact.seq() ? change.apply(found) : List.of(found)) {
                    facts.add(with(next, "seq", ++seq));
                }
            }
            if (!facts.isEmpty()) {
                changed.add(facts);
            }
        }
        return changed;
    }
}
