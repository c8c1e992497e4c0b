package dev.scrip.metering;

import dev.scrip.ledger.Command;
import dev.scrip.ledger.Fact;
import dev.scrip.ledger.Partition;
import dev.scrip.ledger.Reply;
import dev.scrip.ledger.RequestKey;
import dev.scrip.pricing.Money;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What the billing side says of top-ups that accounts asked for.
public final class ToppingUp {

    private final Partition partition;

    public ToppingUp(Partition partition) {
        this.partition = partition;
    }

    /// Says that one was paid, and grants its credits.
    ///
    /// @param costBasis what was paid for one credit
    /// @param life after which the credits lapse; null for never
    /// @throws dev.scrip.ledger.PartitionException if no answer can be given
    public Reply confirm(
            Fact.TopUpRequested topUp,
            Money costBasis,
            @Nullable Duration life,
            RequestKey request) {
        return partition.submit(
                new Command.ConfirmTopUp(topUp.account(), topUp.seq(), costBasis, life, request));
    }

    /// Says that one could not be paid.
    ///
    /// @throws dev.scrip.ledger.PartitionException if no answer can be given
    public Reply fail(Fact.TopUpRequested topUp, String reason, RequestKey request) {
        return partition.submit(
                new Command.FailTopUp(topUp.account(), topUp.seq(), reason, request));
    }
}
