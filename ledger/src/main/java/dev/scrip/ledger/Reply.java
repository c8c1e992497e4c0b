package dev.scrip.ledger;

import dev.scrip.pricing.Credits;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

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
    /// @param rates what it left of all rate limits it is about, a child's before its pool's; empty
    ///   when replayed, since that counted nothing
    record Charged(Fact.Charged fact, boolean replayed, List<RateLeft> rates) implements Reply {

        public Charged(Fact.Charged fact, boolean replayed) {
            this(fact, replayed, List.of());
        }
    }

    /// The credits are set aside.
    ///
    /// @param replayed true when an earlier request with this key already did it
    /// @param rates as of [Charged]: it counts as a call
    record Held(Fact.Held fact, boolean replayed, List<RateLeft> rates) implements Reply {

        public Held(Fact.Held fact, boolean replayed) {
            this(fact, replayed, List.of());
        }
    }

    record Account(AccountView view) implements Reply {}

    /// What prices may depend on of an account: a child has that of its pool.
    ///
    /// @param payer the account whose grants pay
    /// @param plan the id of its plan
    /// @param commitment credits a month that it has promised to buy
    /// @param used credits charged to it in its period so far, less what was taken back
    record Terms(AccountId payer, String plan, Credits commitment, Credits used) implements Reply {}

    /// What a call would come to.
    ///
    /// @param refusal null when it would be taken
    record Estimated(AccountView view, @Nullable Refusal refusal) implements Reply {}

    /// What was asked is done, as the fact says.
    ///
    /// @param replayed true when an earlier request with this key already did it
    record Done(Fact fact, boolean replayed) implements Reply {}

    /// All parts of a command were done, in their order.
    record All(List<Reply> parts) implements Reply {}

    /// No request with this key was answered.
    record NotAnswered() implements Reply {}

    /// The answer that a fact gave when its request was made first.
    static Reply repeated(Fact fact) {
        return switch (fact) {
            case Fact.AccountOpened opened -> new Opened(opened, true);
            case Fact.Granted granted -> new Granted(granted, true);
            case Fact.Charged charged -> new Charged(charged, true);
            case Fact.Held held -> new Held(held, true);
            case Fact.HoldExtended _,
                    Fact.Captured _,
                    Fact.Released _,
                    Fact.Reversed _,
                    Fact.Voided _,
                    Fact.OverageSet _,
                    Fact.ReceivablePaid _,
                    Fact.Adjusted _,
                    Fact.PlanChanged _,
                    Fact.PlanChangeScheduled _,
                    Fact.LimitsSet _,
                    Fact.AlertsSet _,
                    Fact.TopUpRuleSet _,
                    Fact.TopUpFailed _,
                    Fact.CommitmentSet _,
                    Fact.StatusChanged _ ->
                    new Done(fact, true);
            case Fact.PeriodStarted _,
                    Fact.Expired _,
                    Fact.Settled _,
                    Fact.AlertFired _,
                    Fact.AlertRearmed _,
                    Fact.TopUpRequested _ ->
                    throw new IllegalStateException("Fact " + fact.seq() + " answers no request.");
        };
    }

    /// Refusals, in the order they are checked; a child's own before its pool's.
    sealed interface Refusal extends Reply {}

    /// The key was used for a request that asked something else.
    record KeyReused(AccountId account, String key) implements Refusal {}

    record NoSuchAccount(AccountId account) implements Refusal {}

    /// One part of a command was refused, and so all of it.
    ///
    /// @param index of the part, from 0
    record PartRefused(AccountId account, int index, Refusal refusal) implements Refusal {}

    /// The account, or the one on whose grants it draws, is frozen or closed.
    record AccountNotOpen(AccountId account, AccountStatus status) implements Refusal {}

    /// The account was closed before its top-up was paid. It can be granted nothing any more: what
    /// was paid goes back, and the top-up is failed.
    record TopUpOfClosedAccount(AccountId account, long topUp) implements Refusal {}

    /// A child account has no grants, plan or overage of its own: ask its pool.
    record DrawsOnPool(AccountId account, AccountId pool) implements Refusal {}

    /// The account to draw on is a child itself, or has none of its workspace's name.
    record NotAPool(AccountId account, AccountId pool) implements Refusal {}

    /// The hold was captured or released, has expired, or never was.
    record HoldNotOpen(AccountId account, long hold) implements Refusal {}

    record CaptureExceedsHold(AccountId account, Credits held, Credits asked) implements Refusal {}

    /// More of a charge was to be taken back than is left of it.
    record ReversalExceedsCharge(AccountId account, Credits left) implements Refusal {}

    /// The account has no such grant with anything left.
    record NothingToVoid(AccountId account, long grant) implements Refusal {}

    record AccountExists(AccountId account) implements Refusal {}

    /// The top-up was never asked for, or is paid or failed already.
    record TopUpNotOpen(AccountId account, long topUp) implements Refusal {}

    /// The account is on this plan already, by the same terms: a change at once would only start
    /// its period anew.
    record PlanUnchanged(AccountId account, String plan) implements Refusal {}

    /// The account owes nothing, or less than was to be paid.
    record PaymentExceedsReceivable(AccountId account, Credits receivable) implements Refusal {}

    /// The deposit would take the balance out of the range of [Credits].
    record BalanceOverflow(AccountId account, Credits balance) implements Refusal {}

    /// More calls than a rate limit allows.
    ///
    /// @param account whose limit it is: a child's, or its pool's
    /// @param required what the call would cost
    /// @param left what there is to pay it with
    /// @param retryAfter until the next call is allowed
    /// @param rates what is left of all rate limits the call is about, this one included; a child's
    ///   before its pool's
    record RateLimited(
            AccountId account,
            Limit.Rate limit,
            Credits required,
            CreditsLeft left,
            Duration retryAfter,
            List<RateLeft> rates)
            implements Refusal {}

    /// More credits than a spend cap allows.
    ///
    /// @param account whose cap it is: a child's, or its pool's
    /// @param left what there is to pay the call with
    /// @param used what counts against it already, open holds included
    /// @param resetsAt when it starts to count anew
    record CapReached(
            AccountId account,
            Limit.Cap cap,
            Credits required,
            CreditsLeft left,
            Credits used,
            Instant resetsAt)
            implements Refusal {}

    /// @param remaining what may be spent on it: some grants may be for other operations
    /// @param usedAt of late usage, when it happened: what took effect later does not pay for it;
    ///   null when today's grants were asked
    record TooFewCredits(
            AccountId account,
            Credits required,
            Credits remaining,
            Credits quota,
            Instant resetsAt,
            @Nullable Instant usedAt)
            implements Refusal {

        /// One of today's grants.
        TooFewCredits(
                AccountId account,
                Credits required,
                Credits remaining,
                Credits quota,
                Instant resetsAt) {
            this(account, required, remaining, quota, resetsAt, null);
        }
    }
}
