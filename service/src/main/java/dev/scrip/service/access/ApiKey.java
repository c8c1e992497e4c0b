package dev.scrip.service.access;

import java.time.Instant;

/// An API key without its secret.
///
/// @param id public: it is part of the key and shown in lists
/// @param secretHash SHA-256 of the whole key in lower-case hexadecimal. A fast hash is enough: the
///   secret has 256 random bits, so there is nothing to guess.
public record ApiKey(String id, String workspace, Role role, String secretHash, Instant createdAt) {

    public Caller caller() {
        return new Caller(id, workspace, role);
    }
}
