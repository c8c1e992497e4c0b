package dev.scrip.audit;

import org.jspecify.annotations.Nullable;

/// Something that is stored and cannot be.
///
/// @param fact the public id of the fact, or what else it is about: a batch, a row of a projection
/// @param account null when no account is concerned
/// @param what the quantity or the rule
public record Difference(
        String fact, @Nullable String account, String what, String expected, String stated) {}
