package dev.scrip.bench;

import dev.scrip.ledger.Command;
import dev.scrip.ledger.Partition;
import dev.scrip.ledger.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongConsumer;

/// Callers of the engine, each of whom waits for an answer before asking again.
final class Callers {

    private static final int TOGETHER = 1_000;

    private Callers() {}

    /// Opens the accounts of [Workload#account].
    ///
    /// @param grants of each account; one comes with it
    static void openAll(Partition partition, int accounts, int grants) {
        var commands = new ArrayList<Command>();
        for (int i = 0; i < accounts; i++) {
            var account = Workload.account(i);
            commands.add(Workload.open(account));
            for (int grant = 1; grant < grants; grant++) {
                commands.add(Workload.grant(account, "grant-" + grant));
            }
            if (commands.size() >= TOGETHER) {
                askAll(partition, commands);
                commands.clear();
            }
        }
        askAll(partition, commands);
    }

    /// Asks for one thing.
    ///
    /// @throws IllegalStateException if it is refused
    static void ask(Partition partition, Command command) {
        requireDone(partition.submit(command));
    }

    /// Asks for many at once.
    ///
    /// @throws IllegalStateException if one is refused
    static void askAll(Partition partition, List<Command> commands) {
        partition.submitAll(commands).forEach(Callers::requireDone);
    }

    private static void requireDone(Reply reply) {
        if (reply instanceof Reply.Refusal) {
            throw new IllegalStateException("refused: " + reply);
        }
    }

    /// Calls from many virtual threads until the time is over; returns calls a second.
    static double drive(int callers, int seconds, LongConsumer call) {
        var done = new LongAdder();
        var next = new AtomicLong();
        long start = System.nanoTime();
        long end = start + seconds * 1_000_000_000L;
        var threads = new Thread[callers];
        for (int i = 0; i < callers; i++) {
            threads[i] =
                    Thread.ofVirtual()
                            .start(() -> {
                                while (System.nanoTime() < end) {
                                    call.accept(next.getAndIncrement());
                                    done.increment();
                                }
                            });
        }
        for (var thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
        return done.sum() / ((System.nanoTime() - start) / 1e9);
    }
}
