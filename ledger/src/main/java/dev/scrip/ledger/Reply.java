package dev.scrip.ledger;

import dev.scrip.pricing.Credits;
import java.time.Instant;

/// The answer to a command. A refusal changed nothing and may be asked again under the same key.
public sealed interface Reply {

    /// The account is open.
    ///
    /// @param replayed true when an earlier request with this key already did it
    record Opened(Fact.AccountOpened fact, boolean replayed) implements Reply {}

    /// The credits are there.
    ///
    /// @param replayed true when an earlier request with this key already did it
    record Granted(Fact.Granted fact, boolean replayed) implements Reply {}

    /// The credits were taken.
    ///
    /// @param replayed true when an earlier request with this key already did it
    record Charged(Fact.Charged fact, boolean replayed) implements Reply {}

    record Account(AccountView view) implements Reply {}

    /// What was asked is done, as the fact says.
    ///
    /// @param replayed true when an earlier request with this key already did it
    record Done(Fact fact, boolean replayed) implements Reply {}

    /// No request with this key was answered.
    record NotAnswered() implements Reply {}

    /// The answer that a fact gave when its request was made first.
    static Reply repeated(Fact fact) {
        return switch (fact) {
            case Fact.AccountOpened opened -> new Opened(opened, true);
            case Fact.Granted granted -> new Granted(granted, true);
            case Fact.Charged charged -> new Charged(charged, true);
            case Fact.Held _,
                    Fact.HoldExtended _,
                    Fact.Captured _,
                    Fact.Released _,
                    Fact.Reversed _,
                    Fact.Voided _,
                    Fact.OverageSet _,
                    Fact.StatusChanged _ ->
                    new Done(fact, true);
            case Fact.PeriodStarted _, Fact.Expired _, Fact.Settled _ ->
                    throw new IllegalStateException("Fact " + fact.seq() + " answers no request.");
        };
    }

    /// Refusals, in the order they are checked.
    sealed interface Refusal extends Reply {}

    /// The key was used for a request that asked something else.
    record KeyReused(AccountId account, String key) implements Refusal {}

    record NoSuchAccount(AccountId account) implements Refusal {}

    /// The account is frozen or closed.
    record AccountNotOpen(AccountId account, AccountStatus status) implements Refusal {}

    /// The hold was captured or released, has expired, or never was.
    record HoldNotOpen(AccountId account, long hold) implements Refusal {}

    record CaptureExceedsHold(AccountId account, Credits held, Credits asked) implements Refusal {}

    /// More of a charge was to be taken back than is left of it.
    record ReversalExceedsCharge(AccountId account, Credits left) implements Refusal {}

    /// The account has no such grant with anything left.
    record NothingToVoid(AccountId account, long grant) implements Refusal {}

    record AccountExists(AccountId account) implements Refusal {}

    /// The deposit would take the balance out of the range of [Credits].
    record BalanceOverflow(AccountId account, Credits balance) implements Refusal {}

    record TooFewCredits(
            AccountId account, Credits required, Credits remaining, Credits quota, Instant resetsAt)
            implements Refusal {}
}
