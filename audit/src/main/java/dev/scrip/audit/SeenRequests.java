package dev.scrip.audit;

import dev.scrip.ledger.Fact;
import dev.scrip.ledger.Fingerprint;
import dev.scrip.ledger.LedgerSettings;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/// Which requests had facts of late. None may have another while it is remembered.
///
/// A hash table with linear probing over the hash of account and key. Whatever is no longer
/// remembered is swept out when the table is half full, which then grows if that did not help.
final class SeenRequests {

    private static final int CAPACITY_MIN = 1 << 12;

    private final long windowMillis;
    private final long requestsMax;
    private long[] high = new long[CAPACITY_MIN];
    private long[] low = new long[CAPACITY_MIN];
    private long[] atMillis = new long[CAPACITY_MIN];

    /// Position among all requests, from 1; 0 for a free place.
    private long[] ordinal = new long[CAPACITY_MIN];

    private int used;
    private long seen;

    SeenRequests(LedgerSettings settings) {
        windowMillis = settings.requestWindow().toMillis();
        requestsMax = settings.requestsMax();
    }

    void check(Fact fact) {
        var request = fact.request();
        if (request == null) {
            return;
        }
        var text = Caller.asked(fact) + " " + request.key();
        var id = Fingerprint.of(text.getBytes(StandardCharsets.ISO_8859_1));
        seen++;
        long now = fact.at().toEpochMilli();
        if (2 * used >= ordinal.length) {
            sweep(now);
        }
        int place = place(id.high(), id.low());
        if (ordinal[place] == 0) {
            used++;
        } else {
            Mismatch.unless(
                    !isRemembered(place, now),
                    fact,
                    "facts under the key \"" + request.key() + "\"",
                    "one within " + windowMillis / 3_600_000 + " h",
                    "another, of " + Instant.ofEpochMilli(atMillis[place]));
        }
        high[place] = id.high();
        low[place] = id.low();
        atMillis[place] = now;
        ordinal[place] = seen;
    }

    /// On the safe side by a millisecond: what is about to be forgotten is not held against anyone.
    private boolean isRemembered(int place, long now) {
        return atMillis[place] > now - windowMillis && ordinal[place] > seen - requestsMax;
    }

    private int place(long idHigh, long idLow) {
        int mask = ordinal.length - 1;
        int place = (int) idLow & mask;
        while (ordinal[place] != 0 && (high[place] != idHigh || low[place] != idLow)) {
            place = (place + 1) & mask;
        }
        return place;
    }

    private void sweep(long now) {
        int kept = 0;
        for (int place = 0; place < ordinal.length; place++) {
            if (ordinal[place] != 0 && !isRemembered(place, now)) {
                ordinal[place] = 0;
            } else if (ordinal[place] != 0) {
                kept++;
            }
        }
        var before = new long[][] {high, low, atMillis, ordinal};
        int capacity = 4 * kept > ordinal.length ? 2 * ordinal.length : ordinal.length;
        high = new long[capacity];
        low = new long[capacity];
        atMillis = new long[capacity];
        ordinal = new long[capacity];
        used = kept;
        for (int i = 0; i < before[3].length; i++) {
            if (before[3][i] != 0) {
                int place = place(before[0][i], before[1][i]);
                high[place] = before[0][i];
                low[place] = before[1][i];
                atMillis[place] = before[2][i];
                ordinal[place] = before[3][i];
            }
        }
    }
}
