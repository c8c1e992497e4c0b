package dev.scrip.bench;

import dev.scrip.insight.Backtest;
import dev.scrip.insight.RecordedCall;
import dev.scrip.insight.Subscriber;
import dev.scrip.pricing.Credits;
import dev.scrip.pricing.PriceBook;
import dev.scrip.pricingfile.PricingFile;
import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/// How many recorded calls a second of processor time one thread replays through two price books.
public final class BacktestSpeed {

    private static final int ACCOUNTS = 10_000;
    private static final int CALLS = 5_000_000;
    private static final int ROUNDS = 5;
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private BacktestSpeed() {}

    /// Argument: a pricing file.
    public static void main(String[] args) {
        var file = PricingFile.read(Path.of(args[0]));
        var before = file.toPriceBook("pb_1", START);
        var after = file.toPriceBook("pb_2", START);
        var operations = List.copyOf(before.operations().keySet());
        var rates = new double[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            rates[round] = callsPerSecond(before, after, operations);
        }
        System.out.printf(
                "Backtest: %,.0f calls a core-second through both price books (%,d calls, %,d accounts)%n",
                Figures.median(rates), CALLS, ACCOUNTS);
    }

    private static double callsPerSecond(
            PriceBook before, PriceBook after, List<String> operations) {
        var names = new String[ACCOUNTS];
        for (int i = 0; i < ACCOUNTS; i++) {
            names[i] = "account-" + i;
        }
        var subscriber = new Subscriber(before.plans().lastKey(), Credits.of(1_000_000));
        var backtest = new Backtest(before, after, _ -> subscriber);
        var threads = ManagementFactory.getThreadMXBean();
        long start = threads.getCurrentThreadCpuTime();
        for (int i = 0; i < CALLS; i++) {
            backtest.add(
                    new RecordedCall(
                            names[(int) (i * 7_919L % ACCOUNTS)],
                            operations.get(i % operations.size()),
                            BigDecimal.ONE,
                            null,
                            null,
                            START.plusMillis(i)));
        }
        double seconds = (threads.getCurrentThreadCpuTime() - start) / 1e9;
        if (backtest.outcome().before().calls() == 0) {
            throw new IllegalStateException("No call was charged.");
        }
        return CALLS / seconds;
    }
}
