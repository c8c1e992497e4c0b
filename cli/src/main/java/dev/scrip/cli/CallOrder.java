package dev.scrip.cli;

import dev.scrip.pricing.Prose;
import dev.scrip.pricingfile.UsageEvent;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The times of a log's calls, one after the other.
///
/// Periods begin with the first call and fees count for as long as the log is, so plans need calls
/// by time. Without plans the same is only remarked.
final class CallOrder {

    private final Path usage;
    private final boolean plans;
    private @Nullable Instant latest;
    private long untimed;
    private long backwards;

    /// @param plans whether any account is on a plan
    CallOrder(Path usage, boolean plans) {
        this.usage = usage;
        this.plans = plans;
    }

    /// When a call was made. One without a time has that of the latest call before it.
    ///
    /// @throws IllegalArgumentException if there are plans, and the call is older than one before
    ///   it or nothing is known of its time
    Instant next(UsageEvent event) {
        var at = event.at();
        var before = latest;
        if (at == null) {
            if (before != null) {
                return before;
            }
            if (plans) {
                throw bad(event, "there is no time; expected one, since plans go by periods");
            }
            untimed++;
            return Instant.EPOCH;
        }
        if (before != null && at.isBefore(before)) {
            if (plans) {
                throw bad(event, at + " is before " + before + " above; expected calls by time");
            }
            backwards++;
            return at;
        }
        latest = at;
        return at;
    }

    /// What to tell of the log, a sentence each.
    List<String> remarks() {
        var remarks = new ArrayList<String>();
        if (untimed > 0) {
            remarks.add(
                    String.format(
                            Locale.ROOT,
                            "%s: %s without a time, charged as made at %s: prices by hour or date"
                                    + " may differ.",
                            usage,
                            Prose.counted(untimed, "call"),
                            Instant.EPOCH));
        }
        if (backwards > 0) {
            remarks.add(
                    String.format(
                            Locale.ROOT,
                            "%s: %s older than one above; expected calls by time. Prices by volume"
                                    + " may differ.",
                            usage,
                            Prose.counted(backwards, "call")));
        }
        return remarks;
    }

    private IllegalArgumentException bad(UsageEvent event, String problem) {
        return new IllegalArgumentException(usage + ":" + event.row() + ":time: " + problem);
    }
}
