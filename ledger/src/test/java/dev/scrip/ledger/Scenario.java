package dev.scrip.ledger;

import dev.scrip.pricing.Credits;
import dev.scrip.pricing.Money;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A ledger with a time that tests set, hosted as a partition hosts it. After each command it
/// checks that replaying all facts rebuilds the same state.
final class Scenario {

    static final Instant START = Instant.parse("2026-11-01T00:00:00Z");
    static final AccountId ACME = new AccountId("live", "acme");

    final Ledger ledger;
    final List<Fact> facts = new ArrayList<>();
    private final LedgerSettings settings;
    Instant now = START;
    private int requests;

    Scenario() {
        this(LedgerSettings.DEFAULT);
    }

    Scenario(LedgerSettings settings) {
        this.settings = settings;
        ledger = new Ledger(settings);
    }

    Reply run(Command command) {
        var time = ledger.ledgerTime(now);
        settle(command.settledFirst(), time);
        var request = command.request();
        var id = request == null ? null : RememberedRequests.id(command.account(), request);
        return switch (ledger.decide(command, id, time)) {
            case Outcome.Decided(var reply, var decided) -> {
                decided.forEach(this::apply);
                settle(command.account(), time);
                yield reply;
            }
            case Outcome.Repeated(long seq) -> Reply.repeated(facts.get((int) seq - 1));
            case Outcome.AllRepeated(var seqs) ->
                    new Reply.All(
                            seqs.stream()
                                    .map(seq -> Reply.repeated(facts.get(Math.toIntExact(seq) - 1)))
                                    .toList());
        };
    }

    private void settle(AccountId account, Instant time) {
        for (var due = ledger.settle(account, time);
                !due.isEmpty();
                due = ledger.settle(account, time)) {
            due.forEach(this::apply);
        }
    }

    /// The number of an account's last fact of a kind, 0 when it has none.
    long lastOf(AccountId account, Class<? extends Fact> kind) {
        for (var fact : facts.reversed()) {
            if (fact.account().equals(account) && kind.isInstance(fact)) {
                return fact.seq();
            }
        }
        return 0;
    }

    private void apply(Fact fact) {
        ledger.apply(fact);
        facts.add(fact);
    }

    LedgerState replayed() {
        var fresh = new Ledger(settings);
        facts.forEach(fresh::apply);
        return fresh.state();
    }

    Reply open(AccountId account, String included) {
        return open(account, included, ZoneOffset.UTC);
    }

    Reply open(AccountId account, String included, ZoneId zone) {
        var plan = new PlanTerms("starter", Credits.parse(included), Money.parse("0.00058"));
        return run(new Command.OpenAccount(account, plan, zone, request("open " + account)));
    }

    Reply charge(String credits) {
        return charge(ACME, credits, "request-" + requests++);
    }

    Reply charge(AccountId account, String credits, String key) {
        return run(new Command.Charge(account, usage(credits), request(key, credits)));
    }

    Reply grant(String credits, GrantCategory category, int priority, @Nullable Instant expires) {
        return grant(
                new GrantTerms(
                        Credits.parse(credits),
                        priority,
                        category,
                        now,
                        expires,
                        category == GrantCategory.PAID ? Money.parse("0.001") : Money.ZERO));
    }

    Reply grant(GrantTerms terms) {
        return run(new Command.GrantCredits(ACME, terms, request("grant-" + requests++)));
    }

    AccountView account() {
        return account(ACME);
    }

    AccountView account(AccountId id) {
        if (run(new Command.Inspect(id)) instanceof Reply.Account found) {
            return found.view();
        }
        throw new AssertionError("no account " + id);
    }

    String balance() {
        return account().available().toString();
    }

    static RatedUsage usage(String credits) {
        return usage("image.resize", Credits.parse(credits));
    }

    static RatedUsage usage(String operation, Credits amount) {
        return new RatedUsage(
                operation,
                BigDecimal.ONE,
                amount,
                amount,
                Money.parse("0.001").timesCredits(amount),
                Money.parse("0.0008"),
                "pb_1");
    }

    static RequestKey request(String key) {
        return request(key, key);
    }

    static RequestKey request(String key, String body) {
        return new RequestKey(key, Fingerprint.of(body.getBytes(StandardCharsets.UTF_8)));
    }
}
