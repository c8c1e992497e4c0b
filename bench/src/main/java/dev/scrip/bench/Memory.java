package dev.scrip.bench;

import dev.scrip.ledger.Fact;
import dev.scrip.ledger.Ledger;
import dev.scrip.ledger.LedgerSettings;
import dev.scrip.storage.FactCodec;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;

/// Heap for an account that does nothing, and for a request that is remembered.
///
/// Facts come out of their bytes, as they do at a restart: an account that was opened just now
/// shares more with others.
public final class Memory {

    private static final int ACCOUNTS = 1_000_000;
    private static final int[] REQUESTS = {4_000_000, 5_000_000};
    private static final Duration WINDOW = Duration.ofDays(365);

    private Memory() {}

    public static void main(String[] args) {
        System.out.printf(
                "Heap: %.0f bytes an idle account of %,d that was opened, %.0f that was replayed%n",
                bytesPerAccount(facts -> facts), ACCOUNTS, bytesPerAccount(Memory::restored));
        for (int requests : REQUESTS) {
            System.out.printf(
                    "Heap: %.0f bytes a remembered request of %,d%n",
                    bytesPerRequest(requests), requests);
        }
    }

    private static double bytesPerAccount(UnaryOperator<List<Fact>> source) {
        var ledger = new Ledger(new LedgerSettings(WINDOW, 1));
        long before = used();
        for (int i = 0; i < ACCOUNTS; i++) {
            source.apply(Workload.opened(2L * i + 1, i)).forEach(ledger::apply);
        }
        double bytes = (used() - before) / (double) ACCOUNTS;
        require(ledger.accountCount() == ACCOUNTS);
        return bytes;
    }

    private static double bytesPerRequest(int requests) {
        var ledger = new Ledger(new LedgerSettings(WINDOW, requests));
        long before = used();
        Workload.opened(1, 0).forEach(ledger::apply);
        for (int i = 1; i <= requests; i++) {
            ledger.apply(Workload.charged(i + 2L, 0, 2, i));
        }
        double bytes = (used() - before) / (double) requests;
        require(ledger.rememberedRequests() == requests);
        return bytes;
    }

    private static List<Fact> restored(List<Fact> facts) {
        return FactCodec.decode(FactCodec.encode(facts)).facts();
    }

    /// Also keeps what was measured from being collected before it was.
    private static void require(boolean holds) {
        if (!holds) {
            throw new IllegalStateException("The ledger does not hold what it should.");
        }
    }

    // The serial collector may leave a few dead objects where they are, save at every fourth
    // collection.
    private static long used() {
        for (int i = 0; i < 4; i++) {
            System.gc();
        }
        return Objects.requireNonNull(ManagementFactory.getMemoryMXBean())
                .getHeapMemoryUsage()
                .getUsed();
    }
}
