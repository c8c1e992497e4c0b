package dev.scrip.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.scrip.ledger.AccountId;
import dev.scrip.ledger.Batch;
import dev.scrip.ledger.Fact;
import dev.scrip.ledger.RatedUsage;
import dev.scrip.metering.OperationUsage;
import dev.scrip.pricing.Credits;
import dev.scrip.pricing.Money;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadModelProjectorTest {

    private static final Instant NINE = Instant.parse("2026-11-01T09:00:00Z");
    private static final AccountId TEAM = new AccountId("live", "team-a");
    private static final AccountId GLOBEX = new AccountId("test", "globex");

    @TempDir Path directory;
    private final AtomicLong head = new AtomicLong();

    @Test
    void entriesComeNewestFirstByPage() {
        try (var data = DataDirectory.open(directory);
                var models = append(data, Facts.ofEachKind())) {
            assertThat(models.entries(Facts.ACME, Long.MAX_VALUE, 4).stream().map(Fact::seq))
                    .containsExactly(6L, 5L, 4L, 3L);
            assertThat(models.entries(Facts.ACME, 3, 4))
                    .containsExactly(Facts.ofEachKind().get(1), Facts.ofEachKind().get(0));
            assertThat(models.entries(GLOBEX, Long.MAX_VALUE, 4)).isEmpty();
        }
    }

    @Test
    void usageAddsUpByOperationAndHour() {
        var facts =
                List.<Fact>of(
                        charge(1, NINE, Facts.ACME, "image.resize", "5"),
                        charge(2, NINE.plusSeconds(3_599), Facts.ACME, "image.resize", "5"),
                        charge(3, NINE.plusSeconds(3_600), Facts.ACME, "image.resize", "5"),
                        charge(4, NINE, Facts.ACME, "image.upload", "1"),
                        charge(5, NINE, GLOBEX, "image.upload", "1"));
        try (var data = DataDirectory.open(directory);
                var models = append(data, facts)) {
            assertThat(models.usage(Facts.ACME, NINE, NINE.plusSeconds(3_600)))
                    .containsExactly(
                            new OperationUsage(
                                    "image.resize",
                                    2,
                                    Credits.of(10),
                                    Money.parse("0.01"),
                                    Money.parse("0.00522"),
                                    Money.parse("0.0016")),
                            new OperationUsage(
                                    "image.upload",
                                    1,
                                    Credits.of(1),
                                    Money.parse("0.001"),
                                    Money.parse("0.00029"),
                                    Money.parse("0.0008")));
            assertThat(models.usage("live", NINE, NINE.plusSeconds(7_200)).getFirst().calls())
                    .isEqualTo(3);
            assertThat(models.usage("test", NINE, NINE.plusSeconds(7_200)))
                    .singleElement()
                    .extracting(OperationUsage::calls)
                    .isEqualTo(1L);
        }
    }

    @Test
    void aChildsCallsAreInItsOwnEntriesAndInThoseOfItsPool() {
        var facts = factsOfAChild();
        try (var data = DataDirectory.open(directory);
                var models = append(data, facts)) {
            assertThat(seqs(models.entries(TEAM, Long.MAX_VALUE, 9))).containsExactly(6L, 4L, 2L);
            assertThat(seqs(models.entries(TEAM, Long.MAX_VALUE, 2))).containsExactly(6L, 4L);
            assertThat(seqs(models.entries(TEAM, 4, 2))).containsExactly(2L);
            assertThat(seqs(models.entries(TEAM, 3, 2))).as("after one of another").isEmpty();
            assertThat(seqs(models.entries(Facts.ACME, Long.MAX_VALUE, 9)))
                    .containsExactly(6L, 4L, 3L, 1L);
            assertThat(seqs(models.entries(Facts.ACME, 6, 1))).containsExactly(4L);
        }
    }

    @Test
    void usageOfAChildIsItsOwnAndCountsOnceInTheWorkspace() {
        try (var data = DataDirectory.open(directory);
                var models = append(data, factsOfAChild())) {
            var to = NINE.plusSeconds(3_600);
            var resize =
                    new OperationUsage(
                            "image.resize",
                            1,
                            Credits.of(3),
                            Money.parse("0.003"),
                            Money.parse("0.0015"),
                            Money.parse("0.0008"));
            assertThat(models.usage(TEAM, NINE, to)).as("with 2 of 5 back").containsExactly(resize);
            assertThat(models.usage(Facts.ACME, NINE, to))
                    .extracting(OperationUsage::operation, OperationUsage::calls)
                    .containsExactly(tuple("image.resize", 1L), tuple("image.upload", 1L));
            assertThat(models.usage(Facts.ACME, NINE, to).getFirst()).isEqualTo(resize);
            assertThat(models.usage("live", NINE, to))
                    .isEqualTo(models.usage(Facts.ACME, NINE, to));
        }
    }

    /// Opens a pool and its child, which makes a call that is taken back in part.
    private static List<Fact> factsOfAChild() {
        var pool = (Fact.AccountOpened) Facts.ofEachKind().getFirst();
        var charged = charge(4, NINE, Facts.ACME, "image.resize", "5");
        return List.of(
                pool,
                new Fact.AccountOpened(
                        2,
                        NINE,
                        TEAM,
                        Facts.request("child"),
                        pool.plan(),
                        pool.zone(),
                        pool.periodEnd(),
                        Facts.ACME),
                charge(3, NINE, Facts.ACME, "image.upload", "1"),
                new Fact.Charged(
                        4,
                        NINE,
                        Facts.ACME,
                        charged.request(),
                        ofTeam(charged.usage()),
                        charged.draws(),
                        charged.balance(),
                        charged.quota(),
                        charged.resetsAt()),
                charge(5, NINE, GLOBEX, "image.upload", "1"),
                new Fact.Reversed(
                        6,
                        NINE,
                        Facts.ACME,
                        Facts.request("back"),
                        4,
                        false,
                        "image.resize",
                        TEAM.name(),
                        Credits.of(2),
                        Money.parse("0.002"),
                        charged.yieldValue().minus(Money.parse("0.0015")),
                        List.of(),
                        Credits.ZERO,
                        "",
                        Credits.ZERO));
    }

    private static RatedUsage ofTeam(RatedUsage usage) {
        return new RatedUsage(
                usage.operation(),
                usage.quantity(),
                usage.base(),
                usage.credits(),
                usage.listValue(),
                usage.cost(),
                usage.priceBook(),
                null,
                null,
                TEAM.name());
    }

    private static List<Long> seqs(List<Fact> facts) {
        return facts.stream().map(Fact::seq).toList();
    }

    @Test
    void aReaderSeesWhatWasDurableWhenItAsked() {
        try (var data = DataDirectory.open(directory);
                var journal = data.journal();
                var models = data.readModels(head::get)) {
            for (int seq = 1; seq <= 200; seq++) {
                journal.append(
                        new Batch(List.of(charge(seq, NINE, Facts.ACME, "image.resize", "5"))));
                head.set(seq);
                models.signal();

                assertThat(models.entries(Facts.ACME, Long.MAX_VALUE, 1).getFirst().seq())
                        .isEqualTo(seq);
            }
            assertThat(models.lag()).isZero();
        }
    }

    @Test
    void whatIsReadInPartsIsThereOnceAndInOrderWhateverTheBatches() {
        int facts = 45_000;
        try (var data = DataDirectory.open(directory)) {
            try (var journal = data.journal()) {
                int size = 1;
                for (int first = 1; first <= facts; first += size) {
                    size = Math.min(1 + first * 7 % 1_700, facts - first + 1);
                    journal.append(
                            new Batch(
                                    IntStream.range(first, first + size)
                                            .mapToObj(seq ->
                                                    (Fact)
                                                            charge(
                                                                    seq,
                                                                    NINE,
                                                                    seq % 3 == 0
                                                                            ? GLOBEX
                                                                            : Facts.ACME,
                                                                    "image.resize",
                                                                    "5"))
                                            .toList()));
                }
                // The last batch is stored, but not known to be durable.
                head.set(journal.head());
                journal.append(
                        new Batch(
                                List.of(charge(facts + 1, NINE, Facts.ACME, "image.resize", "5"))));
            }
            try (var models = data.readModels(head::get)) {
                assertThat(models.usage("live", NINE, NINE.plusSeconds(1)).getFirst().calls())
                        .isEqualTo(30_000);
                assertThat(models.usage("test", NINE, NINE.plusSeconds(1)).getFirst().calls())
                        .isEqualTo(15_000);
                assertThat(models.entries(GLOBEX, Long.MAX_VALUE, 300).stream().map(Fact::seq))
                        .containsExactlyElementsOf(
                                IntStream.rangeClosed(1, 300)
                                        .mapToObj(i -> facts + 3L - 3L * i)
                                        .toList());
                assertThat(models.lag()).isZero();
            }
        }
    }

    @Test
    void droppedReadModelsAreRebuiltTheSame() throws IOException {
        List<Fact> entries;
        List<OperationUsage> usage;
        try (var data = DataDirectory.open(directory);
                var models = append(data, Facts.ofEachKind())) {
            entries = models.entries(Facts.ACME, Long.MAX_VALUE, 100);
            usage = models.usage("live", NINE, NINE.plus(Duration.ofDays(60)));
        }
        try (var files = Files.list(directory)) {
            for (var file : new ArrayList<>(files.toList())) {
                if (file.getFileName().toString().startsWith("views.db")) {
                    Files.delete(file);
                }
            }
        }

        try (var data = DataDirectory.open(directory);
                var models = data.readModels(head::get)) {
            assertThat(models.entries(Facts.ACME, Long.MAX_VALUE, 100)).isEqualTo(entries);
            assertThat(models.usage("live", NINE, NINE.plus(Duration.ofDays(60))))
                    .isEqualTo(usage)
                    .isNotEmpty();
        }
    }

    @Test
    void damagedReadModelsAndThoseOfAnotherJournalAreBuiltAnew() throws IOException {
        try (var data = DataDirectory.open(directory);
                var models = append(data, Facts.ofEachKind())) {
            assertThat(models.entries(Facts.ACME, Long.MAX_VALUE, 100)).hasSize(6);
        }
        var views = directory.resolve("views.db");
        Files.write(views, new byte[5_000]);
        try (var data = DataDirectory.open(directory);
                var models = data.readModels(head::get)) {
            assertThat(models.entries(Facts.ACME, Long.MAX_VALUE, 100)).hasSize(6);
        }

        Files.delete(directory.resolve("journal.db"));
        try (var data = DataDirectory.open(directory);
                var models = append(data, Facts.ofEachKind().subList(0, 2))) {
            assertThat(models.entries(Facts.ACME, Long.MAX_VALUE, 100)).hasSize(2);
        }
    }

    @Test
    void sumsThatCannotBeCountedStayAtTheEndOfTheRange() {
        var dear = Facts.charged(1, NINE, Facts.ACME, "image.resize", "9000000000000", "0");
        var again = Facts.charged(2, NINE, Facts.ACME, "image.resize", "9000000000000", "0");
        try (var data = DataDirectory.open(directory);
                var models = append(data, List.of(dear))) {
            assertThat(models.usage("live", NINE, NINE.plusSeconds(1)).getFirst().listValue())
                    .isEqualTo(Money.parse("9000000000"));
            try (var journal = data.journal()) {
                journal.append(new Batch(List.of(again)));
                head.set(2);
                models.signal();
            }
            assertThat(models.usage("live", NINE, NINE.plusSeconds(1)).getFirst().listValue())
                    .isEqualTo(new Money(Long.MAX_VALUE));
        }
    }

    @Test
    void aRestartGoesOnWhereItWas() {
        try (var data = DataDirectory.open(directory);
                var models = append(data, Facts.ofEachKind())) {
            assertThat(models.entries(Facts.ACME, Long.MAX_VALUE, 100)).hasSize(6);
        }
        try (var data = DataDirectory.open(directory);
                var models = data.readModels(head::get)) {
            assertThat(models.entries(Facts.ACME, Long.MAX_VALUE, 100)).hasSize(6);
        }
    }

    private ReadModelProjector append(DataDirectory data, List<Fact> facts) {
        try (var journal = data.journal()) {
            for (int i = 0; i < facts.size(); i += 2) {
                journal.append(new Batch(facts.subList(i, Math.min(i + 2, facts.size()))));
            }
            head.set(journal.head());
        }
        return data.readModels(head::get);
    }

    private static Fact.Charged charge(
            long seq, Instant at, AccountId account, String operation, String credits) {
        return Facts.charged(seq, at, account, operation, credits, "0");
    }
}
