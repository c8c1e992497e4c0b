package dev.scrip.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scrip.ledger.AccountId;
import dev.scrip.ledger.Batch;
import dev.scrip.ledger.Command;
import dev.scrip.ledger.Draw;
import dev.scrip.ledger.Fact;
import dev.scrip.ledger.GrantCategory;
import dev.scrip.ledger.GrantTerms;
import dev.scrip.ledger.LedgerSettings;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Each fault that the audit is there for, planted into a sound history.
class PlantedFaultsTest {

    private static final AccountId ACME = new AccountId("live", "acme");
    private static final Instant START = Instant.parse("2026-01-31T10:00:00Z");

    @TempDir private Path directory;
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

    @Test
    void withoutAFaultItIsSound() {
        assertThat(audit(directory)).isInstanceOf(AuditReport.Sound.class);
    }

    @Test
    void aChangedByteIsSeen() throws SQLException {
        sql(
                "journal.db",
                "UPDATE journal SET batch = CAST(substr(batch, 1, length(batch) - 1) || x'7E'"
                        + " AS BLOB) WHERE seq = 7");

        var difference = unsound(directory);
        assertThat(difference.fact()).isEqualTo("batch up to fact 7");
        assertThat(difference.what()).matches("the (chain|bytes) of the batch");
    }

    @Test
    void aChangedChainIsSeen() throws SQLException {
        sql("journal.db", "UPDATE journal SET chain = zeroblob(32) WHERE seq = 7");

        assertThat(unsound(directory).what()).isEqualTo("the chain of the batch");
    }

    @Test
    void aRemovedBatchIsSeen() throws SQLException {
        sql("journal.db", "DELETE FROM journal WHERE seq = 5");

        assertThat(unsound(directory))
                .isEqualTo(
                        new Difference(
                                "batch up to fact 6",
                                null,
                                "the first fact of the batch",
                                "5",
                                "6"));
    }

    @Test
    void aRemovedEndIsSeenByTheProjections() throws SQLException {
        sql("journal.db", "DELETE FROM journal WHERE seq > 8");

        assertThat(unsound(directory).what()).isEqualTo("the last fact projected in views.db");
    }

    @Test
    void swappedBatchesAreSeen() throws SQLException {
        sql(
                "journal.db",
                "UPDATE journal SET batch = (SELECT batch FROM journal AS other WHERE other.seq ="
                        + " 13 - journal.seq) WHERE seq IN (6, 7)");

        assertThat(unsound(directory).what()).isEqualTo("the first fact of the batch");
    }

    @Test
    void aBalanceOffByAMillionthIsSeen() {
        var difference =
                unsound(
                        changed(
                                6,
                                fact ->
                                        charged(
                                                (Fact.Charged) fact,
                                                ((Fact.Charged) fact).draws(),
                                                fact.balance().plus(new Credits(1)))));

        assertThat(difference.what()).isEqualTo("the balance");
        assertThat(difference.account()).isEqualTo("live/acme");
        assertThat(difference.fact()).isEqualTo("ch_0000000006");
        assertThat(difference.expected()).isEqualTo("137");
        assertThat(difference.stated()).isEqualTo("137.000001");
    }

    @Test
    void aDrawFromTheWrongGrantIsSeen() {
        var difference =
                unsound(
                        changed(
                                6,
                                fact ->
                                        charged(
                                                (Fact.Charged) fact,
                                                List.of(
                                                        new Draw(
                                                                4,
                                                                Credits.of(2),
                                                                null,
                                                                Money.parse("0.001"))),
                                                fact.balance())));

        assertThat(difference.what()).isEqualTo("the grants drawn");
        assertThat(difference.expected()).contains("gr_0000000003");
        assertThat(difference.stated()).contains("gr_0000000004");
    }

    @Test
    void drawsThatDoNotAddUpAreSeen() {
        var difference =
                unsound(
                        changed(
                                6,
                                fact -> charged((Fact.Charged) fact, List.of(), fact.balance())));

        assertThat(difference.what()).isEqualTo("the sum of the draws");
    }

    @Test
    void aChargeTwiceUnderOneKeyIsSeen() {
        var facts = facts();
        var last = (Fact.Charged) facts.getLast();
        facts.add(
                new Fact.Charged(
                        last.seq() + 1,
                        last.at().plusSeconds(60),
                        ACME,
                        last.request(),
                        last.usage(),
                        last.draws(),
                        last.balance().minus(last.usage().credits()),
                        last.quota(),
                        last.resetsAt()));

        assertThat(unsound(rewritten(facts)).what()).isEqualTo("facts under the key \"late\"");
    }

    @Test
    void theSameKeyIsFreeAgainAfterADay() {
        var facts = facts();
        var last = (Fact.Charged) facts.getLast();
        facts.add(
                new Fact.Charged(
                        last.seq() + 1,
                        last.at().plus(LedgerSettings.DEFAULT.requestWindow()).plusMillis(1),
                        ACME,
                        last.request(),
                        last.usage(),
                        last.draws(),
                        last.balance().minus(last.usage().credits()),
                        last.quota(),
                        last.resetsAt()));

        assertThat(audit(rewritten(facts))).isInstanceOf(AuditReport.Sound.class);
    }

