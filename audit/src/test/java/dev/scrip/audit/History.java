package dev.scrip.audit;

import dev.scrip.ledger.Command;
import dev.scrip.ledger.Fingerprint;
import dev.scrip.ledger.InMemoryJournal;
import dev.scrip.ledger.LedgerSettings;
import dev.scrip.ledger.LedgerState;
import dev.scrip.ledger.Partition;
import dev.scrip.ledger.PartitionSettings;
import dev.scrip.ledger.RatedUsage;
import dev.scrip.ledger.RequestKey;
import dev.scrip.ledger.Snapshots;
import dev.scrip.pricing.Credits;
import dev.scrip.pricing.Money;
import dev.scrip.storage.DataDirectory;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.jspecify.annotations.Nullable;

/// What the real engine makes of random commands over several months.
final class History {

    static final LedgerSettings SETTINGS = new LedgerSettings(Duration.ofDays(2), 40);
    private static final PartitionSettings PARTITION =
            new PartitionSettings(SETTINGS, 1_000, 100, 1_000_000, Duration.ofSeconds(20));

    private final RandomGenerator random;
    private final RandomCommands commands;
    private volatile Instant now = Instant.parse("2026-08-31T12:00:00Z");

    private History(long seed) {
        random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        commands = new RandomCommands(random);
    }

    /// Writes it into a data directory, with its projections.
    static void write(Path directory, long seed, int steps) {
        var history = new History(seed);
        try (var data = DataDirectory.open(directory);
                var partition =
                        new Partition(
                                data.journal(),
                                Snapshots.NONE,
                                PARTITION,
                                () -> history.now,
                                () -> {});
                var views = data.readModels(partition::head)) {
            history.run(partition, steps);
            var _ = views.entries(RandomCommands.ACCOUNTS.getFirst(), Long.MAX_VALUE, 1);
        }
    }

    /// Keeps it in memory, which is quicker. Halfway the engine stops and starts again from what it
    /// wrote, at times from a snapshot.
    static InMemoryJournal inMemory(long seed, int steps) {
        var history = new History(seed);
        var journal = new InMemoryJournal();
        var snapshots = seed % 2 == 0 ? Snapshots.NONE : new LastSnapshot();
        for (int half = 0; half < 2; half++) {
            try (var partition =
                    new Partition(journal, snapshots, PARTITION, () -> history.now, () -> {})) {
                history.run(partition, steps / 2);
            }
        }
        return journal;
    }

    private static final class LastSnapshot implements Snapshots {
        private volatile @Nullable LedgerState last;

        @Override
        public @Nullable LedgerState latest() {
            return last;
        }

        @Override
        public void save(LedgerState state) {
            last = state;
        }
    }

    private void run(Partition partition, int steps) {
        partition.submitAll(commands.opening()).forEach(commands::remember);
        for (int step = 0; step < steps; step++) {
            now = now.plusSeconds(timeStep());
            var batch = new ArrayList<Command>();
            for (int i = 0; i <= random.nextInt(4); i++) {
                batch.add(commands.next(now));
            }
            partition.submitAll(batch).forEach(commands::remember);
            commands.remember(partition.submit(new Command.Inspect(commands.account())));
        }
    }

    private long timeStep() {
        return switch (random.nextInt(20)) {
            case 0 -> random.nextInt(40 * 86_400);
            case 1 -> -random.nextInt(3_600);
            default -> random.nextInt(600);
        };
    }

    static RatedUsage usage(Credits credits) {
        return new RatedUsage(
                "image.resize",
                BigDecimal.ONE,
                credits,
                credits,
                Money.parse("0.001").timesCredits(credits),
                Money.parse("0.0008"),
                "pb_1");
    }

    static RequestKey request(String key, int body) {
        return new RequestKey(
                key, Fingerprint.of((key + body).getBytes(StandardCharsets.US_ASCII)));
    }
}
