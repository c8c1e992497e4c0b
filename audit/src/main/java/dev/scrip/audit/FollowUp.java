package dev.scrip.audit;

import dev.scrip.ledger.AccountId;
import dev.scrip.ledger.Draw;
import dev.scrip.ledger.GrantOrigin;
import dev.scrip.ledger.GrantTerms;
import java.time.Instant;

/// A fact that must come next, because it was decided together with the one before.
sealed interface FollowUp {

    AccountId account();

    /// Of which instant its balance is stated.
    Instant as();

    /// What a plan grants, after an account was opened, a period began or the plan changed: its
    /// credits, and those that roll over.
    record PlanGrant(AccountId account, Instant as, GrantTerms terms, GrantOrigin origin)
            implements FollowUp {}

    /// The end of a grant of the plan before, after the plan changed at once.
    record PlanVoid(AccountId account, Instant as, long grant) implements FollowUp {}

    /// What a bought grant pays of what is owed.
    record Settlement(AccountId account, Instant as, long grant, long credits)
            implements FollowUp {}

    /// A grant of what was owed and paid, after it was taken back.
    ///
    /// @param charge that was taken back
    record Regrant(AccountId account, Instant as, GrantTerms terms, long charge)
            implements FollowUp {}

    /// The end of a hold, after its last capture.
    record Release(AccountId account, Instant as, long hold) implements FollowUp {}

    /// The lapse of what its grant does not take back, after a release or a reversal.
    ///
    /// @param instant at which it lapsed
    /// @param burned whether it had been burned, rather than held
    record Lapse(AccountId account, Instant as, Draw draw, Instant instant, boolean burned)
            implements FollowUp {}
}
