package dev.scrip.ledger;

import org.jspecify.annotations.Nullable;

/// An account within its workspace, written `live/cust_8813`.
///
/// The workspace is part of every id from the first fact on, so that no lookup can cross tenants.
///
/// @param workspace a tenant or an environment: `[a-z][a-z0-9_-]{0,31}`
/// @param name as the API company calls the account: `[A-Za-z0-9._:-]{1,128}`
public record AccountId(String workspace, String name) {

    private static final int WORKSPACE_LENGTH_MAX = 32;
    private static final int NAME_LENGTH_MAX = 128;

    public AccountId {
        requireWorkspace(workspace);
        if (!isName(name)) {
            throw new IllegalArgumentException(
                    "An account id must be 1 to 128 of the characters A-Z a-z 0-9 . _ : - and not only"
                            + " dots, but was \""
                            + shown(name)
                            + "\"");
        }
    }

    /// Checks the form of a workspace's name.
    ///
    /// @throws IllegalArgumentException if it is no workspace name
    public static void requireWorkspace(String workspace) {
        if (!isWorkspace(workspace)) {
            throw new IllegalArgumentException(
                    "A workspace must be a lower-case letter and then up to 31 of a-z 0-9 _ - but"
                            + " was \""
                            + shown(workspace)
                            + "\"");
        }
    }

    /// Whether a workspace may be called so.
    // By hand, not by pattern: this runs for every charge.
    public static boolean isWorkspace(String workspace) {
        if (workspace.isEmpty() || workspace.length() > WORKSPACE_LENGTH_MAX) {
            return false;
        }
        for (int i = 0; i < workspace.length(); i++) {
            char c = workspace.charAt(i);
            boolean letter = c >= 'a' && c <= 'z';
            boolean later = (c >= '0' && c <= '9') || c == '_' || c == '-';
            if (!letter && (i == 0 || !later)) {
                return false;
            }
        }
        return true;
    }

    /// Whether an account may be called so.
    public static boolean isName(String name) {
        // They would be lost in the path of a URL.
        if (name.equals(".") || name.equals("..")) {
            return false;
        }
        if (name.isEmpty() || name.length() > NAME_LENGTH_MAX) {
            return false;
        }
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean allowed =
                    (c >= 'a' && c <= 'z')
                            || (c >= 'A' && c <= 'Z')
                            || (c >= '0' && c <= '9')
                            || c == '.'
                            || c == '_'
                            || c == ':'
                            || c == '-';
            if (!allowed) {
                return false;
            }
        }
        return true;
    }

    private static String shown(String value) {
        return value.length() <= 40 ? value : value.substring(0, 40) + "…";
    }

    // By hand, as is what a record has for itself, since a ledger looks an account up several times
    // for every charge. Names differ more often than workspaces.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof AccountId that
                && name.equals(that.name)
                && workspace.equals(that.workspace);
    }

    @Override
    public int hashCode() {
        return 31 * workspace.hashCode() + name.hashCode();
    }

    @Override
    public String toString() {
        return workspace + "/" + name;
    }
}
