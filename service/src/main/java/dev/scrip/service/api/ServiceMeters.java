package dev.scrip.service.api;

import dev.scrip.ledger.AccountStatus;
import dev.scrip.ledger.Fact;
import dev.scrip.ledger.Happening;
import dev.scrip.ledger.Partition;
import dev.scrip.ledger.PartitionException;
import dev.scrip.ledger.Reply;
import dev.scrip.metering.ReadModels;
import dev.scrip.pricing.Credits;
import dev.scrip.service.http.Problem;
import dev.scrip.service.http.ProblemType;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// What the process counts for Prometheus. Labels are workspaces, operations of the price book and
/// outcomes: few and bounded. Never an account.
public final class ServiceMeters implements AutoCloseable {

    private static final Duration[] LATENCIES = {
        Duration.ofMillis(1),
        Duration.ofMillis(2),
        Duration.ofMillis(5),
        Duration.ofMillis(10),
        Duration.ofMillis(25),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofSeconds(1),
        Duration.ofSeconds(5)
    };

    private final PrometheusMeterRegistry registry =
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics gc = new JvmGcMetrics();
    private final Timer duration =
            Timer.builder("scrip.charge.duration")
                    .description("From the parsed request to the durable answer")
                    .serviceLevelObjectives(LATENCIES)
                    .register(registry);
    private final Map<Charged, Counter> charges = new ConcurrentHashMap<>();
    private final Map<Charged, Counter> credits = new ConcurrentHashMap<>();

    private record Charged(String workspace, String operation, String outcome) {}

    public ServiceMeters(Partition partition, ReadModels readModels) {
        Gauge.builder("scrip.partition.queue.length", partition, Partition::queueLength)
                .description("Commands that wait for the partition")
                .register(registry);
        Gauge.builder("scrip.accounts", partition, Partition::accounts)
                .description("Accounts that are open")
                .register(registry);
        Gauge.builder("scrip.remembered.requests", partition, Partition::rememberedRequests)
                .description("Requests whose retry finds its answer")
                .register(registry);
        FunctionCounter.builder("scrip.commits", partition, Partition::commits)
                .description("Batches made durable")
                .register(registry);
        FunctionCounter.builder("scrip.facts", partition, Partition::factsCommitted)
                .description("Facts made durable")
                .register(registry);
        FunctionCounter.builder(
                        "scrip.commit.seconds", partition, p -> p.commitNanos() / 1_000_000_000.0)
                .description("Time spent in making batches durable")
                .register(registry);
        FunctionCounter.builder(
                        "scrip.alerts.fired", partition, p -> p.count(Happening.ALERT_FIRED))
                .description("Alerts that fired")
                .register(registry);
        topUps(partition, "requested", Happening.TOP_UP_REQUESTED);
        topUps(partition, "confirmed", Happening.TOP_UP_CONFIRMED);
        topUps(partition, "failed", Happening.TOP_UP_FAILED);
        FunctionCounter.builder(
                        "scrip.plan.changes", partition, p -> p.count(Happening.PLAN_CHANGED))
                .description("Accounts that came to another plan")
                .register(registry);
        Gauge.builder("scrip.projection.lag.facts", readModels, ReadModels::lag)
                .description("Durable facts that reports do not show yet")
                .register(registry);
        Gauge.builder("scrip.partition.serving", partition, p -> p.unavailable() == null ? 1 : 0)
                .description("1 while the ledger serves")
                .register(registry);
        Gauge.builder("scrip.writer", partition, p -> p.standing().follows() ? 0 : 1)
                .description("1 while this server is the writer, 0 while it stands by")
                .register(registry);
        Gauge.builder("scrip.writer.epoch", partition, p -> p.standing().epoch())
                .description("Which term this writer serves in; 0 while it does not")
                .register(registry);
        Gauge.builder(
                        "scrip.follower.lag.seconds",
                        partition,
                        p -> p.standing().followedAgo().toNanos() / 1_000_000_000.0)
                .description("Since a standby knew all that was stored; 0 on the writer")
                .register(registry);
        new JvmMemoryMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        gc.bindTo(registry);
    }

    private void topUps(Partition partition, String outcome, Happening happening) {
        FunctionCounter.builder("scrip.top.ups", partition, p -> p.count(happening))
                .description("Top-ups that accounts asked for, and what became of them")
                .tag("outcome", outcome)
                .register(registry);
    }

    /// Counts a charge that was answered.
    void charge(String workspace, String operation, Reply reply, long nanos) {
        duration.record(Duration.ofNanos(nanos));
        charge(workspace, operation, reply);
    }

