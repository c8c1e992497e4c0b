package dev.scrip.ledger;

import java.nio.LongBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Which recent requests were answered by which fact, in 50 bytes a request and without an object
/// for any: a service remembers millions for a day.
///
/// Slots form a ring in the order of remembering, so the oldest are forgotten first. A hash table
/// with linear probing finds the slot of a request. What is forgotten depends on the facts alone,
/// never on a clock, so a replay remembers the same.
final class RememberedRequests {

    private static final int CAPACITY_MIN = 1 << 10;
    private static final long MICROS_PER_SECOND = 1_000_000;

    private final LedgerSettings settings;
    private final long windowMicros;
    private final MessageDigest digest = Fingerprint.sha256();
    private long[] idHigh = new long[CAPACITY_MIN];
    private long[] idLow = new long[CAPACITY_MIN];
    private long[] body = new long[CAPACITY_MIN];
    private long[] seq = new long[CAPACITY_MIN];
    private long[] atMicros = new long[CAPACITY_MIN];

    /// How far ahead of its fact the usage happened, by its own time, in seconds rounded up.
    private short[] aheadSeconds = new short[CAPACITY_MIN];

    /// Slot number + 1 by hash, 0 for none; twice as long as the ring. The bits that slot numbers
    /// leave free hold some of the request's id: to look at a slot that is another's after all
    /// would cost a fetch from memory.
    private int[] slotByHash = new int[2 * CAPACITY_MIN];

    /// How many bits of a number in the table are a slot number.
    private int slotBits = bits(CAPACITY_MIN);

    private int oldest;
    private int size;
    private @Nullable Copy copying;

    /// Up to which usage may have been forgotten, by its own time.
    private long forgottenMicros = Long.MIN_VALUE;

    RememberedRequests(LedgerSettings settings) {
        this.settings = settings;
        this.windowMicros = settings.requestWindow().toMillis() * 1_000;
    }

    /// The identity of a request: the account and its key, hashed so that no caller can make two
    /// collide.
    static Fingerprint id(AccountId account, RequestKey request) {
        return Fingerprint.of(identity(account, request));
    }

    /// As [#id], for the thread that owns this: a replay asks for millions.
    Fingerprint idOf(AccountId account, RequestKey request) {
        return Fingerprint.of(digest, identity(account, request));
    }

