package dev.scrip.ledger;

import dev.scrip.pricing.Credits;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeMap;
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
    private final RememberedRequests requests;

    /// May hold outdated entries; one counts only while the account's own nextDue agrees.
    private final PriorityQueue<Due> due = new PriorityQueue<>(Comparator.comparing(Due::at));

    private long lastSeq;
    private Instant lastAt = Instant.EPOCH;

    public Ledger(LedgerSettings settings) {
        requests = new RememberedRequests(settings);
    }

    /// Rebuilds the state a snapshot was taken of.
    public static Ledger restore(LedgerSettings settings, LedgerState state) {
        var ledger = new Ledger(settings);
        ledger.lastSeq = state.lastSeq();
        ledger.lastAt = state.lastAt();
        for (var stored : state.accounts()) {
            var account =
                    new Account(
                            stored.account(),
                            stored.plan(),
                            stored.zone(),
                            stored.openedAt(),
                            stored.periodEnd());
            account.periodIndex = stored.periodIndex();
            account.periodStart = stored.periodStart();
            for (var grant : stored.grants()) {
                account.add(new Grant(grant.grant(), grant.terms(), grant.remaining()));
            }
            for (var hold : stored.holds()) {
                account.holds.put(
                        hold.hold(),
                        new Hold(
                                hold.hold(),
                                hold.estimate(),
                                hold.draws(),
                                hold.expires(),
                                hold.resetsAt()));
                hold.draws().forEach(account::pin);
            }
            account.reversed.putAll(stored.reversed());
            account.status = stored.status();
            account.overage = stored.overage();
            account.receivable = stored.receivable();
            account.findNextDue();
            ledger.accounts.put(account.id, account);
            ledger.due.add(new Due(account.nextDue, account));
        }
        ledger.requests.restore(state.remembered());
        return ledger;
    }

    /// Copies the whole state; restoring it is the same as having applied every fact.
    public LedgerState state() {
        return new LedgerState(
                lastSeq,
                lastAt,
                accounts.values().stream()
                        .sorted(Comparator.comparing(account -> account.id.toString()))
                        .map(Ledger::stateOf)
                        .toList(),
                requests.copy());
    }

    private static LedgerState.AccountState stateOf(Account account) {
        return new LedgerState.AccountState(
                account.id,
                account.plan,
                account.zone,
                account.openedAt,
                account.periodIndex,
                account.periodStart,
                account.periodEnd,
                account.status,
                account.overage,
                account.receivable,
                account.grants.stream()
                        .map(grant ->
                                new AccountView.GrantView(grant.seq, grant.terms, grant.remaining))
                        .toList(),
                account.holds.values().stream()
                        .map(hold ->
                                new LedgerState.HoldState(
                                        hold.seq,
                                        hold.estimate,
                                        hold.draws,
                                        hold.expires,
                                        hold.resetsAt))
                        .toList(),
                new TreeMap<>(account.reversed));
    }

    public long lastSeq() {
        return lastSeq;
    }

    public int accountCount() {
        return accounts.size();
    }

    /// From when on every request is remembered, but for the window: null while none was forgotten
    /// because there were too many.
    @Nullable Instant remembersSince() {
        return requests.since();
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
    /// then holds whose time was over, then the period that began. Empty when nothing is due, or
    /// there is no such account.
    public List<Fact> settle(AccountId id, Instant now) {
        var account = accounts.get(id);
        if (account == null || account.nextDue.isAfter(now)) {
            return List.of();
        }
        var instant = account.nextDue;
        var facts = new ArrayList<Fact>();
        long seq = lastSeq;
        // The balance between two instants of the past is the one at the later instant.
        var balance = account.available(instant);
        for (var grant : account.grants) {
            if (instant.equals(grant.terms.expires())) {
                facts.add(
                        new Fact.Expired(
                                ++seq, now, id, grant.seq, grant.remaining, instant, balance));
            }
        }
        for (var hold : account.holds.values()) {
            if (hold.expires.equals(instant)) {
                Holds.release(
                        facts,
                        account,
                        hold,
                        hold.draws,
                        Fact.ReleaseReason.EXPIRED,
                        null,
                        seq + 1,
                        instant,
                        now,
                        balance);
                seq = facts.getLast().seq();
                balance = facts.getLast().balance();
            }
        }
        if (account.periodEnd.equals(instant)) {
            int index = account.periodIndex + 1;
            var end = Account.periodEnd(account.openedAt, account.zone, index);
            facts.add(new Fact.PeriodStarted(++seq, now, id, index, instant, end, balance));
            Deposits.addPlanGrant(facts, ++seq, now, id, account.plan, instant, end, balance);
        }
        return facts;
    }

    /// Answers a command and says what becomes true by it. The account must be settled up to `now`.
    ///
    /// @param id of the request, from [RememberedRequests#id]; null when there is none
    Outcome decide(Command command, @Nullable Fingerprint id, Instant now) {
        var request = command.request();
        if (request != null && id != null) {
            long earlier = requests.find(id, request.fingerprint());
            if (earlier > 0) {
                return new Outcome.Repeated(earlier);
            }
            if (earlier < 0) {
                return Outcome.of(new Reply.KeyReused(command.account(), request.key()));
            }
        }
        if (command instanceof Command.OpenAccount open) {
            return accounts.containsKey(open.account())
                    ? Outcome.of(new Reply.AccountExists(open.account()))
                    : Deposits.open(open, lastSeq + 1, now);
        }
        if (command instanceof Command.Recall) {
            return Outcome.of(new Reply.NotAnswered());
        }
        var account = accounts.get(command.account());
        if (account == null) {
            return Outcome.of(new Reply.NoSuchAccount(command.account()));
        }
        if (account.status == AccountStatus.CLOSED
                && !(command instanceof Command.Inspect || command instanceof Command.Reverse)) {
            return Outcome.of(new Reply.AccountNotOpen(account.id, account.status));
        }
        long seq = lastSeq + 1;
        return switch (command) {
            case Command.Charge charge -> Charges.charge(account, charge, seq, now);
            case Command.Inspect _ -> Outcome.of(new Reply.Account(account.view(now)));
            case Command.GrantCredits grant -> Deposits.grant(account, grant, seq, now);
            case Command.Authorise authorise -> Holds.authorise(account, authorise, seq, now);
            case Command.ExtendHold extend -> Holds.extend(account, extend, seq, now);
            case Command.Capture capture -> Holds.capture(account, capture, seq, now);
            case Command.Release release -> Holds.release(account, release, seq, now);
            case Command.Reverse reverse -> Corrections.reverse(account, reverse, seq, now);
            case Command.VoidGrant voided -> Corrections.voidGrant(account, voided, seq, now);
            case Command.ChangeStatus change -> Corrections.changeStatus(account, change, seq, now);
            case Command.SetOverage set -> Corrections.setOverage(account, set, seq, now);
            case Command.OpenAccount _, Command.Recall _ ->
                    throw new IllegalStateException("They need no account.");
        };
    }

    /// Replays one fact. No default branch: a new fact does not compile until it is handled here.
    ///
    /// @throws IllegalStateException if the fact does not follow from the state: the journal is
    ///   damaged, or this is another partition's
    public void apply(Fact fact) {
        var request = fact.request();
        apply(fact, request == null ? null : RememberedRequests.id(fact.account(), request));
    }

    /// As [#apply(Fact)], for a host that knows the id of the fact's request already.
    void apply(Fact fact, @Nullable Fingerprint id) {
        if (fact.seq() != lastSeq + 1) {
            throw new IllegalStateException(
                    "Fact " + fact.seq() + " cannot follow fact " + lastSeq + ".");
        }
        switch (fact) {
            case Fact.AccountOpened opened -> {
                var account =
                        new Account(
                                opened.account(),
                                opened.plan(),
                                opened.zone(),
                                opened.at(),
                                opened.periodEnd());
                accounts.put(account.id, account);
                due.add(new Due(account.nextDue, account));
            }
            case Fact.PeriodStarted started -> {
                var account = account(started);
                account.periodIndex = started.index();
                account.periodStart = started.start();
                account.periodEnd = started.end();
                reschedule(account);
            }
            case Fact.Granted granted -> {
                var account = account(granted);
                account.add(new Grant(granted.seq(), granted.terms(), granted.terms().amount()));
                reschedule(account);
            }
            case Fact.Charged charged -> {
                var account = account(charged);
                account.burn(charged.draws());
                account.receivable = account.receivable.plus(charged.overage());
            }
            case Fact.Expired expired -> {
                var account = account(expired);
                // What a hold or a charge gives back may come from a grant that is gone already.
                account.grants.remove(account.findGrant(expired.grant()));
                reschedule(account);
            }
            case Fact.Held held -> reschedule(account(held).hold(held));
            case Fact.HoldExtended extended -> {
                var account = account(extended);
                account.openHold(extended.hold()).expires = extended.expires();
                reschedule(account);
            }
            case Fact.Captured captured -> reschedule(account(captured).capture(captured));
            case Fact.Released released -> reschedule(account(released).release(released));
            case Fact.Reversed reversed -> {
                var account = account(reversed);
                for (var draw : reversed.draws()) {
                    account.giveBack(draw);
                }
                account.receivable = account.receivable.minus(reversed.forgiven());
                account.reversed.merge(reversed.charge(), reversed.credits(), Credits::plus);
            }
            case Fact.Voided voided -> {
                var account = account(voided);
                var grant = account.grant(voided.grant());
                grant.remaining = Credits.ZERO;
                if (grant.held.isZero()) {
                    account.grants.remove(grant);
                }
                reschedule(account);
            }
            case Fact.OverageSet set -> account(set).overage = set.overage();
            case Fact.Settled settled -> reschedule(account(settled).settle(settled));
            case Fact.StatusChanged changed -> account(changed).status = changed.status();
        }
        lastSeq = fact.seq();
        lastAt = fact.at();
        var request = fact.request();
        if (request != null && id != null) {
            requests.remember(id, request, fact);
        }
    }

    private Account account(Fact fact) {
        var account = accounts.get(fact.account());
        if (account == null) {
            throw new IllegalStateException(
                    "Fact " + fact.seq() + " is about account " + fact.account() + ", unknown.");
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
