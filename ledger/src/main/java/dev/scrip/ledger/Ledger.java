package dev.scrip.ledger;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/// One partition's accounts as a deterministic state machine: it reads no clock, file or network.
///
/// There are two kinds of methods. [#settle] and [#decide] answer and change nothing; [#apply]
/// alone changes the state. Live traffic, recovery, standby and verification run the same [#apply],
/// so replaying the journal rebuilds exactly what was served.
///
/// A host applies what [#settle] returns until it returns nothing, then decides, then applies:
/// decisions may rely on everything that was due by then having happened.
///
/// Refusals are checked in the order in which [Reply.Refusal] lists them. The request key comes
/// first, so the retry of a success stays a success when the balance has moved on.
public final class Ledger {

    private record Due(Instant at, Account account) {}

    private final Map<AccountId, Account> accounts = new HashMap<>();

    private final List<Account> byNumber = new ArrayList<>();

    private final RememberedRequests requests;
    private final Shared shared = new Shared();

    /// May hold outdated entries; one counts only while the account's own nextDue agrees.
    private final PriorityQueue<Due> due = new PriorityQueue<>(Comparator.comparing(Due::at));

    private long lastSeq;
    private Instant lastAt = Instant.EPOCH;
    private @Nullable LedgerCopy copying;

    public Ledger(LedgerSettings settings) {
        requests = new RememberedRequests(settings);
    }

    /// Rebuilds the state a snapshot was taken of.
    public static Ledger restore(LedgerSettings settings, LedgerState state) {
        var ledger = new Ledger(settings);
        ledger.lastSeq = state.lastSeq();
        ledger.lastAt = state.lastAt();
        // Pools before those that draw on them.
        for (var stored : state.accounts()) {
            if (stored.pool() == null) {
                ledger.add(AccountStates.restore(stored, null, ledger.shared));
            }
        }
        for (var stored : state.accounts()) {
            if (stored.pool() != null) {
                ledger.add(
                        AccountStates.restore(stored, ledger.known(stored.pool()), ledger.shared));
            }
        }
        ledger.requests.restore(state.remembered(), state.forgottenUntil());
        return ledger;
    }

    /// The whole state, accounts by their ids: two ledgers are alike when these are.
    public LedgerState state() {
        var copy = newCopy(requests.newCopy());
        var _ = copy.advance(Integer.MAX_VALUE, Integer.MAX_VALUE);
        return copy.sortedState();
    }

    /// Starts a copy of the whole state as it is now, which [#copyOn] completes; restoring it is
    /// the same as having applied every fact. One that is not complete yet is given up.
    void startCopy() {
        copying = newCopy(requests.startCopy());
    }

    boolean isCopying() {
        return copying != null;
    }

    /// Copies so many accounts and requests more. The copy when it is complete; until then, and
    /// when none was started, null.
    @Nullable LedgerCopy copyOn(int accountsMax, int requestsMax) {
        var copy = copying;
        if (copy == null || !copy.advance(accountsMax, requestsMax)) {
            return null;
        }
        copying = null;
        return copy;
    }

    private LedgerCopy newCopy(RememberedRequests.Copy copyOfRequests) {
        return new LedgerCopy(lastSeq, lastAt, requests.forgottenUntil(), byNumber, copyOfRequests);
    }

    public long lastSeq() {
        return lastSeq;
    }

    public int accountCount() {
        return accounts.size();
    }

    /// Up to which instant usage may have been charged and forgotten, by the time it says it
    /// happened; null when nothing was forgotten.
    @Nullable Instant forgottenUntil() {
        return requests.forgottenUntil();
    }

    public int rememberedRequests() {
        return requests.size();
    }

    /// The time to decide with: the clock's, or the last fact's when the clock went back.
    public Instant ledgerTime(Instant clock) {
        return clock.isBefore(lastAt) ? lastAt : clock;
    }

    /// Accounts on which something is due, at most `limit` of them, to be settled now: each is
    /// taken once.
    List<AccountId> takeDueAccounts(Instant now, int limit) {
        var found = new ArrayList<AccountId>();
        for (var next = due.peek();
                next != null && !next.at().isAfter(now) && found.size() < limit;
                next = due.peek()) {
            due.remove();
            if (next.at().equals(next.account().nextDue)) {
                found.add(next.account().id);
            }
        }
        return found;
    }

    /// What happened by itself to an account up to now, one instant at a time: grants that lapsed,
    /// then holds whose time was over, then the period that began. When all that is done, what its
    /// balance has come to: alerts and top-ups. Empty when nothing is due, or there is no such
    /// account. Of a child, what happened to its pool.
    public List<Fact> settle(AccountId id, Instant now) {
        var asked = accounts.get(id);
        if (asked == null) {
            return List.of();
        }
        var account = asked.payer();
        return account.nextDue.isAfter(now)
                ? Watch.notice(account, lastSeq + 1, now)
                : Periods.settle(account, lastSeq + 1, now);
    }

