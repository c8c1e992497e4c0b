package dev.scrip.insight;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/// Whose bill moves by how much when a table is replaced and everybody calls as before.
///
/// @param moves of every account that called anything, the largest relative change first, either
///   way; then by name
/// @param median of the changes without their sign, nearest rank
/// @param p95 19 accounts of 20 move by no more
/// @param overFifth share of the accounts that move by more than 20 %, exactly counted
/// @param total change of all bills together
public record BillMoves(
        List<BillMove> moves,
        BigDecimal median,
        BigDecimal p95,
        BigDecimal overFifth,
        BigDecimal total) {

    private static final BigDecimal FIVE = new BigDecimal("5");

    private static final Comparator<BillMove> LARGEST_FIRST =
            Comparator.comparing((BillMove move) -> move.change().abs())
                    .reversed()
                    .thenComparing(BillMove::account);

    public BillMoves {
        moves = List.copyOf(moves);
    }

    /// @param before credits of each operation
    /// @param after the same under the new table
    /// @param usage calls of each operation by account; every operation is in both tables
    /// @throws IllegalArgumentException if nobody called anything
    public static BillMoves of(
            Map<String, BigDecimal> before,
            Map<String, BigDecimal> after,
            SortedMap<String, SortedMap<String, BigDecimal>> usage) {
        var moves = new ArrayList<BillMove>();
        var totalBefore = BigDecimal.ZERO;
        var totalAfter = BigDecimal.ZERO;
        for (var account : usage.entrySet()) {
            var old = bill(before, account.getValue());
            if (old.signum() == 0) {
                continue;
            }
            var now = bill(after, account.getValue());
            moves.add(new BillMove(account.getKey(), old, now, change(old, now)));
            totalBefore = totalBefore.add(old);
            totalAfter = totalAfter.add(now);
        }
        if (moves.isEmpty()) {
            throw new IllegalArgumentException(
                    "The usage has no calls, so there are no bills to compare.");
        }
        moves.sort(LARGEST_FIRST);
        long over = moves.stream().filter(BillMoves::isOverFifth).count();
        return new BillMoves(
                moves,
                rank(moves, 50),
                rank(moves, 95),
                BigDecimal.valueOf(over)
                        .divide(BigDecimal.valueOf(moves.size()), MathContext.DECIMAL128),
                change(totalBefore, totalAfter));
    }

    private static BigDecimal bill(Map<String, BigDecimal> credits, Map<String, BigDecimal> calls) {
        var bill = BigDecimal.ZERO;
        for (var one : calls.entrySet()) {
            var price = credits.get(one.getKey());
            if (price == null) {
                throw new IllegalArgumentException(
                        "The usage has calls of " + one.getKey() + ", which has no price.");
            }
            bill = bill.add(price.multiply(one.getValue()));
        }
        return bill;
    }

    private static BigDecimal change(BigDecimal before, BigDecimal after) {
        return after.divide(before, MathContext.DECIMAL128).subtract(BigDecimal.ONE);
    }

    private static boolean isOverFifth(BillMove move) {
        return move.after().subtract(move.before()).abs().multiply(FIVE).compareTo(move.before())
                > 0;
    }

    /// The nearest rank among changes that fall: of n accounts, the ⌈n × percent⌉-th smallest.
    private static BigDecimal rank(List<BillMove> moves, int percent) {
        int rank = (moves.size() * percent + 99) / 100;
        return moves.get(moves.size() - rank).change().abs();
    }
}
