package dev.scrip.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.scrip.ledger.Batch;
import dev.scrip.ledger.Journal;
import dev.scrip.ledger.JournalException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteJournalTest {

    @TempDir Path directory;

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
    void aBatchThatDoesNotFollowTheHeadIsRefused() {
        try (var journal = journal()) {
            journal.append(new Batch(Facts.ofEachKind().subList(0, 2)));

            assertThatThrownBy(() -> journal.append(new Batch(Facts.ofEachKind().subList(1, 3))))
                    .isInstanceOf(JournalException.class)
                    .hasMessageContaining("another writer?");
            assertThatThrownBy(() -> journal.append(new Batch(Facts.ofEachKind().subList(3, 4))))
                    .isInstanceOf(JournalException.class);
            assertThat(journal.head()).isEqualTo(2);
        }
    }

    @Test
    void aWriterThatWasDeposedCannotWrite() {
        try (var deposed = journal();
                var successor = journal()) {
            deposed.append(new Batch(Facts.ofEachKind().subList(0, 1)));
            successor.append(new Batch(Facts.ofEachKind().subList(1, 2)));

            assertThatThrownBy(() -> deposed.append(new Batch(Facts.ofEachKind().subList(1, 2))))
                    .isInstanceOf(JournalException.class);
            assertThat(read(successor, 0)).hasSize(2);
        }
    }

    @Test
    void aClosedJournalSaysSo() {
        var journal = journal();
        journal.close();

        assertThatThrownBy(journal::head)
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("closed");
    }

    private Journal journal() {
        return new SqliteJournal(directory.resolve("journal.db"));
    }

    private static List<Batch> read(Journal journal, long after) {
        var batches = new ArrayList<Batch>();
        journal.read(after, batches::add);
        return batches;
    }
}
