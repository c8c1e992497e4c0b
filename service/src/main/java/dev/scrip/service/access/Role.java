package dev.scrip.service.access;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What a key may do.
public enum Role {
    /// Everything in its workspace.
    ADMIN,
    /// What a gateway needs for each call.
    CHARGE,
    /// What a dashboard for customers shows.
    READ;

    public boolean covers(Scope scope) {
        return switch (scope) {
            case OPEN, ANY_KEY, READ_ACCOUNT -> true;
            case CHARGE -> this == ADMIN || this == CHARGE;
            case READ -> this == ADMIN || this == READ;
            case ADMIN -> this == ADMIN;
        };
    }

    /// The name in requests, replies and the store, such as `admin`.
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// @throws IllegalArgumentException if there is no such role
    public static Role of(String label) {
        for (var role : values()) {
            if (role.label().equals(label)) {
                return role;
            }
        }
        throw new IllegalArgumentException(
                "The role \"" + label + "\" does not exist. Roles: " + String.join(", ", labels()));
    }

    public static List<String> labels() {
        var labels = new ArrayList<String>();
        for (var role : values()) {
            labels.add(role.label());
        }
        return labels;
    }

    /// The roles that cover a scope.
    public static List<String> covering(Scope scope) {
        var labels = new ArrayList<String>();
        for (var role : values()) {
            if (role.covers(scope)) {
                labels.add(role.label());
            }
        }
        return labels;
    }
}
