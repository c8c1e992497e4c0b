package dev.scrip.service;

import dev.scrip.service.access.ApiKey;
import dev.scrip.service.access.KeyStore;
import dev.scrip.service.access.Role;
import dev.scrip.service.http.Problem;
import dev.scrip.service.http.ProblemType;
import dev.scrip.storage.OperatorStore;
import dev.scrip.storage.StorageException;
import java.util.List;

/// API keys in the operator store.
record StoredKeys(OperatorStore store) implements KeyStore {

    private static final System.Logger LOG = System.getLogger(StoredKeys.class.getName());

    @Override
    public List<ApiKey> all() {
        return store.keys().stream()
                .map(stored ->
                        new ApiKey(
                                stored.id(),
                                stored.workspace(),
                                Role.of(stored.role()),
                                stored.secretHash(),
                                stored.createdAt()))
                .toList();
    }

    @Override
    public void remove(String id) {
        change(() -> store.removeKey(id));
    }

    @Override
    public void add(ApiKey key) {
        var stored =
                new OperatorStore.StoredKey(
                        key.id(),
                        key.workspace(),
                        key.role().label(),
                        key.secretHash(),
                        key.createdAt());
        change(() -> store.addKey(stored));
    }

    private static void change(Runnable change) {
        try {
            change.run();
        } catch (StorageException e) {
            LOG.log(System.Logger.Level.WARNING, "An API key was not stored or removed", e);
            throw Problem.of(
                            ProblemType.UNAVAILABLE,
                            "API keys cannot be stored at the moment. Look at the list of keys"
                                    + " before you send it again.")
                    .toException();
        }
    }
}
