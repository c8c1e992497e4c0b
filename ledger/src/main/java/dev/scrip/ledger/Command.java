package dev.scrip.ledger;

import dev.scrip.pricing.Credits;
import dev.scrip.pricing.Money;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Something an account is asked to do. Every command that changes something carries the key under
/// which a retry finds its answer.
public sealed interface Command {

    AccountId account();

    /// The key of the request; null when it changes nothing.
    @Nullable RequestKey request();

    /// The account to be settled before this is decided: of a child that is to be opened, its pool.
    default AccountId settledFirst() {
        return this instanceof OpenChild open ? open.pool() : account();
    }

    /// Opens an account on a plan; the first period starts at once.
    record OpenAccount(AccountId account, PlanTerms plan, ZoneId zone, RequestKey request)
            implements Command {}

    /// Opens an account that draws on the grants of another one of its workspace.
    record OpenChild(AccountId account, AccountId pool, RequestKey request) implements Command {}

    /// Deposits credits.
    ///
    /// @param bonus granted on top of a purchase; null for none
    record GrantCredits(
            AccountId account,
            GrantTerms terms,
            @Nullable GrantTerms bonus,
            GrantOrigin origin,
            RequestKey request)
            implements Command {

        public GrantCredits(AccountId account, GrantTerms terms, RequestKey request) {
            this(account, terms, null, GrantOrigin.ASKED, request);
        }
    }

    /// Takes credits that were not used, to set an account right.
    record Deduct(AccountId account, Credits credits, String reason, RequestKey request)
            implements Command {}

    /// Takes credits for a call that happened.
    record Charge(AccountId account, RatedUsage usage, RequestKey request) implements Command {}

    /// Does several things together or none of them. Each part has a key of its own, under which it
    /// is remembered; they are all of this account.
    ///
    /// @param parts charges and captures, at least one
    record All(AccountId account, List<Command> parts) implements Command {

        public All {
            parts = List.copyOf(parts);
            if (parts.isEmpty()) {
                throw new IllegalArgumentException("At least one part is needed.");
            }
            for (var part : parts) {
                if (!(part instanceof Charge || part instanceof Capture)) {
                    throw new IllegalArgumentException(
                            "A part must be a charge or a capture, but was " + part);
                }
            }
        }

        /// The first part's.
        @Override
        public @Nullable RequestKey request() {
            return parts.getFirst().request();
        }
    }

    /// Sets credits aside for a call whose price is not known yet.
    ///
    /// @param estimate the call as it was rated; its credits are what is to be held
    /// @param lease whether they are lent to a client that decides by itself what to use them for
    /// @param life after which the hold is released by itself
    record Authorise(
            AccountId account,
            RatedUsage estimate,
            boolean lease,
            Duration life,
            RequestKey request)
            implements Command {

        /// One for a single call.
        public Authorise(
                AccountId account, RatedUsage estimate, Duration life, RequestKey request) {
            this(account, estimate, false, life, request);
        }
    }

    /// Gives a hold more time, from now.
    ///
    /// @param hold the sequence number of the fact that set the credits aside
    record ExtendHold(AccountId account, long hold, Duration life, RequestKey request)
            implements Command {}

    /// Charges a call to a hold.
    ///
    /// @param hold the sequence number of the fact that set the credits aside
    /// @param last whether the hold ends with it, and its rest is released
    /// @param mayExceed whether more than is held may be drawn from the account
    record Capture(
            AccountId account,
            long hold,
            RatedUsage usage,
            boolean last,
            boolean mayExceed,
            RequestKey request)
            implements Command {}

    /// Ends a hold and gives back what it still holds.
    ///
    /// @param hold the sequence number of the fact that set the credits aside
    record Release(AccountId account, long hold, RequestKey request) implements Command {}

