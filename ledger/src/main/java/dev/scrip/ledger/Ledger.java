package dev.scrip.ledger;

import dev.scrip.pricing.Credits;
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
                account.grants.stream()
                        .map(grant ->
                                new AccountView.GrantView(grant.seq, grant.terms, grant.remaining))
                        .toList());
    }

    public long lastSeq() {
        return lastSeq;
    }

    public int accountCount() {
        return accounts.size();
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
    /// then the period that began. Empty when nothing is due, or there is no such account.
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
        if (account.periodEnd.equals(instant)) {
            int index = account.periodIndex + 1;
            var end = Account.periodEnd(account.openedAt, account.zone, index);
            facts.add(new Fact.PeriodStarted(++seq, now, id, index, instant, end, balance));
            addPlanGrant(facts, ++seq, now, id, account.plan, instant, end, balance);
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
        return switch (command) {
            case Command.Charge charge -> decide(charge, now);
            case Command.Recall _ -> Outcome.of(new Reply.NotAnswered());
            case Command.Inspect inspect -> decide(inspect, now);
            case Command.GrantCredits grant -> decide(grant, now);
            case Command.OpenAccount open -> decide(open, now);
        };
    }

    private Outcome decide(Command.Charge charge, Instant now) {
        var account = accounts.get(charge.account());
        if (account == null) {
            return Outcome.of(new Reply.NoSuchAccount(charge.account()));
        }
        var available = account.available(now);
        var quota = account.quota(now);
        var price = charge.usage().credits();
        if (!available.covers(price)) {
            return Outcome.of(
                    new Reply.TooFewCredits(
                            account.id, price, available, quota, account.periodEnd));
        }
        var fact =
                new Fact.Charged(
                        lastSeq + 1,
                        now,
                        account.id,
                        charge.request(),
                        charge.usage(),
                        draws(account, price, now),
                        available.minus(price),
                        quota,
                        account.periodEnd);
        return Outcome.of(new Reply.Charged(fact, false), fact);
    }

    private static List<Draw> draws(Account account, Credits price, Instant now) {
        var rest = price;
        var draws = new ArrayList<Draw>(1);
        for (var grant : account.grants) {
            if (rest.isZero()) {
                break;
            }
            if (grant.remaining.isZero() || !grant.isEffective(now) || grant.isExpired(now)) {
                continue;
            }
            var taken = rest.min(grant.remaining);
            rest = rest.minus(taken);
            draws.add(new Draw(grant.seq, taken, grant.terms.expires(), grant.terms.costBasis()));
        }
        return draws;
    }

    private Outcome decide(Command.Inspect inspect, Instant now) {
        var account = accounts.get(inspect.account());
        return Outcome.of(
                account == null
                        ? new Reply.NoSuchAccount(inspect.account())
                        : new Reply.Account(account.view(now)));
    }

    private Outcome decide(Command.GrantCredits grant, Instant now) {
        var account = accounts.get(grant.account());
        if (account == null) {
            return Outcome.of(new Reply.NoSuchAccount(grant.account()));
        }
        if (overflows(account, grant.terms().amount())) {
            return Outcome.of(new Reply.BalanceOverflow(account.id, account.available(now)));
        }
        var terms = grant.terms();
        var balance = account.available(now);
        if (terms.isLive(now)) {
            balance = balance.plus(terms.amount());
        }
        var fact = new Fact.Granted(lastSeq + 1, now, account.id, grant.request(), terms, balance);
        return Outcome.of(new Reply.Granted(fact, false), fact);
    }

    /// True when all grants together, those not yet in effect included, would leave the range.
    private static boolean overflows(Account account, Credits amount) {
        long sum = amount.micros();
        // Half the range, so that the grants of later periods cannot reach its end either.
        long limit = Long.MAX_VALUE / 2;
        for (var grant : account.grants) {
            sum += grant.terms.amount().micros();
            if (sum < 0 || sum > limit) {
                return true;
            }
        }
        return sum > limit;
    }

    private Outcome decide(Command.OpenAccount open, Instant now) {
        var id = open.account();
        if (accounts.containsKey(id)) {
            return Outcome.of(new Reply.AccountExists(id));
        }
        var end = Account.periodEnd(now, open.zone(), 0);
        var opened =
                new Fact.AccountOpened(
                        lastSeq + 1, now, id, open.request(), open.plan(), open.zone(), end);
        var facts = new ArrayList<Fact>(2);
        facts.add(opened);
        addPlanGrant(facts, lastSeq + 2, now, id, open.plan(), now, end, Credits.ZERO);
        return new Outcome.Decided(new Reply.Opened(opened, false), facts);
    }

    private static void addPlanGrant(
            List<Fact> facts,
            long seq,
            Instant now,
            AccountId id,
            PlanTerms plan,
            Instant start,
            Instant end,
            Credits balance) {
        if (plan.included().isZero()) {
            return;
        }
        var terms =
                new GrantTerms(
                        plan.included(),
                        GrantTerms.PRIORITY_DEFAULT,
                        GrantCategory.PLAN,
                        start,
                        end,
                        plan.costBasis());
        facts.add(new Fact.Granted(seq, now, id, null, terms, balance.plus(plan.included())));
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
            case Fact.Charged charged -> burn(account(charged), charged);
            case Fact.Expired expired -> {
                var account = account(expired);
                account.grants.remove(account.grant(expired.grant()));
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

    private static void burn(Account account, Fact.Charged charged) {
        for (var draw : charged.draws()) {
            var grant = account.grant(draw.grant());
            if (!grant.remaining.covers(draw.credits())) {
                throw new IllegalStateException(
                        "Charge "
                                + charged.id()
                                + " draws "
                                + draw.credits()
                                + " credits from grant "
                                + FactId.grant(grant.seq)
                                + ", which has "
                                + grant.remaining
                                + ".");
            }
            grant.remaining = grant.remaining.minus(draw.credits());
            if (grant.remaining.isZero() && grant.terms.expires() == null) {
                account.grants.remove(grant);
            }
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
