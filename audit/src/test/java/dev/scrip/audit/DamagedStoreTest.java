package dev.scrip.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/// Rows that were changed behind the program's back.
class DamagedStoreTest extends PlantedFault {

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
}