    /// Answers a command and says what becomes true by it. [Command#settledFirst] must be settled
    /// up to `now`.
    ///
    /// @param id of the request, from [RememberedRequests#id]; null when there is none
    Outcome decide(Command command, @Nullable Fingerprint id, Instant now) {
        if (command instanceof Command.All all) {
            return decideAll(all, now);
        }
        var earlier = earlier(command, id);
        if (earlier != null) {
            return earlier;
        }
        if (command instanceof Command.OpenAccount open) {
            return accounts.containsKey(open.account())
                    ? Outcome.of(new Reply.AccountExists(open.account()))
                    : Deposits.open(open, lastSeq + 1, now);
        }
        if (command instanceof Command.OpenChild open) {
            return openChild(open, now);
        }
        if (command instanceof Command.Recall) {
            return Outcome.of(new Reply.NotAnswered());
        }
        var account = accounts.get(command.account());
        return account == null
                ? Outcome.of(new Reply.NoSuchAccount(command.account()))
                : decide(account, command, lastSeq + 1, now);
    }

    /// What the request was answered before, or a refusal when its key was used for another one.
    private @Nullable Outcome earlier(Command command, @Nullable Fingerprint id) {
        var request = command.request();
        if (request == null || id == null) {
            return null;
        }
        long earlier = requests.find(id, request.fingerprint());
        if (earlier == 0) {
            return null;
        }
        return earlier > 0
                ? new Outcome.Repeated(earlier)
                : Outcome.of(new Reply.KeyReused(command.account(), request.key()));
    }

    private Outcome openChild(Command.OpenChild open, Instant now) {
        if (accounts.containsKey(open.account())) {
            return Outcome.of(new Reply.AccountExists(open.account()));
        }
        var pool = accounts.get(open.pool());
        if (pool == null
                || pool.pool != null
                || !pool.id.workspace().equals(open.account().workspace())) {
            return Outcome.of(new Reply.NotAPool(open.account(), open.pool()));
        }
        return pool.status == AccountStatus.CLOSED
                ? Outcome.of(new Reply.AccountNotOpen(pool.id, pool.status))
                : Deposits.openChild(open, pool, lastSeq + 1, now);
    }

    /// Tries the parts out on a copy of the account, one after the other. All of them were answered
    /// before, or none.
    private Outcome decideAll(Command.All all, Instant now) {
        var repeated = new ArrayList<Long>();
        for (var part : all.parts()) {
            var request = part.request();
            var id = request == null ? null : RememberedRequests.id(part.account(), request);
            switch (earlier(part, id)) {
                case Outcome.Repeated(long seq) -> repeated.add(seq);
                case Outcome.Decided reused -> {
                    return reused;
                }
                case null, default -> {}
            }
        }
        if (repeated.size() == all.parts().size()) {
            return new Outcome.AllRepeated(repeated);
        }
        var account = accounts.get(all.account());
        if (account == null) {
            return Outcome.of(new Reply.NoSuchAccount(all.account()));
        }
        var request = all.parts().getFirst().request();
        if (!repeated.isEmpty() && request != null) {
            return Outcome.of(new Reply.KeyReused(all.account(), request.key()));
        }
        var tried = Trial.of(account, all.parts());
        var replies = new ArrayList<Reply>();
        var facts = new ArrayList<Fact>();
        for (var part : all.parts()) {
            var outcome = decide(tried, part, lastSeq + facts.size() + 1, now);
            if (!(outcome instanceof Outcome.Decided(var reply, var decided))) {
                throw new IllegalStateException("A part was answered before.");
            }
            if (reply instanceof Reply.Refusal refusal) {
                return Outcome.of(new Reply.PartRefused(all.account(), replies.size(), refusal));
            }
            decided.forEach(tried.payer()::apply);
            replies.add(reply);
            facts.addAll(decided);
        }
        return new Outcome.Decided(new Reply.All(replies), facts);
    }

