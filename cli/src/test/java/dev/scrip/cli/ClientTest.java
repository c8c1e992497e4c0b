package dev.scrip.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.scrip.cli.demo.ServerProcess;
import dev.scrip.client.AccountOpening;
import dev.scrip.client.Answer;
import dev.scrip.client.CaptureOrder;
import dev.scrip.client.Charge;
import dev.scrip.client.ChargeOutcome;
import dev.scrip.client.ChargeRequest;
import dev.scrip.client.ClientSettings;
import dev.scrip.client.Commitment;
import dev.scrip.client.EventOutcomes;
import dev.scrip.client.GrantOrder;
import dev.scrip.client.HoldOrder;
import dev.scrip.client.IdempotencyKey;
import dev.scrip.client.LeaseOrder;
import dev.scrip.client.Leases;
import dev.scrip.client.MoneyAmount;
import dev.scrip.client.PriceBookVersion;
import dev.scrip.client.PublishOrder;
import dev.scrip.client.QuoteOrder;
import dev.scrip.client.ScripClient;
import dev.scrip.client.TopUps;
import dev.scrip.client.UsageEvent;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The SDK against a real server: what it sends is taken, and what comes back is read.
final class ClientTest {

    @TempDir private static Path directory;
    private static ServerProcess server;
    private static ScripClient client;

    @BeforeAll
    static void start() {
        server =
                ServerProcess.start(
                        directory.resolve("data"),
                        Home.file("examples/dynamic/pricing.yaml"),
                        "live",
                        0);
        client =
                new ScripClient(
                        ClientSettings.of(server.address(), String.valueOf(server.adminKey())));
    }

    @AfterAll
    static void stop() {
        client.close();
        server.close();
    }

    private static IdempotencyKey key() {
        return IdempotencyKey.random();
    }

    private static void open(String account, int credits) {
        client.openAccount(AccountOpening.onPlan(account, "free"), key()).orThrow();
        client.grant(account, GrantOrder.paid(BigDecimal.valueOf(credits)), key()).orThrow();
    }

    @Test
    void aGrantHasAPriceAndATime() {
        open("granted", 1);
        var expires = Instant.parse("2100-01-01T00:00:00.123456789Z");
        var price = new MoneyAmount(new BigDecimal("0.50"), "USD");
        var order = new GrantOrder(BigDecimal.TEN, GrantOrder.Category.PAID, null, expires, price);
        var granted = client.grant("granted", order, key()).orThrow();
        assertThat(granted.costBasis().amount()).isEqualByComparingTo("0.05");
        assertThat(granted.expiresAt()).isEqualTo("2100-01-01T00:00:00.123456Z");
    }

    @Test
    void priceBooksAreListedReadAndPublished() {
        var books = client.priceBooks();
        var before = books.list().orThrow().data().getFirst();
        var text = books.document(before.version()).orThrow().document();
        var from = Instant.parse("2999-01-01T00:00:00Z");
        var order = PublishOrder.of(text, before.version()).from(from).because("a try");
        var published = books.publish(order).orThrow();
        assertThat(published.effectiveFrom()).isEqualTo(from);
        assertThat(published.reason()).isEqualTo("a try");
        assertThat(published.overrideReason()).isNull();
        assertThat(books.publish(order)).isEqualTo(new Answer.Done<>(published, true));
        assertThat(books.list().orThrow().data()).startsWith(published, before);

        var other = books.publish(order.although("another"));
        assertThat(((Answer.Refused<PriceBookVersion>) other).problem().code())
                .isEqualTo("price_book_changed");
    }

    private static BigDecimal available(String account) {
        return client.account(account).orThrow().credits().available();
    }

