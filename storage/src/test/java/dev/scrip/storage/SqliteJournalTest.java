package dev.scrip.storage;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class SqliteJournalTest extends JournalContract {

    @TempDir Path directory;

    @Override
    StoredJournal journal() {
        return new SqliteJournal(directory.resolve("journal.db"));
    }

    @Override
    JournalRows rows() {
        return JournalRows.ofFile(directory.resolve("journal.db"));
    }
}