    private static Outcome decide(Account account, Command command, long seq, Instant now) {
        var closed = account.status == AccountStatus.CLOSED ? account : account.payer();
        if (closed.status == AccountStatus.CLOSED && !isForClosed(command)) {
            return Outcome.of(
                    command instanceof Command.ConfirmTopUp confirm
                                    && closed.openTopUp(confirm.topUp()) != null
                            ? new Reply.TopUpOfClosedAccount(closed.id, confirm.topUp())
                            : new Reply.AccountNotOpen(closed.id, closed.status));
        }
        if (account.pool != null && !isForChildren(command)) {
            return Outcome.of(new Reply.DrawsOnPool(account.id, account.pool.id));
        }
        return switch (command) {
            case Command.Charge charge -> Charges.charge(account, charge, seq, now);
            case Command.Estimate estimate -> Charges.estimate(account, estimate, now);
            case Command.Inspect _ -> Outcome.of(new Reply.Account(AccountViews.of(account, now)));
            case Command.AskTerms _ -> Outcome.of(AccountViews.terms(account.payer(), now));
            case Command.GrantCredits grant -> Deposits.grant(account, grant, seq, now);
            case Command.Deduct deduct -> Corrections.deduct(account, deduct, seq, now);
            case Command.Authorise authorise -> Holds.authorise(account, authorise, seq, now);
            case Command.ExtendHold extend -> Holds.extend(account, extend, seq, now);
            case Command.Capture capture -> Holds.capture(account, capture, seq, now);
            case Command.Release release -> Holds.release(account, release, seq, now);
            case Command.Reverse reverse -> Corrections.reverse(account, reverse, seq, now);
            case Command.VoidGrant voided -> Corrections.voidGrant(account, voided, seq, now);
            case Command.ChangePlan change -> Periods.changePlan(account, change, seq, now);
            case Command.PayReceivable pay -> Corrections.payReceivable(account, pay, seq, now);
            case Command.ConfirmTopUp confirm -> Deposits.confirmTopUp(account, confirm, seq, now);
            case Command.FailTopUp fail -> Deposits.failTopUp(account, fail, seq, now);
            case Command.Set set -> Settings.set(account, set, seq, now);
            case Command.OpenAccount _, Command.OpenChild _, Command.Recall _, Command.All _ ->
                    throw new IllegalStateException("They are no part of another command.");
        };
    }

    /// What a closed account can be asked: to be read, and what gives back what it has paid.
    private static boolean isForClosed(Command command) {
        return command instanceof Command.Inspect
                || command instanceof Command.AskTerms
                || command instanceof Command.Reverse
                || command instanceof Command.FailTopUp;
    }

    /// What a child can be asked; all else concerns its pool.
    private static boolean isForChildren(Command command) {
        return switch (command) {
            case Command.Charge _,
                    Command.Estimate _,
                    Command.Authorise _,
                    Command.Inspect _,
                    Command.AskTerms _,
                    Command.SetLimits _,
                    Command.ChangeStatus _ ->
                    true;
            default -> false;
        };
    }

    /// Replays one fact.
    ///
    /// @throws IllegalStateException if the fact does not follow from the state: the journal is
    ///   damaged, or this is another partition's
    public void apply(Fact fact) {
        var request = fact.request();
        apply(fact, request == null ? null : requests.idOf(fact.asked(), request));
    }

    /// As [#apply(Fact)], for a host that knows the id of the fact's request already.
    void apply(Fact fact, @Nullable Fingerprint id) {
        if (fact.seq() != lastSeq + 1) {
            throw new IllegalStateException(
                    "Fact " + fact.seq() + " cannot follow fact " + lastSeq + ".");
        }
        switch (fact) {
            case Fact.AccountOpened opened -> open(opened);
            case Fact.Charged charged -> changing(charged).apply(charged);
            default -> {
                var account = changing(fact);
                account.apply(fact);
                if (fact instanceof Fact.PlanChanged) {
                    account.plan = shared.of(account.plan);
                }
                reschedule(account);
            }
        }
        lastSeq = fact.seq();
        lastAt = fact.at();
        var request = fact.request();
        if (request != null && id != null) {
            requests.remember(id, request, fact);
        }
    }

    private void open(Fact.AccountOpened opened) {
        var pool = opened.pool();
        add(
                new Account(
                        shared.of(opened.account()),
                        shared.of(opened.plan()),
                        shared.of(opened.zone()),
                        opened.at(),
                        opened.periodEnd(),
                        pool == null ? null : known(pool)));
    }

    private void add(Account account) {
        if (accounts.putIfAbsent(account.id, account) != null) {
            throw new IllegalStateException("Account " + account.id + " is opened twice.");
        }
        account.number = byNumber.size();
        byNumber.add(account);
        if (account.pool == null) {
            due.add(new Due(account.nextDue, account));
        } else {
            account.pool.adopt(account);
        }
    }

    /// The account that a fact is about, before the fact changes it.
    private Account changing(Fact fact) {
        var account = accounts.get(fact.account());
        if (account == null) {
            throw new IllegalStateException(
                    "Fact " + fact.seq() + " is about account " + fact.account() + ", unknown.");
        }
        if (copying != null) {
            copying.copy(account);
        }
        return account;
    }

    private Account known(AccountId id) {
        var account = accounts.get(id);
        if (account == null) {
            throw new IllegalStateException("Account " + id + " is unknown.");
        }
        return account;
    }

    private void reschedule(Account account) {
        var before = account.nextDue;
        account.findNextDue();
        if (!account.nextDue.equals(before)) {
            due.add(new Due(account.nextDue, account));
        }
    }
}
