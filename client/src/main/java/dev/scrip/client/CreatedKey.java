package dev.scrip.client;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/// A new API key.
///
/// @param secret the whole key; shown this once, and never printed by this record
public record CreatedKey(
        String id, String workspace, KeyOrder.Role role, Instant createdAt, String secret) {

    public CreatedKey {
        requireNonNull(secret, "secret");
    }

    @Override
    public String toString() {
        return "CreatedKey[" + id + ", " + workspace + ", " + role + "]";
    }
}
