package dev.scrip.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {

    @TempDir Path parent;

    @Test
    void aSecondOpenerIsRefusedUntilTheFirstHasClosed() {
        var directory = parent.resolve("new/data");
        try (var first = DataDirectory.open(directory)) {
            assertThat(first.operators().keys()).isEmpty();
            assertThatThrownBy(() -> DataDirectory.open(directory))
                    .isInstanceOf(StorageException.class)
                    .hasMessageContaining("Another process serves")
                    .hasMessageContaining("--data");
        }
        DataDirectory.open(directory).close();
    }

    @Test
    void whatIsCreatedIsForItsOwnerOnly() throws IOException {
        var directory = parent.resolve("data");
        DataDirectory.open(directory).close();

        assertThat(Files.getPosixFilePermissions(directory)).hasSize(3);
    }

    @Test
    void aFileInPlaceOfTheFolderIsSaid() throws IOException {
        var file = Files.createFile(parent.resolve("file"));

        assertThatThrownBy(() -> DataDirectory.open(file))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("it is a file, not a folder");
    }

    @Test
    void operatorDataIsKept() {
        var key =
                new OperatorStore.StoredKey(
                        "key_1", "live", "admin", "ab12", Instant.parse("2026-11-01T00:00:00Z"));
        var book =
                new OperatorStore.StoredPriceBook(
                        "pb_1",
                        Instant.parse("2026-11-01T00:00:00Z"),
                        "format: x",
                        Instant.parse("2026-10-01T00:00:00Z"),
                        "key_1",
                        "a reason",
                        "another");
        try (var data = DataDirectory.open(parent)) {
            data.operators().addKey(key);
            data.operators().addPriceBook(book);
        }
        try (var data = DataDirectory.open(parent)) {
            assertThat(data.operators().keys()).containsExactly(key);
            assertThat(data.operators().priceBooks()).containsExactly(book);
            assertThatThrownBy(() -> data.operators().addPriceBook(book))
                    .isInstanceOf(StorageException.class);
        }
    }

    @Test
    void priceBooksOfBeforeHaveNoPublication() throws SQLException {
        try (var connection = Sqlite.open(operatorsFile(), Sqlite.Durability.FULL);
                var statement = connection.createStatement()) {
            statement.execute(
                    "CREATE TABLE price_book (version TEXT NOT NULL PRIMARY KEY,"
                            + " effective_from INTEGER NOT NULL, document TEXT NOT NULL)");
            statement.execute("INSERT INTO price_book VALUES ('pb_1', 1000000, 'format: x')");
        }
        var added =
                new OperatorStore.StoredPriceBook(
                        "pb_2", Instant.ofEpochSecond(2), "format: y", null, null, null, null);
        for (int start = 1; start <= 2; start++) {
            try (var data = DataDirectory.open(parent)) {
                assertThat(data.operators().priceBooks())
                        .startsWith(
                                new OperatorStore.StoredPriceBook(
                                        "pb_1",
                                        Instant.ofEpochSecond(1),
                                        "format: x",
                                        null,
                                        null,
                                        null,
                                        null))
                        .hasSize(start);
                if (start == 1) {
                    data.operators().addPriceBook(added);
                }
            }
        }
    }

    private Path operatorsFile() {
        return parent.resolve("operators.db");
    }
}