    private static byte[] identity(AccountId account, RequestKey request) {
        // Every part is ASCII without the separators before it, so the text is unambiguous.
        return (account.workspace() + '/' + account.name() + ' ' + request.key())
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    int size() {
        return size;
    }

    /// Up to which instant usage may have been charged and forgotten, by the time it says it
    /// happened; null when nothing was forgotten.
    @Nullable Instant forgottenUntil() {
        return forgottenMicros == Long.MIN_VALUE
                ? null
                : Instant.ofEpochSecond(
                        Math.floorDiv(forgottenMicros, MICROS_PER_SECOND),
                        Math.floorMod(forgottenMicros, MICROS_PER_SECOND) * 1_000);
    }

    /// The number of the fact that answered the request, 0 if it is not remembered, or -1 if the
    /// request asked for something else.
    long find(Fingerprint id, Fingerprint asked) {
        int slot = slotAt(position(id.high(), id.low()));
        if (slot < 0) {
            return 0;
        }
        return body[slot] == asked.high() ? seq[slot] : -1;
    }

    void remember(Fingerprint id, RequestKey request, Fact fact) {
        remember(
                id.high(),
                id.low(),
                request.fingerprint().high(),
                fact.seq(),
                micros(fact.at()),
                aheadSeconds(fact));
    }

    /// Clocks of callers may be ahead a little; most usage is charged when it happens or later.
    private static short aheadSeconds(Fact fact) {
        var usedAt = fact instanceof Fact.Burned burned ? burned.usage().usedAt() : null;
        if (usedAt == null || !usedAt.isAfter(fact.at())) {
            return 0;
        }
        long seconds = usedAt.getEpochSecond() - fact.at().getEpochSecond() + 1;
        return (short) Math.min(seconds, Short.MAX_VALUE);
    }

    /// Remembers again what a [Copy] has, and up to when usage was forgotten.
    void restore(LongBuffer copy, @Nullable Instant forgottenUntil) {
        if (forgottenUntil != null) {
            forgottenMicros = micros(forgottenUntil);
        }
        var rest = copy.duplicate();
        while (seq.length < rest.remaining() / LedgerState.REMEMBERED_NUMBERS) {
            grow();
        }
        while (rest.hasRemaining()) {
            remember(
                    rest.get(), rest.get(), rest.get(), rest.get(), rest.get(), (short) rest.get());
        }
    }

    /// A copy of what is remembered now, to be completed before anything changes.
    Copy newCopy() {
        return new Copy();
    }

    /// A copy of what is remembered now, to be completed by and by.
    Copy startCopy() {
        var copy = new Copy();
        copying = copy;
        return copy;
    }

    /// What was remembered when the copy was started.
    final class Copy {

        private static final int PART_LENGTH = 1 << 12;

        private final int length = size;
        private final long[][] parts = new long[Math.ceilDiv(length, PART_LENGTH)][];
        private int copied;

        /// How many of those that are copied are still remembered.
        private int kept;

        private Copy() {}

        /// Copies so many more. True when all are copied.
        boolean advance(int most) {
            int end = (int) Math.min((long) copied + most, length);
            while (copied < end) {
                copy((oldest + kept) & (seq.length - 1));
                kept++;
            }
            return copied == length;
        }

        private void beforeForgetting() {
            if (kept > 0) {
                kept--;
            } else if (copied < length) {
                copy(oldest);
            }
        }

        private void copy(int slot) {
            int at = copied % PART_LENGTH * LedgerState.REMEMBERED_NUMBERS;
            if (at == 0) {
                int rest = Math.min(PART_LENGTH, length - copied);
                parts[copied / PART_LENGTH] = new long[rest * LedgerState.REMEMBERED_NUMBERS];
            }
            var part = parts[copied / PART_LENGTH];
            part[at] = idHigh[slot];
            part[at + 1] = idLow[slot];
            part[at + 2] = body[slot];
            part[at + 3] = seq[slot];
            part[at + 4] = atMicros[slot];
            part[at + 5] = aheadSeconds[slot];
            copied++;
            if (copied == length && copying == this) {
                copying = null;
            }
        }

        /// All of them, oldest first, as [LedgerState#remembered] has it. By any thread.
        LongBuffer numbers() {
            var numbers = LongBuffer.allocate(length * LedgerState.REMEMBERED_NUMBERS);
            for (var part : parts) {
                numbers.put(part);
            }
            return numbers.flip().asReadOnlyBuffer();
        }
    }

    private void remember(long high, long low, long asked, long fact, long at, short ahead) {
        while (size >= settings.requestsMax()
                || (size > 0 && atMicros[oldest] < at - windowMicros)) {
            forgetOldest();
        }
        if (size == seq.length) {
            grow();
        }
        int slot = (oldest + size) & (seq.length - 1);
        idHigh[slot] = high;
        idLow[slot] = low;
        body[slot] = asked;
        seq[slot] = fact;
        atMicros[slot] = at;
        aheadSeconds[slot] = ahead;
        slotByHash[position(high, low)] = mark(high) | (slot + 1);
        size++;
    }

    private void forgetOldest() {
        if (copying != null) {
            copying.beforeForgetting();
        }
        int position = position(idHigh[oldest], idLow[oldest]);
        // The request may have been remembered again since; then the table has the later slot.
        if (slotAt(position) == oldest) {
            vacate(position);
        }
        forgottenMicros =
                Math.max(
                        forgottenMicros,
                        atMicros[oldest] + aheadSeconds[oldest] * MICROS_PER_SECOND);
        oldest = (oldest + 1) & (seq.length - 1);
        size--;
    }

    /// Where the table has the request, or the free position where it belongs.
    private int position(long high, long low) {
        int mask = slotByHash.length - 1;
        int mark = mark(high);
        int position = (int) low & mask;
        while (true) {
            int number = slotByHash[position];
            if (number == 0) {
                return position;
            }
            if ((number ^ mark) >>> slotBits == 0) {
                int slot = slotAt(position);
                if (idHigh[slot] == high && idLow[slot] == low) {
                    return position;
                }
            }
            position = (position + 1) & mask;
        }
    }

    /// The slot that the table has at a position, or -1.
    private int slotAt(int position) {
        return (slotByHash[position] & ((1 << slotBits) - 1)) - 1;
    }

    /// What a request's number in the table has above its slot.
    private int mark(long high) {
        return (int) high << slotBits;
    }

    private static int bits(int capacity) {
        return Integer.SIZE - Integer.numberOfLeadingZeros(capacity);
    }

    /// Empties a position and moves back what was pushed past it, so that probing finds no gap.
    private void vacate(int position) {
        int mask = slotByHash.length - 1;
        int gap = position;
        int next = (gap + 1) & mask;
        while (slotByHash[next] != 0) {
            int home = (int) idLow[slotAt(next)] & mask;
            boolean mayMove = ((next - home) & mask) >= ((next - gap) & mask);
            if (mayMove) {
                slotByHash[gap] = slotByHash[next];
                gap = next;
            }
            next = (next + 1) & mask;
        }
        slotByHash[gap] = 0;
    }

    private void grow() {
        int capacity = Math.multiplyExact(seq.length, 2);
        idHigh = unrolled(idHigh, capacity);
        idLow = unrolled(idLow, capacity);
        body = unrolled(body, capacity);
        seq = unrolled(seq, capacity);
        atMicros = unrolled(atMicros, capacity);
        var ahead = Arrays.copyOfRange(aheadSeconds, oldest, oldest + capacity);
        System.arraycopy(aheadSeconds, 0, ahead, aheadSeconds.length - oldest, oldest);
        aheadSeconds = ahead;
        oldest = 0;
        slotByHash = new int[2 * capacity];
        slotBits = bits(capacity);
        for (int slot = 0; slot < size; slot++) {
            slotByHash[position(idHigh[slot], idLow[slot])] = mark(idHigh[slot]) | (slot + 1);
        }
    }

    private long[] unrolled(long[] ring, int capacity) {
        var copy = Arrays.copyOfRange(ring, oldest, oldest + capacity);
        System.arraycopy(ring, 0, copy, ring.length - oldest, oldest);
        return copy;
    }

    private static long micros(Instant instant) {
        return Math.addExact(
                Math.multiplyExact(instant.getEpochSecond(), MICROS_PER_SECOND),
                instant.getNano() / 1_000);
    }
}
