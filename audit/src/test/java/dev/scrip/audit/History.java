package dev.scrip.audit;

import dev.scrip.ledger.AccountId;
import dev.scrip.ledger.AccountStatus;
import dev.scrip.ledger.Command;
import dev.scrip.ledger.Fact;
import dev.scrip.ledger.Fingerprint;
import dev.scrip.ledger.GrantCategory;
import dev.scrip.ledger.GrantTerms;
import dev.scrip.ledger.LedgerSettings;
import dev.scrip.ledger.Overage;
import dev.scrip.ledger.Partition;
import dev.scrip.ledger.PartitionSettings;
import dev.scrip.ledger.PlanTerms;
import dev.scrip.ledger.RatedUsage;
import dev.scrip.ledger.Reply;
import dev.scrip.ledger.RequestKey;
import dev.scrip.ledger.Snapshots;
import dev.scrip.pricing.Credits;
import dev.scrip.pricing.Money;
import dev.scrip.storage.DataDirectory;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/// Writes what the real engine makes of random commands over several months into a data directory.
final class History {

    static final LedgerSettings SETTINGS = new LedgerSettings(Duration.ofDays(2), 40);

    private static final List<AccountId> ACCOUNTS =
            List.of(
                    new AccountId("live", "a"),
                    new AccountId("live", "b"),
                    new AccountId("test", "a"));
    private static final List<ZoneId> ZONES =
            List.of(ZoneId.of("UTC"), ZoneId.of("Europe/Berlin"), ZoneId.of("Pacific/Auckland"));

    private final RandomGenerator random;
    private final Map<AccountId, Long> holds = new HashMap<>();
    private final Map<AccountId, Long> grants = new HashMap<>();
    private final Map<AccountId, Fact.Burned> burned = new HashMap<>();
    private volatile Instant now = Instant.parse("2026-08-31T12:00:00Z");

    private History(long seed) {
        random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }

    static void write(Path directory, long seed, int steps) {
        var history = new History(seed);
        try (var data = DataDirectory.open(directory);
                var partition =
                        new Partition(
                                data.journal(),
                                Snapshots.NONE,
                                new PartitionSettings(
                                        SETTINGS, 1_000, 100, 1_000_000, Duration.ofSeconds(20)),
                                () -> history.now,
                                () -> {});
                var views = data.readModels(partition::head)) {
            for (int step = 0; step < steps; step++) {
                history.now = history.now.plusSeconds(history.timeStep());
                var commands = new ArrayList<Command>();
                for (int i = 0; i <= history.random.nextInt(4); i++) {
                    commands.add(history.command());
                }
                partition.submitAll(commands).forEach(history::remember);
            }
            var _ = views.entries(ACCOUNTS.getFirst(), Long.MAX_VALUE, 1);
        }
    }

    private void remember(Reply reply) {
        var fact =
                switch (reply) {
                    case Reply.Charged charged -> charged.fact();
                    case Reply.Granted granted -> granted.fact();
                    case Reply.Done done -> done.fact();
                    default -> null;
                };
        switch (fact) {
            case Fact.Burned charge -> burned.put(charge.account(), charge);
            case Fact.Held held -> holds.put(held.account(), held.seq());
            case Fact.Granted granted -> grants.put(granted.account(), granted.seq());
            case null, default -> {}
        }
    }

    private long timeStep() {
        return switch (random.nextInt(20)) {
            case 0 -> random.nextInt(40 * 86_400);
            case 1 -> -random.nextInt(3_600);
            default -> random.nextInt(600);
        };
    }

    private Command command() {
        var account = ACCOUNTS.get(random.nextInt(ACCOUNTS.size()));
        // Few keys, so that retries and reuse are frequent.
        var request = request("key-" + random.nextInt(60), random.nextInt(3));
        var credits = new Credits(random.nextLong(0, 40_000_000));
        return switch (random.nextInt(10)) {
            case 0 ->
                    new Command.OpenAccount(
                            account,
                            new PlanTerms(
                                    "starter",
                                    Credits.of(random.nextInt(100)),
                                    Money.parse("0.00058")),
                            ZONES.get(random.nextInt(ZONES.size())),
                            request);
            case 1, 2 -> grant(account, credits, request);
            case 3, 4 -> hold(account, credits, request);
            case 5 -> correction(account, credits, request);
            default -> new Command.Charge(account, usage(credits), request);
        };
    }

    private Command grant(AccountId account, Credits credits, RequestKey request) {
        var effective = now.plusSeconds(random.nextInt(-3_600, 86_400));
        var category = GrantCategory.values()[random.nextInt(3)];
        return new Command.GrantCredits(
                account,
                new GrantTerms(
                        credits.plus(new Credits(1)),
                        random.nextInt(3) * 50,
                        category,
                        effective,
                        random.nextBoolean()
                                ? null
                                : effective.plusSeconds(1 + random.nextInt(10 * 86_400)),
                        category == GrantCategory.PAID ? Money.parse("0.00123") : Money.ZERO),
                request);
    }

    private Command hold(AccountId account, Credits credits, RequestKey request) {
        var life = Duration.ofSeconds(1 + random.nextInt(20 * 86_400));
        long hold = holds.getOrDefault(account, 0L);
        return switch (random.nextInt(7)) {
            case 0, 1, 2 -> new Command.Authorise(account, usage(credits), life, request);
            case 3 -> new Command.ExtendHold(account, hold, life, request);
            case 4, 5 ->
                    new Command.Capture(
                            account,
                            hold,
                            usage(credits),
                            random.nextBoolean(),
                            random.nextBoolean(),
                            request);
            default -> new Command.Release(account, hold, request);
        };
    }

    private Command correction(AccountId account, Credits credits, RequestKey request) {
        var charge = burned.get(account);
        return switch (random.nextInt(8)) {
            case 0 ->
                    new Command.ChangeStatus(
                            account,
                            random.nextInt(4) == 0 ? AccountStatus.FROZEN : AccountStatus.OPEN,
                            "",
                            request);
            case 1 ->
                    new Command.SetOverage(
                            account,
                            new Overage(random.nextInt(3) == 0 ? Credits.ZERO : credits),
                            request);
            case 2 -> new Command.VoidGrant(account, grants.getOrDefault(account, 0L), "", request);
            default ->
                    charge == null
                            ? new Command.Inspect(account)
                            : new Command.Reverse(
                                    account,
                                    charge,
                                    random.nextBoolean() ? null : credits,
                                    "",
                                    request);
        };
    }

    static RatedUsage usage(Credits credits) {
        return new RatedUsage(
                "image.resize",
                BigDecimal.ONE,
                credits,
                credits,
                Money.parse("0.001").timesCredits(credits),
                Money.parse("0.0008"),
                "pb_1");
    }

    static RequestKey request(String key, int body) {
        return new RequestKey(
                key, Fingerprint.of((key + body).getBytes(StandardCharsets.US_ASCII)));
    }
}
