package dev.scrip.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scrip.ledger.Ledger;
import dev.scrip.ledger.LedgerSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotFileTest {

    private static final Logger LOG = Logger.getLogger(SnapshotFile.class.getName());

    @TempDir Path directory;
    private Path file;
    private SnapshotFile snapshots;

    @BeforeEach
    void place() {
        // Thousands of damaged files are thousands of warnings.
        LOG.setLevel(Level.OFF);
        file = directory.resolve("ledger.snapshot");
        snapshots = new SnapshotFile(file);
    }

    @Test
    void theLatestIsKept() {
        var ledger = new Ledger(LedgerSettings.DEFAULT);
        assertThat(snapshots.latest()).isNull();

        snapshots.save(ledger.state());
        Facts.ofEachKind().forEach(ledger::apply);
        snapshots.save(ledger.state());

        assertThat(snapshots.latest()).isEqualTo(ledger.state());
        assertThat(directory).isDirectoryNotContaining(path -> path.toString().endsWith(".new"));
    }

    @Test
    void anyDamageIsNoticed() throws IOException {
        var ledger = new Ledger(LedgerSettings.DEFAULT);
        Facts.ofEachKind().forEach(ledger::apply);
        snapshots.save(ledger.state());
        var whole = Files.readAllBytes(file);

        for (int i = 0; i < whole.length; i++) {
            var damaged = whole.clone();
            damaged[i] ^= 1;
            Files.write(file, damaged);
            assertThat(snapshots.latest()).as("byte %d flipped", i).isNull();
        }
        for (int length = 0; length < whole.length; length++) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertThat(snapshots.latest()).as("cut to %d bytes", length).isNull();
        }
    }
}
