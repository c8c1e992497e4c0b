package dev.scrip.service;

import dev.scrip.service.http.Problem;
import dev.scrip.service.http.ProblemType;
import dev.scrip.storage.OperatorStore;
import dev.scrip.storage.StorageException;
import java.security.SecureRandom;
import java.util.HexFormat;

/// What quotes are signed with, kept where the API keys are: a server that starts again, or takes
/// over, knows the quotes of the one before.
final class QuoteSecret {

    private static final String NAME = "quotes";
    private static final int BYTES = 32;
    private static final System.Logger LOG = System.getLogger(QuoteSecret.class.getName());

    private final OperatorStore store;
    private final SecureRandom random = new SecureRandom();

    QuoteSecret(OperatorStore store) {
        this.store = store;
    }

    /// Made when it is asked for first.
    ///
    /// @throws dev.scrip.service.http.ProblemException if the store does not answer
    byte[] get() {
        try {
            var bytes = new byte[BYTES];
            random.nextBytes(bytes);
            return HexFormat.of().parseHex(store.secret(NAME, HexFormat.of().formatHex(bytes)));
        } catch (StorageException e) {
            LOG.log(System.Logger.Level.WARNING, "The secret of quotes cannot be read", e);
            throw Problem.of(
                            ProblemType.UNAVAILABLE,
                            "Quotes cannot be made or read at the moment. Ask again in a moment.")
                    .toException();
        }
    }
}