    @Test
    void aHoldIsCapturedInPartsExtendedAndReleased() {
        open("holder", 10_000);
        var before = available("holder");
        var holds = client.holds();
        var hold =
                holds.authorise(
                                HoldOrder.of("holder", "image.upload")
                                        .withMaxCredits(new BigDecimal("2500"))
                                        .withLife(Duration.ofMinutes(5)),
                                key())
                        .orThrow();
        assertThat(hold.heldCredits()).isEqualByComparingTo("2500");
        assertThat(hold.expiresAt())
                .isCloseTo(Instant.now().plusSeconds(300), within(60, ChronoUnit.SECONDS));
        assertThat(client.account("holder").orThrow().credits().held())
                .isEqualByComparingTo("2500");

        var extended = holds.extend(hold.id(), Duration.ofHours(1), key()).orThrow();
        assertThat(extended.type()).isEqualTo("hold_extension");
        var partly =
                holds.capture(
                                hold.id(),
                                CaptureOrder.ofCredits(new BigDecimal("40.5")).withMoreToFollow(),
                                key())
                        .orThrow();
        assertThat(partly.status()).isEqualTo("partly_captured");
        assertThat(partly.creditsHeld()).isEqualByComparingTo("2459.5");
        var once = key();
        var all = CaptureOrder.ofCredits(new BigDecimal("2460.5")).withOverage();
        var last = holds.capture(hold.id(), all, once).orThrow();
        assertThat(last.creditsReleased()).isZero();
        assertThat(holds.capture(hold.id(), all, once)).isEqualTo(new Answer.Done<>(last, true));
        assertThat(available("holder"))
                .isEqualByComparingTo(before.subtract(new BigDecimal(2_501)));

        var second = holds.authorise(HoldOrder.of("holder", "image.upload"), key()).orThrow();
        assertThat(holds.release(second.id(), key()).orThrow().type()).isEqualTo("release");
        assertThat(holds.release(second.id(), key()))
                .isInstanceOfSatisfying(
                        Answer.Refused.class,
                        refused -> assertThat(refused.problem().code()).isEqualTo("hold_not_open"));
        assertThat(client.captureEstimates("image.upload").orThrow().count()).isEqualTo(2);
    }

    @Test
    void aQuoteBindsThePriceForChargesAndHolds() {
        open("quoter", 10_000);
        var order = QuoteOrder.of("quoter", "video.process").withQuantity(new BigDecimal(2));
        var quote = client.quote(order.withLife(Duration.ofSeconds(30))).orThrow();
        assertThat(quote.quantity()).isEqualByComparingTo("2");
        assertThat(quote.expiresAt()).isBefore(Instant.now().plusSeconds(31));
        // The load doubles nothing of what is bound; what is not bound gets dearer.
        var busy = client.setLoad(new BigDecimal("0.95")).orThrow();
        assertThat(busy.loadPricesOn()).containsExactly("busy");
        assertThat(client.load().orThrow().load()).isEqualByComparingTo("0.95");
        var dearer = client.quote(order).orThrow();
        assertThat(dearer.credits()).isGreaterThan(quote.credits());
        assertThat(dearer.adjustments()).extracting(Charge.Adjustment::id).contains("busy");

        assertThat(client.charge(ChargeRequest.at(quote), key()))
                .isInstanceOfSatisfying(
                        ChargeOutcome.Charged.class,
                        charged ->
                                assertThat(charged.charge().price().credits())
                                        .isEqualByComparingTo(quote.credits()));
        assertThat(client.holds().authorise(HoldOrder.at(quote), key()).orThrow().heldCredits())
                .isEqualByComparingTo(quote.credits());
        var other = ChargeRequest.of("quoter", "video.process").withQuote(quote.quote());
        assertThat(client.charge(other, key()))
                .isInstanceOfSatisfying(
                        ChargeOutcome.Refused.class,
                        refused ->
                                assertThat(refused.problem().code()).isEqualTo("quote_mismatch"));
        client.setLoad(BigDecimal.ZERO).orThrow();
    }

    @Test
    void aCommitmentIsSetSeenAndEnded() {
        open("promiser", 1_000);
        assertThat(client.account("promiser").orThrow().commitment()).isNull();
        var until = Instant.parse("2100-01-01T00:00:00Z");
        var promise = new Commitment(new BigDecimal(100_000), until);
        var once = key();
        var entry = client.setCommitment("promiser", promise, once).orThrow();
        assertThat(entry.type()).isEqualTo("commitment_set");
        assertThat(client.setCommitment("promiser", promise, once))
                .isEqualTo(new Answer.Done<>(entry, true));
        assertThat(client.account("promiser").orThrow().commitment()).isEqualTo(promise);
        var quote = client.quote(QuoteOrder.of("promiser", "image.upload")).orThrow();
        assertThat(quote.adjustments()).extracting(Charge.Adjustment::id).contains("committed");

        var none = new Commitment(BigDecimal.ZERO, null);
        client.setCommitment("promiser", none, key()).orThrow();
        assertThat(client.account("promiser").orThrow().commitment()).isNull();
    }

    @Test
    void aBatchIsTakenTogetherOrEachByItself() {
        open("batcher", 1_000);
        var call = ChargeRequest.of("batcher", "image.upload");
        var batch = client.chargeTogether(List.of(call, call), key()).orThrow();
        assertThat(batch.charges()).hasSize(2);
        assertThat(batch.totals().creditsConsumed())
                .isEqualByComparingTo(batch.meta().creditsConsumed());

        var outcomes =
                client.chargeEach(List.of(call, ChargeRequest.of("nobody", "image.upload")), key())
                        .orThrow();
        assertThat(outcomes.charges().getFirst().isCharged()).isTrue();
        assertThat(outcomes.charges().getLast().isCharged()).isFalse();
        assertThat(outcomes.charges().getLast().code()).isEqualTo("unknown_account");
        assertThat(outcomes.totals().refused()).isEqualTo(1);
    }

