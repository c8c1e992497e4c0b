package dev.scrip.client;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Why the server refused, as RFC 9457 problem details. A refused call changed nothing.
///
/// @param code stable and meant for programs, such as `insufficient_credits`
/// @param title one line that is the same for every problem of this code
/// @param detail what is wrong this time, and what would be right
/// @param retryable whether the same call may succeed later without anyone doing anything
/// @param creditsRequired null unless credits are short
/// @param creditsRemaining null unless credits are short
/// @param creditsResetAt null unless credits are short
/// @param actions what can be done about it
public record Problem(
        int status,
        String code,
        String title,
        String detail,
        boolean retryable,
        @Nullable BigDecimal creditsRequired,
        @Nullable BigDecimal creditsRemaining,
        @Nullable Instant creditsResetAt,
        List<Action> actions) {

    /// A way out, such as `top_up`.
    public record Action(String rel, String href) {}

    public Problem {
        actions = List.copyOf(actions);
    }

    /// As it reads in a log: `402 insufficient_credits: chat.complete costs 5 credits; 2 remain.`
    @Override
    public String toString() {
        return status + " " + code + ": " + detail;
    }
}
