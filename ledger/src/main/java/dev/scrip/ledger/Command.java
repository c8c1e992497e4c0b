package dev.scrip.ledger;

import dev.scrip.pricing.Credits;
import java.time.Duration;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/// Something an account is asked to do. Every command that changes something carries the key under
/// which a retry finds its answer.
public sealed interface Command {

    AccountId account();

    /// The key of the request; null when it changes nothing.
    @Nullable RequestKey request();

    /// Opens an account on a plan; the first period starts at once.
    record OpenAccount(AccountId account, PlanTerms plan, ZoneId zone, RequestKey request)
            implements Command {}

    /// Deposits credits.
    record GrantCredits(AccountId account, GrantTerms terms, RequestKey request)
            implements Command {}

    /// Takes credits for a call that happened.
    record Charge(AccountId account, RatedUsage usage, RequestKey request) implements Command {}

    /// Sets credits aside for a call whose price is not known yet.
    ///
    /// @param estimate the call as it was rated; its credits are what is to be held
    /// @param life after which the hold is released by itself
    record Authorise(AccountId account, RatedUsage estimate, Duration life, RequestKey request)
            implements Command {}

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

    /// Says how much an account may owe.
    record SetOverage(AccountId account, Overage overage, RequestKey request) implements Command {}

    /// Freezes an account, opens it again, or closes it for good.
    record ChangeStatus(AccountId account, AccountStatus status, String reason, RequestKey request)
            implements Command {}

    /// Asks for the answer an earlier request had, when this one can no longer be put: the price
    /// book may have changed since.
    record Recall(AccountId account, RequestKey request) implements Command {}

    /// Reads the account as it stands, all that is due by now included.
    record Inspect(AccountId account) implements Command {

        @Override
        public @Nullable RequestKey request() {
            return null;
        }
    }
}
