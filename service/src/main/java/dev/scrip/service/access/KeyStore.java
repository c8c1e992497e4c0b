package dev.scrip.service.access;

import java.util.List;

/// Keeps the API keys, hashed.
public interface KeyStore {

    /// All keys, oldest first.
    List<ApiKey> all();

    void add(ApiKey key);

    void remove(String id);
}
