package dev.scrip.storage;

import dev.scrip.ledger.AccountId;
import dev.scrip.ledger.Fact;
import dev.scrip.metering.BackfillCharge;
import dev.scrip.metering.BackfillKeys;
import dev.scrip.pricing.Credits;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Which events backfills have charged, as their request keys say.
final class BackfillCharges {

    static final String TABLE =
            """
            CREATE TABLE backfill_charge (
                seq        INTEGER PRIMARY KEY,
                workspace  TEXT    NOT NULL,
                backfill   TEXT    NOT NULL,
                event      TEXT    NOT NULL,
                account    TEXT    NOT NULL,
                credits    INTEGER NOT NULL,
                taken_back INTEGER NOT NULL,
                reverted   INTEGER NOT NULL
            )
            """;
    static final String EVENT_INDEX =
            "CREATE INDEX backfill_charge_event ON backfill_charge (workspace, event)";
    static final String BACKFILL_INDEX =
            "CREATE INDEX backfill_charge_backfill ON backfill_charge (workspace, backfill)";

    private static final String SELECT =
            "SELECT backfill, event, account, seq, credits, taken_back, reverted"
                    + " FROM backfill_charge WHERE workspace = ? AND ";

    private final List<BackfillCharge> charges = new ArrayList<>();
    private final List<Fact.Reversed> reversals = new ArrayList<>();

    void add(Fact fact) {
        switch (fact) {
            case Fact.Charged charged -> {
                var charge = BackfillKeys.of(charged);
                if (charge != null) {
                    charges.add(charge);
                }
            }
            case Fact.Reversed reversed -> reversals.add(reversed);
            default -> {}
        }
    }

    void addTo(Connection connection) throws SQLException {
        if (!charges.isEmpty()) {
            insert(connection);
        }
        if (!reversals.isEmpty()) {
            takeBack(connection);
        }
    }

    private void insert(Connection connection) throws SQLException {
        try (var insert =
                connection.prepareStatement(
                        """
                        INSERT INTO backfill_charge
                            (seq, workspace, backfill, event, account, credits, taken_back, reverted)
                        VALUES (?, ?, ?, ?, ?, ?, 0, 0)
                        """)) {
            for (var charge : charges) {
                insert.setLong(1, charge.seq());
                insert.setString(2, charge.account().workspace());
                insert.setString(3, charge.backfill());
                insert.setString(4, charge.event());
                insert.setString(5, charge.account().name());
                insert.setLong(6, charge.credits().micros());
                insert.executeUpdate();
            }
        }
    }

    private void takeBack(Connection connection) throws SQLException {
        try (var update =
                connection.prepareStatement(
                        """
                        UPDATE backfill_charge
                        SET taken_back = taken_back + ?, reverted = MAX(reverted, ?)
                        WHERE seq = ?
                        """)) {
            for (var reversed : reversals) {
                update.setLong(1, reversed.credits().micros());
                update.setInt(2, BackfillKeys.isRevert(reversed) ? 1 : 0);
                update.setLong(3, reversed.charge());
                update.executeUpdate();
            }
        }
    }

    /// All charges of a backfill, in their order.
    static List<BackfillCharge> of(Connection connection, String workspace, String backfill)
            throws SQLException {
        try (var query = connection.prepareStatement(SELECT + "backfill = ? ORDER BY seq")) {
            query.setString(2, backfill);
            return read(query, workspace);
        }
    }

    /// The charges that count for some events, by event.
    static Map<String, BackfillCharge> byEvent(
            Connection connection, String workspace, List<String> events) throws SQLException {
        var found = new HashMap<String, BackfillCharge>();
        try (var query = connection.prepareStatement(SELECT + "event = ? ORDER BY seq")) {
            for (var event : events) {
                query.setString(2, event);
                for (var charge : read(query, workspace)) {
                    if (charge.counts()) {
                        found.put(event, charge);
                    }
                }
            }
        }
        return found;
    }

    private static List<BackfillCharge> read(PreparedStatement query, String workspace)
            throws SQLException {
        query.setString(1, workspace);
        try (var rows = query.executeQuery()) {
            var found = new ArrayList<BackfillCharge>();
            while (rows.next()) {
                found.add(
                        new BackfillCharge(
                                rows.getString(1),
                                rows.getString(2),
                                new AccountId(workspace, rows.getString(3)),
                                rows.getLong(4),
                                new Credits(rows.getLong(5)),
                                new Credits(rows.getLong(6)),
                                rows.getInt(7) == 1));
            }
            return found;
        }
    }
}
