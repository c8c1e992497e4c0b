package dev.scrip.client;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Top-ups that are to be paid, oldest first.
///
/// @param nextCursor for the page after this one; null when this is the last
public record TopUpPage(List<TopUp> data, @Nullable String nextCursor) {

    /// @param credits that are granted when it is paid
    public record TopUp(String id, String account, BigDecimal credits, Instant requestedAt) {}

    public TopUpPage {
        data = List.copyOf(data);
    }
}
