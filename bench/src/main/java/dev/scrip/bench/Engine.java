package dev.scrip.bench;

import dev.scrip.ledger.AccountId;
import dev.scrip.ledger.Partition;
import dev.scrip.ledger.PartitionSettings;
import dev.scrip.ledger.Snapshots;
import dev.scrip.storage.SqliteJournal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;

/// The engine in this process, with its journal in a directory of its own and accounts to charge.
final class Engine implements AutoCloseable {

    /// Patient: a disk that others keep busy makes figures worse and does not end the measurement.
    private static final PartitionSettings SETTINGS =
            new PartitionSettings(
                    PartitionSettings.DEFAULT.ledger(),
                    PartitionSettings.DEFAULT.queueLengthMax(),
                    PartitionSettings.DEFAULT.batchLengthMax(),
                    PartitionSettings.DEFAULT.factsBetweenSnapshots(),
                    Duration.ofMinutes(1));

    private final Path directory;
    private final Partition partition;
    private final AccountId[] accounts;
    private final AtomicLong charged = new AtomicLong();

    /// With accounts that [#openAll] opens.
    Engine(int accounts) throws IOException {
        this.directory = Files.createTempDirectory("scrip-bench");
        this.partition =
                new Partition(
                        new SqliteJournal(directory.resolve("journal.db")),
                        Snapshots.NONE,
                        SETTINGS,
                        InstantSource.system(),
                        () -> {});
        this.accounts = new AccountId[accounts];
        for (int i = 0; i < accounts; i++) {
            this.accounts[i] = Workload.account(i);
        }
    }

    /// @param grants of each account, none of which runs dry; one comes with the account
    void openAll(int grants) {
        Callers.openAll(partition, accounts.length, grants);
    }

    /// What charging came to.
    ///
    /// @param cpuMicros what one charge took of the machine, its caller included, compilers not
    record Run(double perSecond, double cpuMicros, double partitionCpuMicros) {

        void print(String what) {
            System.out.printf(
                    Locale.ROOT,
                    "  %s: %,.0f/s, CPU %.1f µs a charge, %.1f of it in the partition%n",
                    what,
                    perSecond,
                    cpuMicros,
                    partitionCpuMicros);
        }
    }

    Run chargeAll(int callers, int seconds) throws IOException {
        return charge(accounts.length, callers, seconds);
    }

    Run chargeOne(int callers, int seconds) throws IOException {
        return charge(1, callers, seconds);
    }

    private Run charge(int spread, int callers, int seconds) throws IOException {
        long before = charged.get();
        long pid = ProcessHandle.current().pid();
        var timesBefore = ThreadTimes.of(pid);
        double perSecond =
                Callers.drive(
                        callers,
                        seconds,
                        _ -> {
                            long number = charged.getAndIncrement();
                            var account = accounts[(int) (number * 7919 % spread)];
                            Callers.ask(partition, Workload.charge(account, "key-" + number));
                        });
        var times = ThreadTimes.of(pid).microsEachSince(timesBefore, charged.get() - before);
        double all = times.values().stream().mapToDouble(Double::doubleValue).sum();
        return new Run(
                perSecond,
                all - times.getOrDefault("compiler", 0.0),
                times.getOrDefault("partition", 0.0));
    }

    @Override
    public void close() throws IOException {
        partition.close();
        Figures.delete(directory);
    }
}
