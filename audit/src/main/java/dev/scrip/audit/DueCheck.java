package dev.scrip.audit;

import dev.scrip.ledger.AccountId;
import dev.scrip.ledger.Fact;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// That everything happens when it is due: what happens by itself, and what is told of it.
final class DueCheck {

    /// What was decided last; null at the start of a batch.
    private @Nullable Decided decided;

    /// @param asked whose request it was
    /// @param mayGoOn whether it may be a part of several commands, decided together with the next
    private record Decided(AccountBook payer, AccountId asked, Instant at, boolean mayGoOn) {

        boolean goesOnWith(Fact fact, AccountBook nextPayer) {
            boolean samePart =
                    mayGoOn && fact instanceof Fact.Burned && asked.equals(Caller.asked(fact));
            return payer == nextPayer
                    && at.equals(fact.at())
                    && (samePart || happensByItself(fact));
        }
    }

    /// What was decided together is complete.
    void endBatch(Fact last) {
        var before = decided;
        if (before != null) {
            requireNothing(before.payer, last, before.at);
        }
        decided = null;
    }

    /// Before and after what was asked for, all that happens by itself must have happened, and all
    /// that is to be told must be. Only the parts of several commands have nothing between them.
    void requireNothing(AccountBook payer, Fact fact) {
        var before = decided;
        boolean goesOn = before != null && before.goesOnWith(fact, payer);
        if (before != null && !goesOn) {
            requireNothing(before.payer, fact, before.at);
        }
        if (!goesOn && !happensByItself(fact)) {
            requireNothing(payer, fact, fact.at());
        }
        decided = new Decided(payer, Caller.asked(fact), fact.at(), fact instanceof Fact.Burned);
    }

    private static void requireNothing(AccountBook payer, Fact fact, Instant at) {
        requireNotDue(payer, fact, at);
        WatchCheck.requireNothing(payer, fact, at);
    }

    private static void requireNotDue(AccountBook payer, Fact fact, Instant at) {
        var due = payer.nextDue();
        if (!due.isAfter(at)) {
            throw new Mismatch(
                    new Difference(
                            fact.id(),
                            payer.id.toString(),
                            "what happens by itself first",
                            "what is due at " + due,
                            "nothing"));
        }
    }

    private static boolean happensByItself(Fact fact) {
        return switch (fact) {
            case Fact.Expired _,
                    Fact.PeriodStarted _,
                    Fact.AlertFired _,
                    Fact.AlertRearmed _,
                    Fact.TopUpRequested _ ->
                    true;
            case Fact.Released released -> released.request() == null;
            case Fact.PlanChanged changed -> changed.request() == null;
            default -> false;
        };
    }

    /// At which instant the fact counts. What was due by then must have happened.
    static Instant asOf(AccountBook account, Fact fact) {
        var due = account.nextDue();
        var instant =
                switch (fact) {
                    case Fact.Expired expired -> expired.instant();
                    case Fact.PeriodStarted started -> started.start();
                    case Fact.PlanChanged changed when changed.request() == null -> changed.start();
                    case Fact.Released released
                            when released.reason() == Fact.ReleaseReason.EXPIRED ->
                            due;
                    default -> null;
                };
        if (instant == null) {
            requireNotDue(account, fact, fact.at());
            return fact.at();
        }
        Mismatch.unlessEqual(fact, "the instant at which it happened by itself", due, instant);
        Mismatch.unless(
                !instant.isAfter(fact.at()),
                fact,
                "the instant at which it happened by itself",
                fact.at() + " or earlier",
                instant);
        return instant;
    }
}
