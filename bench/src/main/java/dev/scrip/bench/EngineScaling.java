package dev.scrip.bench;

import java.io.IOException;

/// What a charge takes of the machine with many accounts, and with many grants an account, beside a
/// thousand accounts of one grant. CPU time rather than rates: the disk is the same for all.
public final class EngineScaling {

    private static final int FEW_ACCOUNTS = 1_000;
    private static final int MANY_ACCOUNTS = 1_000_000;
    private static final int MANY_GRANTS = 1_000;
    private static final int CALLERS = 512;
    private static final int WARM_UP_SECONDS = 5;
    private static final Goal GOAL = new Goal.AtMost(1.5);

    private EngineScaling() {}

    /// Arguments: rounds, seconds a run.
    public static void main(String[] args) throws IOException {
        int rounds = Integer.parseInt(args[0]);
        int seconds = Integer.parseInt(args[1]);
        try (var few = new Engine(FEW_ACCOUNTS)) {
            few.openAll(1);
            few.chargeAll(CALLERS, WARM_UP_SECONDS).print("warm-up");
            try (var many = new Engine(MANY_ACCOUNTS)) {
                many.openAll(1);
                compare("A charge at 1,000,000 accounts, CPU", many, few, rounds, seconds);
            }
            try (var many = new Engine(FEW_ACCOUNTS)) {
                many.openAll(MANY_GRANTS);
                compare("A charge at 1,000 grants an account, CPU", many, few, rounds, seconds);
            }
        }
    }

    private static void compare(String work, Engine many, Engine few, int rounds, int seconds)
            throws IOException {
        many.chargeAll(CALLERS, seconds).print("warm-up");
        var costs = new double[rounds];
        var others = new double[rounds];
        for (int round = 0; round < rounds; round++) {
            others[round] = cost("1,000 accounts, 1 grant", few, seconds);
            costs[round] = cost(work, many, seconds);
        }
        Comparison.ofCosts(work, costs, "at 1,000 accounts, 1 grant", others, GOAL).print();
    }

    private static double cost(String what, Engine engine, int seconds) throws IOException {
        var run = engine.chargeAll(CALLERS, seconds);
        run.print(what);
        return run.cpuMicros();
    }
}
