package dev.scrip.audit;

import dev.scrip.ledger.Fact;
import dev.scrip.pricing.Money;
import dev.scrip.storage.StoredViews;
import dev.scrip.storage.StoredViews.UsageRow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/// Sums up usage from the facts, and compares it with what the projections state.
///
/// A sum that leaves the range of 64 bits is not compared: the projections stop at its end.
final class RollupCheck {

    private static final long SECONDS_PER_HOUR = 3_600;

    private final StoredViews stated;
    private final Map<Cell, Sums> byAccount = new HashMap<>();
    private final Map<Cell, Sums> byWorkspace = new HashMap<>();
    private final Map<String, Long> lastSeqs = new HashMap<>();
    private long childEntries;

    private record Cell(String owner, long hour, String operation) {}

    private static final class Sums {
        long calls;
        long credits;
        long listValue;
        long yieldValue;
        long cost;
        boolean leftTheRange;

        void add(long calls, long credits, Money listValue, Money yieldValue, long cost) {
            try {
                this.calls = Math.addExact(this.calls, calls);
                this.credits = Math.addExact(this.credits, credits);
                this.listValue = Math.addExact(this.listValue, listValue.nanos());
                this.yieldValue = Math.addExact(this.yieldValue, yieldValue.nanos());
                this.cost = Math.addExact(this.cost, cost);
            } catch (ArithmeticException _) {
                leftTheRange = true;
            }
        }

        UsageRow row(Cell cell) {
            return new UsageRow(
                    cell.owner(),
                    cell.hour(),
                    cell.operation(),
                    calls,
                    credits,
                    listValue,
                    yieldValue,
                    cost);
        }
    }

    RollupCheck(StoredViews stated) {
        this.stated = stated;
    }

    void add(Fact fact) {
        if (fact.seq() > stated.progress()) {
            return;
        }
        lastSeqs.put(fact.account().toString(), fact.seq());
        var child = Caller.child(fact);
        if (child != null) {
            lastSeqs.put(child.toString(), fact.seq());
            childEntries++;
        }
        switch (fact) {
            case Fact.Burned burned -> {
                var usage = burned.usage();
                long drawn = Draws.sum(burned.burned());
                long credits = usage.credits().micros();
                var earned =
                        drawn == credits
                                ? Money.ZERO
                                : CorrectionCheck.part(usage.listValue(), credits - drawn, credits);
                for (var draw : burned.burned()) {
                    earned = earned.plus(draw.costBasis().timesCredits(draw.credits()));
                }
                for (var sums : sums(fact, usage.operation())) {
                    sums.add(
                            1,
                            usage.credits().micros(),
                            usage.listValue(),
                            earned,
                            usage.cost().nanos());
                }
            }
            case Fact.Reversed reversed -> {
                for (var sums : sums(fact, reversed.operation())) {
                    sums.add(
                            0,
                            -reversed.credits().micros(),
                            Money.ZERO.minus(reversed.listValue()),
                            Money.ZERO.minus(reversed.yieldValue()),
                            0);
                }
            }
            case Fact.AccountOpened _,
                    Fact.PeriodStarted _,
                    Fact.Granted _,
                    Fact.Held _,
                    Fact.HoldExtended _,
                    Fact.Released _,
                    Fact.Voided _,
                    Fact.OverageSet _,
                    Fact.Settled _,
                    Fact.ReceivablePaid _,
                    Fact.Adjusted _,
                    Fact.PlanChanged _,
                    Fact.PlanChangeScheduled _,
                    Fact.LimitsSet _,
                    Fact.AlertsSet _,
                    Fact.AlertFired _,
                    Fact.AlertRearmed _,
                    Fact.CommitmentSet _,
                    Fact.TopUpRuleSet _,
                    Fact.TopUpRequested _,
                    Fact.TopUpFailed _,
                    Fact.StatusChanged _,
                    Fact.Expired _ -> {}
        }
    }

    /// A call of a child counts for it, for the account that pays, and once for the workspace.
    private List<Sums> sums(Fact fact, String operation) {
        long hour = Math.floorDiv(fact.at().getEpochSecond(), SECONDS_PER_HOUR);
        var account = fact.account();
        var sums = new ArrayList<Sums>(3);
        sums.add(sums(byAccount, account.toString(), hour, operation));
        sums.add(sums(byWorkspace, account.workspace(), hour, operation));
        var child = Caller.child(fact);
        if (child != null) {
            sums.add(sums(byAccount, child.toString(), hour, operation));
        }
        return sums;
    }

    private static Sums sums(Map<Cell, Sums> cells, String owner, long hour, String operation) {
        return cells.computeIfAbsent(new Cell(owner, hour, operation), _ -> new Sums());
    }

    /// To be called when all facts up to [StoredViews#progress] were added.
    void compare(long head) {
        require("progress", "the last fact projected", "at most " + head, stated.progress(), head);
        if (stated.entries() != stated.progress()) {
            throw difference("entry", "rows", stated.progress(), stated.entries());
        }
        if (stated.childEntries() != childEntries) {
            throw difference("entry", "rows of children", childEntries, stated.childEntries());
        }
        var accounts = new TreeSet<>(lastSeqs.keySet());
        accounts.addAll(stated.lastSeqs().keySet());
        for (var account : accounts) {
            long expected = lastSeqs.getOrDefault(account, 0L);
            long found = stated.lastSeqs().getOrDefault(account, 0L);
            if (expected != found) {
                throw new Mismatch(
                        new Difference(
                                "account",
                                account,
                                "the last fact in views.db",
                                Long.toString(expected),
                                Long.toString(found)));
            }
        }
        compare("account_usage", byAccount, stated.accountUsage());
        compare("workspace_usage", byWorkspace, stated.workspaceUsage());
    }

    private static void require(String table, String what, String expected, long stated, long max) {
        if (stated > max) {
            throw difference(table, what, expected, stated);
        }
    }

    private static Mismatch difference(String table, String what, Object expected, Object stated) {
        return new Mismatch(
                new Difference(
                        table,
                        null,
                        what + " in views.db",
                        String.valueOf(expected),
                        String.valueOf(stated)));
    }

    private static void compare(String table, Map<Cell, Sums> sums, List<UsageRow> rows) {
        var left = new HashMap<>(sums);
        for (var row : rows) {
            var cell = new Cell(row.owner(), row.hour(), row.operation());
            var expected = left.remove(cell);
            if (expected == null) {
                throw new Mismatch(
                        new Difference(table, row.owner(), where(cell), "no row", shown(row)));
            }
            if (!expected.leftTheRange && !expected.row(cell).equals(row)) {
                throw new Mismatch(
                        new Difference(
                                table,
                                row.owner(),
                                where(cell),
                                shown(expected.row(cell)),
                                shown(row)));
            }
        }
        for (var missing : left.entrySet()) {
            throw new Mismatch(
                    new Difference(
                            table,
                            missing.getKey().owner(),
                            where(missing.getKey()),
                            shown(missing.getValue().row(missing.getKey())),
                            "no row"));
        }
    }

    private static String where(Cell cell) {
        return "the usage of " + cell.operation() + " in hour " + cell.hour() + " in views.db";
    }

    private static String shown(UsageRow row) {
        return row.calls()
                + " calls, "
                + row.credits()
                + " µcredits, list "
                + row.listValue()
                + ", yield "
                + row.yieldValue()
                + ", cost "
                + row.cost();
    }
}
