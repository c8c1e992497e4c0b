package dev.scrip.metering;

import dev.scrip.ledger.AccountId;
import dev.scrip.ledger.Command;
import dev.scrip.ledger.Partition;
import dev.scrip.ledger.Reply;
import dev.scrip.ledger.RequestKey;
import org.jspecify.annotations.Nullable;

/// Finds the answer of an earlier request. A retry gets it though what it asks for cannot be had
/// any more: its operation or plan has left the price book, its expiry has passed.
public final class Recalling {

    private final Partition partition;

    public Recalling(Partition partition) {
        this.partition = partition;
    }

    /// The answer of the request with this key, or null when there was none.
    ///
    /// @throws dev.scrip.ledger.PartitionException if no answer can be given
    public @Nullable Reply earlier(AccountId account, RequestKey request) {
        var reply = partition.submit(new Command.Recall(account, request));
        return reply instanceof Reply.NotAnswered ? null : reply;
    }
}
