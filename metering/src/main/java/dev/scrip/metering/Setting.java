package dev.scrip.metering;

import dev.scrip.ledger.AccountId;
import dev.scrip.ledger.Alert;
import dev.scrip.ledger.Command;
import dev.scrip.ledger.Commitment;
import dev.scrip.ledger.Limit;
import dev.scrip.ledger.Partition;
import dev.scrip.ledger.Reply;
import dev.scrip.ledger.RequestKey;
import dev.scrip.ledger.TopUpRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is set for accounts until it is set anew: limits, alerts, and when credits are bought by
/// themselves.
public final class Setting {

    private final Partition partition;

    public Setting(Partition partition) {
        this.partition = partition;
    }

    /// @param limits in place of all the account has
    /// @throws dev.scrip.ledger.PartitionException if no answer can be given
    public Reply limits(AccountId account, List<Limit> limits, RequestKey request) {
        return partition.submit(new Command.SetLimits(account, limits, request));
    }

    /// @param alerts in place of all the account has
    /// @throws dev.scrip.ledger.PartitionException if no answer can be given
    public Reply alerts(AccountId account, List<Alert> alerts, RequestKey request) {
        return partition.submit(new Command.SetAlerts(account, alerts, request));
    }

    /// @param commitment in place of the one the account has
    /// @throws dev.scrip.ledger.PartitionException if no answer can be given
    public Reply commitment(AccountId account, Commitment commitment, RequestKey request) {
        return partition.submit(new Command.SetCommitment(account, commitment, request));
    }

    /// @param rule null for never
    /// @throws dev.scrip.ledger.PartitionException if no answer can be given
    public Reply topUpRule(AccountId account, @Nullable TopUpRule rule, RequestKey request) {
        return partition.submit(new Command.SetTopUpRule(account, rule, request));
    }
}
