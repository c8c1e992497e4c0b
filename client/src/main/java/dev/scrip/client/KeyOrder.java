package dev.scrip.client;

import com.fasterxml.jackson.annotation.JsonProperty;

/// A wish for an API key of the caller's workspace.
public record KeyOrder(Role role) {

    /// What a key may do.
    public enum Role {
        /// Everything in its workspace.
        @JsonProperty("admin")
        ADMIN,
        /// To charge, to estimate and to see where an account stands.
        @JsonProperty("charge")
        CHARGE,
        /// To read what customers may see.
        @JsonProperty("read")
        READ
    }
}
