package dev.scrip.audit;

import dev.scrip.ledger.Fact;
import dev.scrip.ledger.Limit;
import dev.scrip.ledger.TopUpRule;
import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/// What an account's top-ups have come to, in micro-credits.
final class TopUpBook {

    @Nullable TopUpRule rule;

    /// The number of the request that is open; 0 for none.
    long open;

    long openCredits;
    private Instant lastRequest = Instant.EPOCH;
    private long inMonth;
    private Instant monthEnd = Instant.EPOCH;

    /// How many credits must be asked for; 0 for none.
    long due(long available, Instant at) {
        var current = rule;
        if (current == null
                || open > 0
                || available >= current.threshold().micros()
                || at.isBefore(lastRequest.plus(current.coolOff()))) {
            return 0;
        }
        long asked = at.isBefore(monthEnd) ? inMonth : 0;
        long left = current.monthlyCap().micros() - asked;
        return Math.max(0, Math.min(current.target().micros() - available, left));
    }

    void request(Fact.TopUpRequested requested, ZoneId zone) {
        open = requested.seq();
        openCredits = requested.credits().micros();
        lastRequest = requested.at();
        if (!requested.at().isBefore(monthEnd)) {
            monthEnd = Calendar.windowEnd(Limit.Window.MONTH, requested.at(), zone);
            inMonth = 0;
        }
        inMonth += openCredits;
    }

    /// What could not be paid does not count against the month.
    void fail() {
        inMonth -= Math.min(inMonth, openCredits);
        close();
    }

    void close() {
        open = 0;
        openCredits = 0;
    }
}