    /// Counts a charge or a capture that was answered among others: what it took by itself is not
    /// known.
    void charge(String workspace, String operation, Reply reply) {
        // A key that was used before says nothing of the operation, which anyone could make up.
        count(workspace, reply instanceof Reply.KeyReused ? "unknown" : operation, outcome(reply));
        var burned = burned(reply);
        if (burned != null) {
            credits.computeIfAbsent(new Charged(workspace, operation, ""), this::creditCounter)
                    .increment(burned.usage().credits().micros() / 1_000_000.0);
        }
    }

    /// Counts a charge that was taken among others.
    void charged(String workspace, String operation, Credits taken) {
        count(workspace, operation, "charged");
        credits.computeIfAbsent(new Charged(workspace, operation, ""), this::creditCounter)
                .increment(taken.micros() / 1_000_000.0);
    }

    /// What was burned by it, now and not by an earlier request.
    private static Fact.@Nullable Burned burned(Reply reply) {
        return switch (reply) {
            case Reply.Charged(var fact, var replayed, _) when !replayed -> fact;
            case Reply.Done(Fact.Captured fact, var replayed) when !replayed -> fact;
            default -> null;
        };
    }

    /// Counts what was asked together: each part when all were taken, and otherwise the one that
    /// was refused.
    ///
    /// @param operations of the parts
    void together(String workspace, List<String> operations, Reply reply) {
        switch (reply) {
            case Reply.All(var parts) -> {
                for (int i = 0; i < parts.size(); i++) {
                    charge(workspace, operations.get(i), parts.get(i));
                }
            }
            case Reply.PartRefused(_, var index, var refusal) ->
                    charge(workspace, operations.get(index), refusal);
            default -> charge(workspace, operations.getFirst(), reply);
        }
    }

    /// Counts a charge that could not be priced.
    void unrated(String workspace, String operation, Problem problem) {
        // Under one label: anyone could make up names without end.
        refused(
                workspace,
                problem.type() == ProblemType.UNKNOWN_OPERATION ? "unknown" : operation,
                problem.type().code());
    }

    /// Counts a charge to which the ledger gave no answer.
    void failed(String workspace, String operation, PartitionException e) {
        refused(workspace, operation, e.kind().name().toLowerCase(Locale.ROOT));
    }

    /// Counts a charge that was not: its operation is none of ours, or the ledger gave no answer.
    void refused(String workspace, String operation, String outcome) {
        count(workspace, operation, outcome);
    }

    private void count(String workspace, String operation, String outcome) {
        charges.computeIfAbsent(new Charged(workspace, operation, outcome), this::chargeCounter)
                .increment();
    }

    private static String outcome(Reply reply) {
        return switch (reply) {
            case Reply.Charged(_, var replayed, _) -> replayed ? "replayed" : "charged";
            case Reply.Done(Fact.Captured _, var replayed) -> replayed ? "replayed" : "charged";
            case Reply.HoldNotOpen _ -> "hold_not_open";
            case Reply.CaptureExceedsHold _ -> "capture_exceeds_hold";
            case Reply.KeyReused _ -> "idempotency_key_reused";
            case Reply.NoSuchAccount _ -> "unknown_account";
            case Reply.TooFewCredits _ -> "insufficient_credits";
            case Reply.CapReached _ -> "spend_cap_reached";
            case Reply.RateLimited _ -> "rate_limited";
            case Reply.AccountNotOpen(_, var status) ->
                    status == AccountStatus.FROZEN ? "account_frozen" : "account_closed";
            case Reply.Opened _,
                    Reply.Granted _,
                    Reply.Account _,
                    Reply.Terms _,
                    Reply.Done _,
                    Reply.Held _,
                    Reply.All _,
                    Reply.Estimated _,
                    Reply.PartRefused _,
                    Reply.DrawsOnPool _,
                    Reply.NotAPool _,
                    Reply.TopUpNotOpen _,
                    Reply.TopUpOfClosedAccount _,
                    Reply.PlanUnchanged _,
                    Reply.PaymentExceedsReceivable _,
                    Reply.NotAnswered _,
                    Reply.ReversalExceedsCharge _,
                    Reply.NothingToVoid _,
                    Reply.AccountExists _,
                    Reply.BalanceOverflow _ ->
                    throw new IllegalStateException("A charge was answered with " + reply);
        };
    }

    private Counter chargeCounter(Charged labels) {
        return Counter.builder("scrip.charges")
                .description("Charges by what became of them")
                .tag("workspace", labels.workspace)
                .tag("operation", labels.operation)
                .tag("outcome", labels.outcome)
                .register(registry);
    }

    private Counter creditCounter(Charged labels) {
        return Counter.builder("scrip.credits.charged")
                .description("Credits taken")
                .tag("workspace", labels.workspace)
                .tag("operation", labels.operation)
                .register(registry);
    }

    /// All of it in the text format of Prometheus.
    String scrape() {
        return registry.scrape();
    }

    @Override
    public void close() {
        gc.close();
        registry.close();
    }
}
