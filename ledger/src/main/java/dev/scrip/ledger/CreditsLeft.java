package dev.scrip.ledger;

import dev.scrip.pricing.Credits;
import java.time.Instant;

/// What there is to pay a call with that was refused for another reason.
///
/// @param payer the account whose grants would have paid
/// @param payable what may be spent on the call: some grants may be for other operations
/// @param quota what the live grants deposited
/// @param resetsAt when the plan grants again
public record CreditsLeft(AccountId payer, Credits payable, Credits quota, Instant resetsAt) {

    static CreditsLeft of(Account payer, RatedUsage usage, Instant now) {
        return new CreditsLeft(
                payer.id,
                payer.grants.payable(usage.operation(), now),
                payer.grants.quota(now),
                payer.periodEnd);
    }
}
