package dev.scrip.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scrip.ledger.AccountId;
import dev.scrip.ledger.Command;
import dev.scrip.ledger.Partition;
import dev.scrip.ledger.PartitionSettings;
import dev.scrip.ledger.Snapshots;
import dev.scrip.pricing.Credits;
import dev.scrip.storage.DataDirectory;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Projections of a child's calls that were changed behind the program's back.
class DamagedChildViewsTest extends PlantedFault {

    private static final AccountId TEAM = new AccountId("live", "team-a");

    @BeforeEach
    void chargeAChild() {
        var later = START.plus(Duration.ofDays(41));
        try (var data = DataDirectory.open(directory);
                var partition =
                        new Partition(
                                data.journal(),
                                Snapshots.NONE,
                                PartitionSettings.DEFAULT,
                                () -> later,
                                () -> {});
                var views = data.readModels(partition::head)) {
            partition.submit(new Command.OpenChild(TEAM, ACME, History.request("child", 0)));
            partition.submit(
                    new Command.Charge(
                            TEAM, History.usage(Credits.of(2)), History.request("team", 0)));
            assertThat(views.entries(TEAM, Long.MAX_VALUE, 9)).hasSize(2);
        }
    }

    @Test
    void withoutDamageTheyAreSound() {
        assertThat(audit(directory)).isInstanceOf(AuditReport.Sound.class);
    }

    @Test
    void usageOfAChildThatIsGoneIsSeen() throws SQLException {
        sql("views.db", "DELETE FROM account_usage WHERE account = 'live/team-a'");

        var difference = unsound(directory);
        assertThat(difference.account()).isEqualTo("live/team-a");
        assertThat(difference.stated()).isEqualTo("no row");
    }

    @Test
    void aCallThatIsInNoEntriesOfTheChildIsSeen() throws SQLException {
        sql("views.db", "UPDATE entry SET child = NULL WHERE child IS NOT NULL");

        assertThat(unsound(directory).what()).isEqualTo("rows of children in views.db");
    }

    @Test
    void entriesOfAChildThatEndTooEarlyAreSeen() throws SQLException {
        sql("views.db", "UPDATE account SET last_seq = last_seq - 1 WHERE account = 'live/team-a'");

        assertThat(unsound(directory).what()).isEqualTo("the last fact in views.db");
    }
}
