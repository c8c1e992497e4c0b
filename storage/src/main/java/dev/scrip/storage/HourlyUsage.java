package dev.scrip.storage;

import dev.scrip.ledger.AccountId;
import dev.scrip.ledger.Fact;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What some charges add to the usage tables: summed up in memory, so that a row is touched once.
final class HourlyUsage {

    /// Sums that would leave the range stay at its end: SQLite would go on in floating point.
    private static final String ADDED =
            Stream.of("calls", "credits", "list_value", "yield_value", "cost")
                    .map(column ->
                            """
                            %1$s = CASE typeof(%1$s + excluded.%1$s)
                                WHEN 'integer' THEN %1$s + excluded.%1$s
                                ELSE 9223372036854775807 END\
                            """
                                    .formatted(column))
                    .collect(Collectors.joining(",\n"));

    private final Map<Cell<AccountId>, Sums> byAccount = new HashMap<>();
    private final Map<Cell<String>, Sums> byWorkspace = new HashMap<>();

    /// One row of a usage table: whose, which hour, which operation.
    ///
    /// @param <T> an account or a workspace
    private record Cell<T>(T owner, long hour, String operation) {}

    /// What a cell adds up.
    private static final class Sums {
        long calls;
        long credits;
        long listValue;
        long yieldValue;
        long cost;

        void add(Fact.Burned burned) {
            calls++;
            credits = capped(credits, burned.usage().credits().micros());
            listValue = capped(listValue, burned.usage().listValue().nanos());
            yieldValue = capped(yieldValue, burned.yieldValue().nanos());
            cost = capped(cost, burned.usage().cost().nanos());
        }

        /// The call was made and cost what it did; only its revenue is taken back.
        void takeBack(Fact.Reversed reversed) {
            credits -= reversed.credits().micros();
            listValue -= reversed.listValue().nanos();
            yieldValue -= reversed.yieldValue().nanos();
        }

        private static long capped(long sum, long added) {
            long total = sum + added;
            return total < sum ? Long.MAX_VALUE : total;
        }
    }

    void add(Fact fact) {
        switch (fact) {
            case Fact.Burned burned -> {
                byAccount(fact, burned.usage().operation()).add(burned);
                if (isOfChild(fact)) {
                    byChild(fact, burned.usage().operation()).add(burned);
                }
                byWorkspace(fact, burned.usage().operation()).add(burned);
            }
            case Fact.Reversed reversed -> {
                byAccount(fact, reversed.operation()).takeBack(reversed);
                if (isOfChild(fact)) {
                    byChild(fact, reversed.operation()).takeBack(reversed);
                }
                byWorkspace(fact, reversed.operation()).takeBack(reversed);
            }
            default -> {}
        }
    }

    private Sums byAccount(Fact fact, String operation) {
        return sums(byAccount, fact, fact.account(), operation);
    }

    /// The account that pays has a child's calls among its own, and the child has them by itself.
    private static boolean isOfChild(Fact fact) {
        return !fact.caller().equals(fact.account());
    }

    private Sums byChild(Fact fact, String operation) {
        return sums(byAccount, fact, fact.caller(), operation);
    }

    private Sums byWorkspace(Fact fact, String operation) {
        return sums(byWorkspace, fact, fact.account().workspace(), operation);
    }

    private static <T> Sums sums(Map<Cell<T>, Sums> cells, Fact fact, T owner, String operation) {
        var cell = new Cell<>(owner, ViewTables.hour(fact.at()), operation);
        return cells.computeIfAbsent(cell, _ -> new Sums());
    }

    void addTo(Connection connection) throws SQLException {
        upsert(connection, "account_usage", "account", byAccount);
        upsert(connection, "workspace_usage", "workspace", byWorkspace);
    }

    private static <T> void upsert(
            Connection connection, String table, String owner, Map<Cell<T>, Sums> cells)
            throws SQLException {
        try (var upsert =
                connection.prepareStatement(
                        """
                        INSERT INTO %1$s
                            (%2$s, hour, operation, calls, credits, list_value, yield_value, cost)
                        VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                        ON CONFLICT (%2$s, hour, operation) DO UPDATE SET
                            %3$s
                        """
                                .formatted(table, owner, ADDED))) {
            for (var cell : cells.entrySet()) {
                upsert.setString(1, cell.getKey().owner().toString());
                upsert.setLong(2, cell.getKey().hour());
                upsert.setString(3, cell.getKey().operation());
                upsert.setLong(4, cell.getValue().calls);
                upsert.setLong(5, cell.getValue().credits);
                upsert.setLong(6, cell.getValue().listValue);
                upsert.setLong(7, cell.getValue().yieldValue);
                upsert.setLong(8, cell.getValue().cost);
                upsert.executeUpdate();
            }
        }
    }
}