    @Test
    void eventsCountOnce() {
        open("sender", 1_000);
        var event =
                UsageEvent.of("sender", "image.upload", "test", "1", Instant.now())
                        .withQuantity(new BigDecimal(3));
        var first = client.record(List.of(event)).orThrow();
        var again =
                client.record(
                                List.of(
                                        event,
                                        UsageEvent.of(
                                                "sender", "no.such", "t", "2", Instant.now())))
                        .orThrow();

        assertThat(first.charged()).as("%s", first).isEqualTo(1);
        assertThat(again.duplicates()).isEqualTo(1);
        assertThat(again.events())
                .extracting(EventOutcomes.Outcome::outcome)
                .containsExactly("duplicate", "refused");
        assertThat(again.events().getLast().pointer()).isEqualTo("/type");
    }

    @Test
    void aLeaseIsReportedExtendedAndReturned() {
        open("lessee", 1_000);
        var before = available("lessee");
        var leases = client.leases();
        var lease =
                leases.lend(
                                LeaseOrder.of("lessee", new BigDecimal(100), Duration.ofMinutes(5))
                                        .withApiKey("k1"),
                                key())
                        .orThrow();
        assertThat(lease.credits()).isEqualByComparingTo("100");
        var one = List.of(Leases.Line.of("image.upload", BigDecimal.ONE));
        var report = leases.report(lease.id(), one, key()).orThrow();
        assertThat(report.status()).isEqualTo("lent");
        assertThat(report.captures()).hasSize(1);
        leases.extend(lease.id(), Duration.ofMinutes(10), key()).orThrow();
        var last = leases.reportLast(lease.id(), one, key()).orThrow();
        assertThat(last.status()).isEqualTo("returned");
        assertThat(last.creditsReturned())
                .isEqualByComparingTo(
                        new BigDecimal(100)
                                .subtract(report.creditsConsumed())
                                .subtract(last.creditsConsumed()));
        assertThat(available("lessee"))
                .isEqualByComparingTo(
                        before.subtract(report.creditsConsumed()).subtract(last.creditsConsumed()));

        var other =
                leases.lend(LeaseOrder.of("lessee", BigDecimal.TEN, Duration.ofMinutes(5)), key())
                        .orThrow();
        leases.giveBack(other.id(), key()).orThrow();
    }

    @Test
    void aChildDrawsOnItsPool() {
        open("pool", 1_000);
        var opened = client.openAccount(AccountOpening.inPool("child", "pool"), key()).orThrow();
        assertThat(opened.pool()).isEqualTo("pool");
        var charged = client.estimate(ChargeRequest.of("child", "image.upload")).orThrow().price();
        var before = available("pool");
        client.chargeTogether(List.of(ChargeRequest.of("child", "image.upload")), key()).orThrow();

        assertThat(available("pool")).isEqualByComparingTo(before.subtract(charged.credits()));
        assertThat(client.account("child").orThrow().pool()).isEqualTo("pool");
        assertThat(client.account("pool").orThrow().children()).containsExactly("child");
    }

    @Test
    void aTopUpIsListedAndPaidOrFails() {
        open("buyer", 1);
        var topUps = client.topUps();
        var have = available("buyer");
        var rule =
                new TopUps.Rule(
                        have.add(BigDecimal.ONE), have.add(BigDecimal.TEN), new BigDecimal(50), 0);
        topUps.setRule("buyer", rule, key()).orThrow();
        var open = topUps.open(10, null).orThrow();
        assertThat(open.nextCursor()).isNull();
        var first = open.data().getFirst();
        assertThat(first.account()).isEqualTo("buyer");
        assertThat(first.credits()).isEqualByComparingTo("10");
        topUps.fail(first.id(), "card declined", key()).orThrow();
        assertThat(topUps.confirm(first.id(), key()))
                .isInstanceOfSatisfying(
                        Answer.Refused.class,
                        refused ->
                                assertThat(refused.problem().code()).isEqualTo("top_up_not_open"));

        var second = topUps.open(10, null).orThrow().data().getFirst();
        var granted =
                topUps.confirm(second.id(), new MoneyAmount(new BigDecimal("0.05"), "USD"), key())
                        .orThrow();
        assertThat(granted.credits()).isEqualByComparingTo("10");
        assertThat(granted.costBasis().amount()).isEqualByComparingTo("0.005");
        topUps.endRule("buyer", key()).orThrow();
        assertThat(topUps.open(10, null).orThrow().data()).isEmpty();
    }
}
