package dev.scrip.ledger;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Keeps one of all values that are equal. Accounts have their plan, zone and workspace in common
/// with thousands of others, but out of a journal each comes with copies of its own.
final class Shared {

    private final Map<Object, Object> values = new HashMap<>();

    AccountId of(AccountId id) {
        return new AccountId(of(id.workspace()), id.name());
    }

    @Nullable PlanTerms ofNullable(@Nullable PlanTerms plan) {
        return plan == null ? null : of(plan);
    }

    // What is kept under a key equals it, so it is of its class.
    @SuppressWarnings("unchecked")
    <T> T of(T value) {
        var earlier = values.putIfAbsent(value, value);
        return earlier == null ? value : (T) earlier;
    }
}
