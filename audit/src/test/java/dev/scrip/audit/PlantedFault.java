package dev.scrip.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scrip.ledger.AccountId;
import dev.scrip.ledger.Batch;
import dev.scrip.ledger.Command;
import dev.scrip.ledger.Draw;
import dev.scrip.ledger.Fact;
import dev.scrip.ledger.GrantCategory;
import dev.scrip.ledger.GrantTerms;
import dev.scrip.ledger.Partition;
import dev.scrip.ledger.PartitionSettings;
import dev.scrip.ledger.PlanTerms;
import dev.scrip.ledger.Snapshots;
import dev.scrip.pricing.Credits;
import dev.scrip.pricing.Money;
import dev.scrip.storage.DataDirectory;
import dev.scrip.storage.SqliteJournal;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// A sound history to plant a fault into.
abstract class PlantedFault {

    static final AccountId ACME = new AccountId("live", "acme");
    static final Instant START = Instant.parse("2026-01-31T10:00:00Z");

    @TempDir Path directory;
    private volatile Instant now = START;

    @BeforeEach
    void writeHistory() {
        try (var data = DataDirectory.open(directory);
                var partition =
                        new Partition(
                                data.journal(),
                                Snapshots.NONE,
                                PartitionSettings.DEFAULT,
                                () -> now,
                                () -> {});
                var views = data.readModels(partition::head)) {
            partition.submit(
                    new Command.OpenAccount(
                            ACME,
                            new PlanTerms("starter", Credits.of(100), Money.parse("0.00058")),
                            ZoneOffset.UTC,
                            History.request("open", 0)));
            partition.submit(grant("gift", GrantCategory.PROMOTIONAL, Duration.ofDays(10)));
            partition.submit(grant("bought", GrantCategory.PAID, null));
            for (int i = 1; i <= 4; i++) {
                partition.submit(
                        new Command.Charge(
                                ACME, History.usage(Credits.of(i)), History.request("c-" + i, 0)));
            }
            partition.submit(
                    new Command.Authorise(
                            ACME,
                            History.usage(Credits.of(30)),
                            Duration.ofHours(1),
                            History.request("hold", 0)));
            now = START.plus(Duration.ofDays(40));
            partition.submit(
                    new Command.Charge(
                            ACME, History.usage(Credits.of(7)), History.request("late", 0)));
            assertThat(views.entries(ACME, Long.MAX_VALUE, 1)).hasSize(1);
        }
    }

    private static Command grant(String key, GrantCategory category, @Nullable Duration life) {
        return new Command.GrantCredits(
                ACME,
                new GrantTerms(
                        Credits.of(20),
                        50,
                        category,
                        START,
                        life == null ? null : START.plus(life),
                        category == GrantCategory.PAID ? Money.parse("0.001") : Money.ZERO),
                History.request(key, 0));
    }

    static Fact.Charged charged(Fact.Charged fact, List<Draw> draws, Credits balance) {
        return new Fact.Charged(
                fact.seq(),
                fact.at(),
                fact.account(),
                fact.request(),
                fact.usage(),
                draws,
                balance,
                fact.quota(),
                fact.resetsAt());
    }

    Path changed(long seq, UnaryOperator<Fact> change) {
        var facts = facts();
        facts.set((int) seq - 1, change.apply(facts.get((int) seq - 1)));
        return rewritten(facts);
    }

    List<Fact> facts() {
        var facts = new ArrayList<Fact>();
        try (var journal = new SqliteJournal(directory.resolve("journal.db"))) {
            journal.read(0, batch -> facts.addAll(batch.facts()));
        }
        return facts;
    }

    /// As one batch with a chain that is right, so that only the facts can give it away.
    Path rewritten(List<Fact> facts) {
        var target = directory.resolve("rewritten");
        DataDirectory.open(target).close();
        try (var journal = new SqliteJournal(target.resolve("journal.db"))) {
            journal.append(new Batch(facts));
        }
        return target;
    }

    void sql(String file, String sql) throws SQLException {
        try (var connection =
                        DriverManager.getConnection("jdbc:sqlite:" + directory.resolve(file));
                var statement = connection.createStatement()) {
            assertThat(statement.executeUpdate(sql)).isPositive();
        }
    }

    static AuditReport audit(Path data) {
        return Audit.of(data, null, (_, _) -> {});
    }

    static Difference unsound(Path data) {
        var report = audit(data);
        assertThat(report).isInstanceOf(AuditReport.Unsound.class);
        return ((AuditReport.Unsound) report).difference();
    }
}
