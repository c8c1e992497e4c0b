package dev.scrip.ledger;

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
