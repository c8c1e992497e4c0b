package dev.scrip.metering;

import dev.scrip.ledger.AccountId;
import dev.scrip.ledger.Command;
import dev.scrip.ledger.Partition;
import dev.scrip.ledger.Reply;
import dev.scrip.ledger.RequestKey;
import java.util.ArrayList;
import java.util.List;
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

    /// The answers of earlier requests that were put together, or null when one had none. A key
    /// that was used for another request is an answer too.
    ///
    /// @throws dev.scrip.ledger.PartitionException if no answer can be given
    public @Nullable Reply earlier(AccountId account, List<RequestKey> requests) {
        var replies = new ArrayList<Reply>(requests.size());
        for (var request : requests) {
            switch (earlier(account, request)) {
                case null -> {
                    return null;
                }
                case Reply.Refusal refusal -> {
                    return refusal;
                }
                case Reply reply -> replies.add(reply);
            }
        }
        return new Reply.All(replies);
    }
}