    /// Takes a charge back.
    ///
    /// @param charge the fact that burned the credits
    /// @param credits how many of them; null for all that are not taken back yet
    record Reverse(
            AccountId account,
            Fact.Burned charge,
            @Nullable Credits credits,
            String reason,
            RequestKey request)
            implements Command {}

    /// Takes away what is left of a grant. What holds have set aside of it stays with them, and
    /// with the account when they give it back.
    ///
    /// @param grant the sequence number of the fact that granted it
    record VoidGrant(AccountId account, long grant, String reason, RequestKey request)
            implements Command {}

    /// Changes what holds for an account from now on.
    sealed interface Set extends Command {

        @Override
        RequestKey request();
    }

    /// Says how much an account may owe.
    record SetOverage(AccountId account, Overage overage, RequestKey request) implements Set {}

    /// Says that what an account owes was paid by an invoice.
    ///
    /// @param credits how many; null for all
    record PayReceivable(
            AccountId account, @Nullable Credits credits, String reason, RequestKey request)
            implements Command {}

    /// When a plan is to change.
    enum PlanChangeTime {
        NOW,
        PERIOD_END
    }

    /// Moves an account to another plan. At once it must be another one, or have other terms. At
    /// the end of the period it takes the place of a change that was asked for before; to the plan
    /// it has, it takes that back.
    record ChangePlan(AccountId account, PlanTerms plan, PlanChangeTime time, RequestKey request)
            implements Command {}

    /// Bounds what an account may do. In place of all limits it has.
    record SetLimits(AccountId account, List<Limit> limits, RequestKey request) implements Set {}

    /// Says what is to be told of. In place of all alerts it has.
    record SetAlerts(AccountId account, List<Alert> alerts, RequestKey request) implements Set {}

    /// Says when credits are bought by themselves; null for never.
    record SetTopUpRule(AccountId account, @Nullable TopUpRule rule, RequestKey request)
            implements Set {}

    /// Says what an account has promised to buy.
    record SetCommitment(AccountId account, Commitment commitment, RequestKey request)
            implements Set {}

    /// Says that a top-up was paid.
    ///
    /// @param topUp the sequence number of the fact that asked for it
    /// @param costBasis what was paid for one credit
    /// @param life after which the credits lapse; null for never
    record ConfirmTopUp(
            AccountId account,
            long topUp,
            Money costBasis,
            @Nullable Duration life,
            RequestKey request)
            implements Command {

        public ConfirmTopUp {
            if (costBasis.isNegative()) {
                throw new IllegalArgumentException(
                        "The cost basis (" + costBasis + ") of a top-up must not be negative.");
            }
            if (life != null && (!life.isPositive() || life.compareTo(GrantTerms.LIFE_MAX) > 0)) {
                throw new IllegalArgumentException(
                        "The life (" + life + ") of a top-up must be within 100 years.");
            }
        }
    }

    /// Says that a top-up could not be paid.
    ///
    /// @param topUp the sequence number of the fact that asked for it
    record FailTopUp(AccountId account, long topUp, String reason, RequestKey request)
            implements Command {}

    /// Freezes an account, opens it again, or closes it for good.
    record ChangeStatus(AccountId account, AccountStatus status, String reason, RequestKey request)
            implements Set {}

    /// Asks for the answer an earlier request had, when this one can no longer be put: the price
    /// book may have changed since.
    record Recall(AccountId account, RequestKey request) implements Command {}

    /// Asks whether a call would be taken now, and takes nothing.
    record Estimate(AccountId account, RatedUsage usage) implements Command {

        @Override
        public @Nullable RequestKey request() {
            return null;
        }
    }

    /// Asks for what prices may depend on of an account.
    record AskTerms(AccountId account) implements Command {

        @Override
        public @Nullable RequestKey request() {
            return null;
        }
    }

    /// Reads the account as it stands, all that is due by now included.
    record Inspect(AccountId account) implements Command {

        @Override
        public @Nullable RequestKey request() {
            return null;
        }
    }
}