    @Test
    void aLapseBeforeItsTimeIsSeen() {
        var facts = facts();
        int at = 0;
        while (!(facts.get(at) instanceof Fact.Expired)) {
            at++;
        }
        var lapse = (Fact.Expired) facts.get(at);
        var difference =
                unsound(
                        changed(
                                lapse.seq(),
                                _ ->
                                        new Fact.Expired(
                                                lapse.seq(),
                                                lapse.at(),
                                                ACME,
                                                lapse.grant(),
                                                lapse.rest(),
                                                lapse.instant().minusSeconds(1),
                                                lapse.balance())));

        assertThat(difference.what()).isEqualTo("the instant at which it happened by itself");
        assertThat(difference.expected()).isEqualTo("2026-02-10T10:00:00Z");
        assertThat(difference.stated()).isEqualTo("2026-02-10T09:59:59Z");
    }

    @Test
    void aLapseThatNeverCameIsSeen() {
        var facts = facts();
        facts.removeIf(fact -> fact.seq() > 9);
        var charge = (Fact.Charged) facts.get(7);
        facts.add(
                new Fact.Charged(
                        10,
                        START.plus(Duration.ofDays(11)),
                        ACME,
                        History.request("after", 0),
                        charge.usage(),
                        charge.draws(),
                        charge.balance(),
                        charge.quota(),
                        charge.resetsAt()));

        assertThat(unsound(rewritten(facts)).what()).isEqualTo("what happens by itself first");
    }

    @Test
    void aPeriodOnTheWrongDayIsSeen() {
        var facts = facts();
        long seq =
                facts.stream()
                        .filter(Fact.PeriodStarted.class::isInstance)
                        .findFirst()
                        .orElseThrow()
                        .seq();
        var difference =
                unsound(
                        changed(
                                seq,
                                fact -> {
                                    var started = (Fact.PeriodStarted) fact;
                                    return new Fact.PeriodStarted(
                                            started.seq(),
                                            started.at(),
                                            ACME,
                                            started.index(),
                                            started.start(),
                                            started.end().minus(Duration.ofDays(3)),
                                            started.balance());
                                }));

        assertThat(difference.what()).isEqualTo("the end of the period");
        assertThat(difference.expected()).isEqualTo("2026-03-31T10:00:00Z");
    }

    @Test
    void timeThatGoesBackIsSeen() {
        var facts = facts();
        var last = (Fact.Charged) facts.getLast();
        facts.set(
                facts.size() - 1,
                new Fact.Charged(
                        last.seq(),
                        START,
                        ACME,
                        last.request(),
                        last.usage(),
                        last.draws(),
                        last.balance(),
                        last.quota(),
                        last.resetsAt()));

        assertThat(unsound(rewritten(facts)).what()).isEqualTo("the time of the fact");
    }

    @Test
    void aRollupThatWasChangedIsSeen() throws SQLException {
        sql("views.db", "UPDATE account_usage SET credits = credits + 1 WHERE hour > 0");

        var difference = unsound(directory);
        assertThat(difference.fact()).isEqualTo("account_usage");
        assertThat(difference.account()).isEqualTo("live/acme");
        assertThat(difference.what()).contains("image.resize");
    }

    @Test
    void aRollupOfAWorkspaceThatIsGoneIsSeen() throws SQLException {
        sql("views.db", "DELETE FROM workspace_usage");

        assertThat(unsound(directory).stated()).isEqualTo("no row");
    }

    @Test
    void anEntryThatIsGoneIsSeen() throws SQLException {
        sql("views.db", "DELETE FROM entry WHERE seq = 4");

        assertThat(unsound(directory).fact()).isEqualTo("entry");
    }

    private static Fact.Charged charged(Fact.Charged fact, List<Draw> draws, Credits balance) {
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

    private Path changed(long seq, UnaryOperator<Fact> change) {
        var facts = facts();
        facts.set((int) seq - 1, change.apply(facts.get((int) seq - 1)));
        return rewritten(facts);
    }

    private List<Fact> facts() {
        var facts = new ArrayList<Fact>();
        try (var journal = new SqliteJournal(directory.resolve("journal.db"))) {
            journal.read(0, batch -> facts.addAll(batch.facts()));
        }
        return facts;
    }

    /// As one batch with a chain that is right, so that only the facts can give it away.
    private Path rewritten(List<Fact> facts) {
        var target = directory.resolve("rewritten");
        DataDirectory.open(target).close();
        try (var journal = new SqliteJournal(target.resolve("journal.db"))) {
            journal.append(new Batch(facts));
        }
        return target;
    }

    private void sql(String file, String sql) throws SQLException {
        try (var connection =
                        DriverManager.getConnection("jdbc:sqlite:" + directory.resolve(file));
                var statement = connection.createStatement()) {
            assertThat(statement.executeUpdate(sql)).isPositive();
        }
    }

    private static AuditReport audit(Path data) {
        return Audit.of(data, null, (_, _) -> {});
    }

    private static Difference unsound(Path data) {
        var report = audit(data);
        assertThat(report).isInstanceOf(AuditReport.Unsound.class);
        return ((AuditReport.Unsound) report).difference();
    }
}
