package dev.scrip.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
                        "pb_1", Instant.parse("2026-11-01T00:00:00Z"), "format: x");
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
}
