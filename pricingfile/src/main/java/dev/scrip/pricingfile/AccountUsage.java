package dev.scrip.pricingfile;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.SortedMap;
import java.util.TreeMap;

/// What accounts used in a month, as CSV files.
public final class AccountUsage {

    private static final String ACCOUNT = "account";
    private static final String OPERATION = "operation";
    private static final String CALLS = "calls";
    private static final String USED = "monthly_credits_used";
    private static final String DAY = "day";
    private static final String CREDITS = "credits";

    private AccountUsage() {}

    /// Reads `account,operation,calls`; several rows of an account and operation add up.
    ///
    /// @param operations the only ones that may be called
    /// @return calls of each operation by account
    /// @throws PricingFileException if there is anything wrong with the file
    public static SortedMap<String, SortedMap<String, BigDecimal>> calls(
            Path path, Collection<String> operations) {
        var usage = new TreeMap<String, SortedMap<String, BigDecimal>>();
        new CsvTable(path, path.toString())
                .read(table -> {
                    var cells = new CsvCells(table, ACCOUNT, OPERATION, CALLS);
                    return row -> {
                        var account = cells.name(row, ACCOUNT);
                        var operation = cells.name(row, OPERATION);
                        var calls = cells.figure(row, CALLS, Figure.AMOUNT);
                        if (operation != null && !operations.contains(operation)) {
                            var meant = Wording.nearest(operation, operations);
                            table.problem(
                                    OPERATION,
                                    Wording.quote(operation)
                                            + " is not in the table"
                                            + (meant == null
                                                    ? ""
                                                    : ". Did you mean " + meant + "?"),
                                    "an operation of the table");
                        } else if (account != null && operation != null && calls != null) {
                            usage.computeIfAbsent(account, _ -> new TreeMap<>())
                                    .merge(operation, calls, BigDecimal::add);
                        }
                    };
                });
        return usage;
    }

    /// Reads `account,monthly_credits_used`, one row an account.
    ///
    /// @throws PricingFileException if there is anything wrong with the file
    public static SortedMap<String, BigDecimal> credits(Path path) {
        var used = new TreeMap<String, BigDecimal>();
        var lines = new HashMap<String, Long>();
        new CsvTable(path, path.toString())
                .read(table -> {
                    var cells = new CsvCells(table, ACCOUNT, USED);
                    return row -> {
                        var account = cells.name(row, ACCOUNT);
                        var credits = cells.figure(row, USED, Figure.USED_CREDITS);
                        if (account == null || credits == null) {
                            return;
                        }
                        var earlier = lines.putIfAbsent(account, table.row());
                        if (earlier != null) {
                            table.problem(
                                    ACCOUNT,
                                    Wording.quote(account)
                                            + " is there twice, first in line "
                                            + earlier,
                                    "it once");
                        }
                        used.put(account, credits);
                    };
                });
        return used;
    }

    /// Reads `account,day,credits`; several rows of an account and day add up.
    ///
    /// @param accounts the only ones that may be there
    /// @return credits by account and day, the first day of the period being 1
    /// @throws PricingFileException if there is anything wrong with the file
    public static SortedMap<String, SortedMap<Integer, BigDecimal>> daily(
            Path path, Collection<String> accounts) {
        var usage = new TreeMap<String, SortedMap<Integer, BigDecimal>>();
        new CsvTable(path, path.toString())
                .read(table -> {
                    var cells = new CsvCells(table, ACCOUNT, DAY, CREDITS);
                    return row -> {
                        var account = cells.name(row, ACCOUNT);
                        var day = cells.figure(row, DAY, Figure.DAY);
                        var credits = cells.figure(row, CREDITS, Figure.USED_CREDITS);
                        if (account != null && !accounts.contains(account)) {
                            table.problem(
                                    ACCOUNT,
                                    Wording.quote(account) + " is not in the accounts file",
                                    "an account of it");
                        } else if (account != null && day != null && credits != null) {
                            usage.computeIfAbsent(account, _ -> new TreeMap<>())
                                    .merge(day.intValueExact(), credits, BigDecimal::add);
                        }
                    };
                });
        return usage;
    }
}
