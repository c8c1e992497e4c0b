package dev.scrip.metering;

import dev.scrip.ledger.AccountId;
import dev.scrip.ledger.AccountStatus;
import dev.scrip.ledger.Command;
import dev.scrip.ledger.Fact;
import dev.scrip.ledger.Overage;
import dev.scrip.ledger.Partition;
import dev.scrip.ledger.Reply;
import dev.scrip.ledger.RequestKey;
import dev.scrip.pricing.Credits;
import org.jspecify.annotations.Nullable;

/// What operators set, and set right: charges taken back, grants voided, overage allowed, accounts
/// frozen and closed.
public final class Correcting {

    private final Partition partition;

    public Correcting(Partition partition) {
        this.partition = partition;
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
