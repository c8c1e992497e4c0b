package dev.scrip.insight;

import dev.scrip.ledger.AccountId;
import dev.scrip.pricing.Money;
import dev.scrip.pricing.PriceBook;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Replays recorded usage through two price books with the real ledger: grants, burn order, expiry
/// and refusals are those that would have happened.
///
/// Customers are taken to call as they did: nobody uses less because a price rose. Each account's
/// first period starts with the first call of the log. Not thread-safe.
public final class Backtest {

    /// The workspace of accounts that are named without one.
    public static final String WORKSPACE = "live";

    /// Of accounts that no ledger could name so, such as e-mail addresses; they go by a number.
    private static final String NUMBERED = "numbered";

    private final Function<String, Subscriber> subscribers;
    private final BacktestRun before;
    private final BacktestRun after;
    private final Map<String, Account> accounts = new HashMap<>();
    private final Map<String, Operation> operations = new HashMap<>();
    private @Nullable Instant from;
    private Instant to = Instant.EPOCH;
    private long calls;

    private record Account(
            Subscriber subscriber, BacktestRun.Standing before, BacktestRun.Standing after) {}

    private record Operation(Tally.Sum before, Tally.Sum after) {}

    /// @param subscribers how an account pays, by its name: `acme`, or `test/acme` when it is in
    ///   another workspace than `live`
    /// @throws IllegalArgumentException if the price books are in different currencies
    public Backtest(PriceBook before, PriceBook after, Function<String, Subscriber> subscribers) {
        if (!before.currency().equals(after.currency())) {
            throw new IllegalArgumentException(
                    "The price books are in "
                            + before.currency()
                            + " and in "
                            + after.currency()
                            + ": what they bring cannot be compared.");
        }
        this.subscribers = subscribers;
        this.before = new BacktestRun(before);
        this.after = new BacktestRun(after);
    }

    /// Takes in the next call. Calls come by time; one that is earlier than the one before it is
    /// charged as if it came with it.
    ///
    /// @throws IllegalArgumentException if the call cannot be priced, or the account's plan is not
    ///   in both price books
    public void add(RecordedCall call) {
        if (from == null || call.at().isBefore(from)) {
            from = call.at();
        }
        var account = accounts.get(call.account());
        if (account == null) {
            account = open(call.account(), from);
            accounts.put(call.account(), account);
        }
        var operation =
                operations.computeIfAbsent(
                        call.operation(), _ -> new Operation(new Tally.Sum(), new Tally.Sum()));
        before.add(call, account.before(), operation.before());
        after.add(call, account.after(), operation.after());
        calls++;
        to = call.at().isAfter(to) ? call.at() : to;
    }

    private Account open(String name, Instant at) {
        var id = id(name);
        var subscriber = subscribers.apply(name);
        return new Account(
                subscriber, before.open(id, subscriber, at), after.open(id, subscriber, at));
    }

    /// A log names accounts as its company does, which a ledger need not be able to. Prices of
    /// their own apply to those it could.
    private AccountId id(String name) {
        int slash = name.indexOf('/');
        var workspace = slash < 0 ? WORKSPACE : name.substring(0, slash);
        var account = name.substring(slash + 1);
        return AccountId.isWorkspace(workspace)
                        && !workspace.equals(NUMBERED)
                        && AccountId.isName(account)
                ? new AccountId(workspace, account)
                : new AccountId(NUMBERED, Integer.toString(accounts.size()));
    }

    public long calls() {
        return calls;
    }

    /// What came of all calls so far.
    ///
    /// @throws IllegalArgumentException if there was none
    public Outcome outcome() {
        var start = from;
        if (start == null) {
            throw new IllegalArgumentException(
                    "The usage has no call, so there is nothing to compare.");
        }
        // The last call is part of the window.
        var window = Duration.between(start, to).plusSeconds(1);
        var byOperation = new ArrayList<OperationChange>();
        new TreeMap<>(operations)
                .forEach((name, sums) ->
                        byOperation.add(
                                new OperationChange(
                                        name, sums.before().toTally(), sums.after().toTally())));
        var byAccount = new ArrayList<AccountChange>();
        new TreeMap<>(accounts)
                .forEach((name, account) ->
                        byAccount.add(
                                new AccountChange(
                                        name,
                                        account.subscriber(),
                                        account.before().tally(),
                                        account.after().tally(),
                                        before.bill(account.before(), window),
                                        after.bill(account.after(), window))));
        return new Outcome(
                start, to, window, before.total(), after.total(), byOperation, byAccount);
    }

    /// One operation under both price books.
    public record OperationChange(String operation, Tally before, Tally after) {}

    /// One account under both price books.
    ///
    /// @param billBefore its fee for the window and its overage
    public record AccountChange(
            String account,
            Subscriber subscriber,
            Tally before,
            Tally after,
            Money billBefore,
            Money billAfter) {

        private static final int DECIMALS = 6;

        public Money billChange() {
            return billAfter.minus(billBefore);
        }

        /// By which share its bill moves, half even to six decimals; null when it had none.
        public @Nullable BigDecimal billChangeShare() {
            return billBefore.isZero()
                    ? null
                    : billChange()
                            .toBigDecimal()
                            .divide(billBefore.toBigDecimal(), DECIMALS, RoundingMode.HALF_EVEN);
        }
    }

    /// What the usage comes to under both price books.
    ///
    /// @param from the first call
    /// @param to the last call
    /// @param operations by name
    /// @param accounts by name
    public record Outcome(
            Instant from,
            Instant to,
            Duration window,
            Tally before,
            Tally after,
            List<OperationChange> operations,
            List<AccountChange> accounts) {

        public Outcome {
            operations = List.copyOf(operations);
            accounts = List.copyOf(accounts);
        }

        /// All bills together.
        public Money billedBefore() {
            var sum = Money.ZERO;
            for (var account : accounts) {
                sum = sum.plus(account.billBefore());
            }
            return sum;
        }

        public Money billedAfter() {
            var sum = Money.ZERO;
            for (var account : accounts) {
                sum = sum.plus(account.billAfter());
            }
            return sum;
        }

        /// Accounts that pay less, most first.
        public List<AccountChange> winners() {
            return accounts.stream()
                    .filter(one -> one.billChange().isNegative())
                    .sorted(Comparator.comparing(AccountChange::billChange))
                    .toList();
        }

        /// Accounts that pay more, most first.
        public List<AccountChange> losers() {
            return accounts.stream()
                    .filter(one -> one.billChange().compareTo(Money.ZERO) > 0)
                    .sorted(Comparator.comparing(AccountChange::billChange).reversed())
                    .toList();
        }

        /// By which share bills move, those that were not zero, smallest first.
        public List<BigDecimal> billChangeShares() {
            return accounts.stream()
                    .map(AccountChange::billChangeShare)
                    .filter(share -> share != null)
                    .sorted()
                    .toList();
        }
    }
}
