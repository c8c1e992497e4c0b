package dev.scrip.cli.demo;

import dev.scrip.client.ChargeOutcome;
import dev.scrip.client.ChargeRequest;
import dev.scrip.client.IdempotencyKey;
import dev.scrip.client.NoAnswerException;
import dev.scrip.client.ScripClient;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Sends calls as charges, in their order, many at a time.
public final class Replay {

    private static final Duration LOOK_EVERY = Duration.ofMillis(100);

    private final ScripClient client;
    private final List<TracedCall> calls;
    private final List<String> accounts;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger done = new AtomicInteger();
    private final AtomicInteger charged = new AtomicInteger();
    private final ConcurrentLinkedQueue<Refused> tooFew = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();
    private final long[] nanos;
    private long startNanos;

    /// A call that its account could not pay.
    public record Refused(String account, TracedCall call) {}

    /// @param charged answered 201
    /// @param tooFew answered 402
    /// @param failures what was answered otherwise, or not at all
    /// @param p50 half of the calls took at most this long, as their callers saw it
    /// @param p99 99 of 100 calls took at most this long
    public record Result(
            int calls,
            int charged,
            List<Refused> tooFew,
            List<String> failures,
            Duration elapsed,
            Duration p50,
            Duration p99) {

        public Result {
            tooFew = List.copyOf(tooFew);
            failures = List.copyOf(failures);
        }

        public long callsPerSecond() {
            return calls * 1_000L / Math.max(1, elapsed.toMillis());
        }
    }

    public Replay(
            ScripClient client,
            List<TracedCall> calls,
            List<Customer> customers,
            RandomGenerator random) {
        this.client = client;
        this.calls = List.copyOf(calls);
        this.accounts = Customer.accountsFor(calls.size(), customers, random);
        this.nanos = new long[calls.size()];
    }

    /// Runs once.
    ///
    /// @param callers how many calls are under way at a time
    /// @param speed how many times faster than the log's clock; null for as fast as it goes
    /// @param progress told now and then how many calls are done
    public Result run(int callers, @Nullable Integer speed, IntConsumer progress)
            throws InterruptedException {
        startNanos = System.nanoTime();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < callers; i++) {
                threads.execute(() -> sendAll(speed));
            }
            threads.shutdown();
            while (!threads.awaitTermination(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
                progress.accept(done.get());
            }
        }
        progress.accept(done.get());
        return result();
    }

    private void sendAll(@Nullable Integer speed) {
        for (int i = next.getAndIncrement(); i < calls.size(); i = next.getAndIncrement()) {
            if (speed != null) {
                waitUntilDue(calls.get(i), speed);
            }
            long sent = System.nanoTime();
            send(accounts.get(i), calls.get(i));
            nanos[i] = System.nanoTime() - sent;
            done.incrementAndGet();
        }
    }

    private void waitUntilDue(TracedCall call, int speed) {
        var sinceFirst = Duration.between(calls.getFirst().at(), call.at());
        long due = startNanos + sinceFirst.dividedBy(speed).toNanos();
        try {
            TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void send(String account, TracedCall call) {
        var request = ChargeRequest.of(account, call.operation()).withUse(call.use());
        try {
            switch (client.charge(request, new IdempotencyKey(call.id()))) {
                case ChargeOutcome.Charged _ -> charged.incrementAndGet();
                case ChargeOutcome.TooFewCredits _ -> tooFew.add(new Refused(account, call));
                case ChargeOutcome.Refused(var problem) -> failures.add(problem.toString());
            }
        } catch (NoAnswerException e) {
            failures.add(String.valueOf(e.getMessage()));
        }
    }

    private Result result() {
        var sorted = nanos.clone();
        Arrays.sort(sorted);
        return new Result(
                calls.size(),
                charged.get(),
                List.copyOf(tooFew),
                List.copyOf(failures),
                Duration.ofNanos(System.nanoTime() - startNanos),
                percentile(sorted, 50),
                percentile(sorted, 99));
    }

    /// The smallest that as many percent are not above.
    static Duration percentile(long[] sorted, int percent) {
        int rank = Math.ceilDiv(sorted.length * percent, 100);
        return Duration.ofNanos(sorted[Math.max(0, rank - 1)]);
    }
}
