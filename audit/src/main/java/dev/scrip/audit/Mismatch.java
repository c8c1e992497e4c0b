package dev.scrip.audit;

import dev.scrip.ledger.Fact;
import org.jspecify.annotations.Nullable;

/// Carries the first difference up to [Audit]; nothing after it can be judged.
final class Mismatch extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient Difference difference;

    Mismatch(Difference difference) {
        super(difference.toString(), null, false, false);
        this.difference = difference;
    }

    Mismatch(Fact fact, String what, @Nullable Object expected, @Nullable Object stated) {
        this(
                new Difference(
                        fact.id(),
                        fact.account().toString(),
                        what,
                        String.valueOf(expected),
                        String.valueOf(stated)));
    }

    Difference difference() {
        return difference;
    }

    static void unless(
            boolean holds,
            Fact fact,
            String what,
            @Nullable Object expected,
            @Nullable Object stated) {
        if (!holds) {
            throw new Mismatch(fact, what, expected, stated);
        }
    }

    static void unlessEqual(Fact fact, String what, Object expected, Object stated) {
        unless(expected.equals(stated), fact, what, expected, stated);
    }
}
