package dev.scrip.service.api;

import dev.scrip.ledger.Fingerprint;
import dev.scrip.ledger.Reply;
import dev.scrip.ledger.RequestKey;
import dev.scrip.service.http.Problem;
import dev.scrip.service.http.ProblemType;

/// The keys of the parts of one request: its own, with the number of the part.
final class PartKeys {

    /// So that `#1000` fits behind it.
    private static final int LENGTH_MAX = 250;

    private final String key;

    /// @throws dev.scrip.service.http.ProblemException if the key is too long to be told apart by a
    ///   number
    PartKeys(String key) {
        if (key.length() > LENGTH_MAX) {
            throw Problem.of(
                            ProblemType.IDEMPOTENCY_KEY_INVALID,
                            "Here the Idempotency-Key must have at most "
                                    + LENGTH_MAX
                                    + " characters, since each part is remembered under the key"
                                    + " and its number; it has "
                                    + key.length()
                                    + ".")
                    .toException();
        }
        this.key = key;
    }

    /// @param index of the part, from 0
    RequestKey of(int index, Fingerprint fingerprint) {
        return new RequestKey(key + "#" + (index + 1), fingerprint);
    }

    /// A refusal in the words of the caller, who knows nothing of the parts' keys.
    Reply.Refusal told(Reply.Refusal refusal) {
        return refusal instanceof Reply.KeyReused(var account, _)
                ? new Reply.KeyReused(account, key)
                : refusal;
    }
}
