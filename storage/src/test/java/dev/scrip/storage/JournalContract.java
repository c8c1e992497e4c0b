package dev.scrip.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.scrip.ledger.Batch;
import dev.scrip.ledger.Fact;
import dev.scrip.ledger.JournalException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/// What every journal in a database keeps to.
abstract class JournalContract {

    /// Opens the journal of this test once more. It is empty at first.
    abstract StoredJournal journal();

    /// What it stores, as it is stored.
    abstract JournalRows rows();

    @Test
    void eachBatchIsChainedToTheOneBefore() {
        try (var journal = journal()) {
            journal.append(charges(1, 2));
            journal.append(charges(3, 3));
            journal.reopen();
            journal.append(charges(4, 6));
        }
        try (var successor = journal()) {
            successor.append(charges(7, 7));
        }

        assertChained(4);
    }

    @Test
    void aWriterThatComesAfterAnotherGoesOnWithItsChain() {
        try (var first = journal();
                var second = journal()) {
            first.append(charges(1, 1));
            second.append(charges(2, 3));
            second.append(charges(4, 4));
            first.append(charges(5, 5));
        }

        assertChained(4);
    }

    /// By the words of the documentation, not by the class that writes it.
    private void assertChained(int batches) {
        try (var rows = rows()) {
            var stored = rows.after(0);
            assertThat(stored).hasSize(batches);
            var previous = new byte[32];
            long first = 1;
            for (var row : stored) {
                var bytes =
                        ByteBuffer.allocate(48 + row.batch().length)
                                .put(previous)
                                .putLong(first)
                                .putLong(row.seq())
                                .put(row.batch());
                previous = sha256(bytes.array());
                first = row.seq() + 1;
                assertThat(row.chain()).as("the chain of row %d", row.seq()).isEqualTo(previous);
            }
        }
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void whatIsAppendedIsThereAfterReopening() {
        var first = new Batch(Facts.ofEachKind().subList(0, 2));
        var second = new Batch(Facts.ofEachKind().subList(2, 4));
        try (var journal = journal()) {
            assertThat(journal.head()).isZero();
            journal.append(first);
            journal.append(second);
        }

        try (var journal = journal()) {
            assertThat(journal.head()).isEqualTo(4);
            assertThat(journal.fact(3)).isEqualTo(Facts.ofEachKind().get(2));
            assertThat(read(journal, 0)).containsExactly(first, second);
            assertThat(read(journal, 2)).containsExactly(second);
        }
    }

    @Test
    void manyBatchesAreReadInOrderAndInPieces() {
        try (var journal = journal()) {
            for (long seq = 1; seq <= 299; seq += 2) {
                journal.append(charges(seq, seq + 1));
            }

            assertThat(read(journal, 0)).extracting(Batch::lastSeq).isEqualTo(evens(2, 300));
            assertThat(read(journal, 100)).extracting(Batch::lastSeq).isEqualTo(evens(102, 300));
            var piece = new ArrayList<Batch>();
            journal.read(100, 5, piece::add);
            assertThat(piece).extracting(Batch::lastSeq).containsExactly(102L, 104L, 106L);
        }
    }

    @Test
    void aReaderThatGivesUpLeavesTheJournalUsable() {
        try (var journal = journal()) {
            journal.append(charges(1, 1));

            assertThatThrownBy(() ->
                            journal.read(
                                    0,
                                    _ -> {
                                        throw new IllegalStateException("enough");
                                    }))
                    .hasMessage("enough");
            journal.append(charges(2, 2));
            assertThat(journal.head()).isEqualTo(2);
        }
    }

    @Test
    void aFactThatIsNotThereIsSaid() {
        try (var journal = journal()) {
            assertThatThrownBy(() -> journal.fact(1))
                    .isInstanceOf(JournalException.class)
                    .hasMessageContaining("no fact 1");
            assertThat(journal.head()).isZero();
        }
    }

    @Test
    void aBatchThatDoesNotFollowTheHeadIsRefused() {
        try (var journal = journal()) {
            journal.append(charges(1, 2));

            for (var misplaced : List.of(charges(2, 3), charges(4, 4), charges(1, 2))) {
                assertThatThrownBy(() -> journal.append(misplaced))
                        .isInstanceOf(JournalException.class)
                        .hasMessageContaining("another writer?");
                journal.reopen();
            }
            assertThat(journal.head()).isEqualTo(2);
            journal.append(charges(3, 3));
            assertThat(read(journal, 0)).hasSize(2);
        }
    }

    @Test
    void aWriterThatWasDeposedCannotWrite() {
        try (var deposed = journal();
                var successor = journal()) {
            deposed.append(charges(1, 1));
            successor.append(charges(2, 2));

            assertThatThrownBy(() -> deposed.append(charges(2, 2)))
                    .isInstanceOf(JournalException.class)
                    .hasMessageContaining("another writer?");
            assertThat(read(successor, 0)).hasSize(2);
        }
    }

    /// Their batches differ in length, so that those which collide end with different facts.
    @Test
    void ofTwoWritersThatRaceOneWinsEachFact() throws Exception {
        int appendsEach = 200;
        // Which of two creates the store is not the question here.
        journal().close();
        var start = new CyclicBarrier(2);
        try (var threads = Executors.newFixedThreadPool(2)) {
            var writers = new ArrayList<Callable<List<Batch>>>();
            for (int i = 0; i < 2; i++) {
                int lengthFirst = 1 + i;
                writers.add(() -> {
                    start.await();
                    return race(appendsEach, lengthFirst);
                });
            }
            var won = new ArrayList<Batch>();
            for (var writer : threads.invokeAll(writers)) {
                won.addAll(writer.get());
            }
            won.sort((a, b) -> Long.compare(a.firstSeq(), b.firstSeq()));

            try (var journal = journal()) {
                assertThat(won).hasSize(2 * appendsEach);
                assertThat(read(journal, 0)).isEqualTo(won);
                long next = 1;
                for (var batch : won) {
                    assertThat(batch.firstSeq()).isEqualTo(next);
                    next = batch.lastSeq() + 1;
                }
            }
        }
    }

    /// Appends as one that knows of no other, until enough of it is stored.
    private List<Batch> race(int appends, int lengthFirst) {
        var won = new ArrayList<Batch>();
        try (var journal = journal()) {
            long head = journal.head();
            while (won.size() < appends) {
                var batch = charges(head + 1, head + 1 + (won.size() + lengthFirst) % 3);
                try {
                    journal.append(batch);
                    won.add(batch);
                    head = batch.lastSeq();
                } catch (JournalException e) {
                    assertThat(e).hasMessageContaining("another writer?");
                    journal.reopen();
                    head = journal.head();
                }
            }
        }
        return won;
    }

    @Test
    void aClosedJournalSaysSo() {
        var journal = journal();
        journal.close();

        assertThatThrownBy(journal::head)
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("closed");
        assertThatThrownBy(() -> journal.append(charges(1, 1)))
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("closed");
    }

    static Batch charges(long firstSeq, long lastSeq) {
        return new Batch(
                LongStream.rangeClosed(firstSeq, lastSeq)
                        .mapToObj(seq ->
                                Facts.charged(seq, Facts.ACME, "image.resize", "5", "49995.5"))
                        .map(Fact.class::cast)
                        .toList());
    }

    static List<Batch> read(StoredJournal journal, long after) {
        var batches = new ArrayList<Batch>();
        journal.read(after, batches::add);
        return batches;
    }

    private static List<Long> evens(long first, long last) {
        return LongStream.rangeClosed(first, last).filter(seq -> seq % 2 == 0).boxed().toList();
    }
}
