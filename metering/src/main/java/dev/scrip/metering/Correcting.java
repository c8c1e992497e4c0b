package dev.scrip.metering;

import dev.scrip.ledger.AccountId;
import dev.scrip.ledger.AccountStatus;
import dev.scrip.ledger.Command;
import dev.scrip.ledger.Fact;
import dev.scrip.ledger.GrantCategory;
import dev.scrip.ledger.GrantOrigin;
import dev.scrip.ledger.GrantTerms;
import dev.scrip.ledger.Overage;
import dev.scrip.ledger.Partition;
import dev.scrip.ledger.Reply;
import dev.scrip.ledger.RequestKey;
import dev.scrip.pricing.Credits;
import dev.scrip.pricing.Money;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/// What operators set, and set right: charges taken back, grants voided, credits given and taken,
/// overage allowed and paid, accounts frozen and closed.
public final class Correcting {

    private final Partition partition;
    private final InstantSource clock;

    public Correcting(Partition partition, InstantSource clock) {
        this.partition = partition;
        this.clock = clock;
    }

    /// @param credits how many of the charge's; null for all that are not taken back yet
    /// @throws dev.scrip.ledger.PartitionException if no answer can be given
    public Reply reverse(
            Fact.Burned charge, @Nullable Credits credits, String reason, RequestKey request) {
        return partition.submit(
                new Command.Reverse(charge.account(), charge, credits, reason, request));
    }

    /// @throws dev.scrip.ledger.PartitionException if no answer can be given
    public Reply voidGrant(Fact.Granted grant, String reason, RequestKey request) {
        return partition.submit(
                new Command.VoidGrant(grant.account(), grant.seq(), reason, request));
    }

    /// Gives credits that nobody bought, to set an account right. They never expire.
    ///
    /// @throws dev.scrip.ledger.PartitionException if no answer can be given
    public Reply give(AccountId account, Credits credits, String reason, RequestKey request) {
        var terms =
                new GrantTerms(
                        credits,
                        GrantTerms.PRIORITY_DEFAULT,
                        GrantCategory.PROMOTIONAL,
                        clock.instant().truncatedTo(ChronoUnit.MICROS),
                        null,
                        Money.ZERO);
        return partition.submit(
                new Command.GrantCredits(
                        account, terms, null, GrantOrigin.adjustment(reason), request));
    }

    /// Takes credits that were not used, to set an account right.
    ///
    /// @throws dev.scrip.ledger.PartitionException if no answer can be given
    public Reply deduct(AccountId account, Credits credits, String reason, RequestKey request) {
        return partition.submit(new Command.Deduct(account, credits, reason, request));
    }

    /// Says that what an account owes was paid by an invoice.
    ///
    /// @param credits null for all of it
    /// @throws dev.scrip.ledger.PartitionException if no answer can be given
    public Reply payReceivable(
            AccountId account, @Nullable Credits credits, String reason, RequestKey request) {
        return partition.submit(new Command.PayReceivable(account, credits, reason, request));
    }

    /// @throws dev.scrip.ledger.PartitionException if no answer can be given
    public Reply setOverage(AccountId account, Overage overage, RequestKey request) {
        return partition.submit(new Command.SetOverage(account, overage, request));
    }

    /// @throws dev.scrip.ledger.PartitionException if no answer can be given
    public Reply changeStatus(
            AccountId account, AccountStatus status, String reason, RequestKey request) {
        return partition.submit(new Command.ChangeStatus(account, status, reason, request));
    }
}
