package dev.scrip.client;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What happened on an account, newest first.
///
/// @param nextCursor for the page after this one; null when this is the last
public record EntryPage(List<Entry> data, @Nullable String nextCursor) {

    /// Something that happened. What does not apply to its type is null.
    ///
    /// @param type `account_opened`, `period_started`, `grant`, `charge` or `expiry`; more may come
    /// @param balance right after it
    /// @param credits granted, charged or expired
    /// @param operation charged
    public record Entry(
            String id,
            String type,
            Instant at,
            BigDecimal balance,
            @Nullable BigDecimal credits,
            @Nullable String operation,
            @Nullable BigDecimal quantity) {}

    public EntryPage {
        data = List.copyOf(data);
    }
}
