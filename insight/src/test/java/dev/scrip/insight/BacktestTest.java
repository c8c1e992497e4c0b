package dev.scrip.insight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import dev.scrip.pricing.CostRates;
import dev.scrip.pricing.Credits;
import dev.scrip.pricing.Money;
import dev.scrip.pricing.OperationPrice;
import dev.scrip.pricing.Plan;
import dev.scrip.pricing.PriceBook;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class BacktestTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final PriceBook OLD = book("USD", Map.of("read", "1", "train", "100"));
    private static final PriceBook NEW = book("USD", Map.of("read", "2", "train", "50"));

    @Test
    void whoReadsLosesAndWhoTrainsWins() {
        var backtest = new Backtest(OLD, NEW, BacktestTest::allPay);
        call(backtest, "reader", "read", 0);
        call(backtest, "reader", "read", 1);
        call(backtest, "trainer", "train", 2);
        var outcome = backtest.outcome();
        assertThat(outcome.before().credits()).isEqualTo(Credits.of(102));
        assertThat(outcome.after().credits()).isEqualTo(Credits.of(54));
        assertThat(outcome.before().revenue()).isEqualTo(Money.parse("0.102"));
        assertThat(outcome.before().cost()).isEqualTo(Money.parse("0.03"));
        assertThat(outcome.before().margin()).isEqualByComparingTo("0.705882");
        assertThat(outcome.billedBefore()).isEqualTo(outcome.before().revenue());
        assertThat(outcome.losers())
                .extracting(Backtest.AccountChange::account)
                .containsExactly("reader");
        assertThat(outcome.losers().getFirst().billChangeShare()).isEqualByComparingTo("1");
        assertThat(outcome.winners())
                .extracting(Backtest.AccountChange::account)
                .containsExactly("trainer");
        assertThat(outcome.winners().getFirst().billChange()).isEqualTo(Money.parse("-0.05"));
        assertThat(outcome.billChangeShares())
                .usingElementComparator(BigDecimal::compareTo)
                .containsExactly(new BigDecimal("-0.5"), BigDecimal.ONE);
    }

    @Test
    void anAccountThatMayNotOweIsRefusedWhenItsPlanIsSpent() {
        var backtest = new Backtest(OLD, NEW, _ -> new Subscriber("small", Credits.ZERO));
        for (int second = 0; second < 8; second++) {
            call(backtest, "acme", "read", second);
        }
        var outcome = backtest.outcome();
        assertThat(outcome.before().calls()).isEqualTo(8);
        assertThat(outcome.after().calls()).isEqualTo(5);
        assertThat(outcome.after().refused()).isEqualTo(3);
        assertThat(outcome.after().credits()).isEqualTo(Credits.of(10));
        assertThat(outcome.after().cost())
                .as("what is refused costs nothing")
                .isEqualTo(Money.parse("0.05"));
    }

    @Test
    void aPlanGrantsAnewInItsNextPeriodAndTheBillHasAFeeForTheWindowAndTheOverage() {
        var backtest = new Backtest(OLD, NEW, _ -> new Subscriber("small", null));
        for (int day = 0; day < 60; day++) {
            call(backtest, "acme", "read", Duration.ofDays(day).toSeconds());
        }
        var outcome = backtest.outcome();
        // 31 reads in January and 28 in February of 10 included each, 1 in March.
        var overage = new BigDecimal(21 + 18).multiply(new BigDecimal("0.001"));
        var days = new BigDecimal(59).add(BigDecimal.ONE.movePointLeft(5));
        var fee = new BigDecimal("30.4375").multiply(days).divide(new BigDecimal("30.4375"));
        assertThat(outcome.billedBefore().toBigDecimal().subtract(overage))
                .isCloseTo(fee, offset(new BigDecimal("0.0001")));
    }

    @Test
    void whatTheNewBookDoesNotHaveIsCountedApart() {
        var without = book("USD", Map.of("read", "2"));
        var backtest = new Backtest(OLD, without, BacktestTest::allPay);
        call(backtest, "acme", "train", 0);
        call(backtest, "acme", "read", 1);
        var outcome = backtest.outcome();
        assertThat(outcome.after().unpriced()).isEqualTo(1);
        assertThat(outcome.after().calls()).isEqualTo(1);
        assertThat(outcome.operations())
                .filteredOn(one -> one.operation().equals("train"))
                .allMatch(one -> one.after().unpriced() == 1 && one.before().calls() == 1);
    }

    /// A cap counts the credits of its price book, from one midnight to the next.
    @Test
    void capsRefuseWhatIsAboveThem() {
        var subscriber = new Subscriber("small", null, Credits.of(4), null, null);
        var backtest = new Backtest(OLD, NEW, _ -> subscriber);
        for (int i = 0; i < 6; i++) {
            call(backtest, "acme", "read", i);
        }
        call(backtest, "acme", "read", Duration.ofDays(1).toSeconds());
        var outcome = backtest.outcome();
        assertThat(outcome.before().calls()).isEqualTo(5);
        assertThat(outcome.before().refused()).isEqualTo(2);
        assertThat(outcome.after().calls()).isEqualTo(3);
        assertThat(outcome.after().refused()).isEqualTo(4);
    }

    /// Whoever adds the parts up must find the whole.
    @Test
    void operationsAndAccountsAddUpToTheTotal() {
        long seed = new Random().nextLong();
        var random = new Random(seed);
        var backtest =
                new Backtest(
                        OLD,
                        NEW,
                        name ->
                                name.equals("a0")
                                        ? Subscriber.PAY_AS_YOU_GO
                                        : new Subscriber("small", Credits.of(5)));
        long second = 0;
        for (int i = 0; i < 2_000; i++) {
            second += random.nextInt(100_000);
            var operation = random.nextInt(4) == 0 ? "train" : "read";
            call(backtest, "a" + random.nextInt(5), operation, second);
        }
        var outcome = backtest.outcome();
        assertThat(outcome.after().refused()).as("seed %d", seed).isPositive();
        for (var side :
                Map.<Function<Backtest.OperationChange, Tally>, Tally>of(
                                Backtest.OperationChange::before, outcome.before(),
                                Backtest.OperationChange::after, outcome.after())
                        .entrySet()) {
            var tallies = outcome.operations().stream().map(side.getKey()).toList();
            var total = side.getValue();
            assertThat(tallies.stream().mapToLong(Tally::calls).sum())
                    .as("seed %d", seed)
                    .isEqualTo(total.calls());
            assertThat(tallies.stream().mapToLong(one -> one.revenue().nanos()).sum())
                    .isEqualTo(total.revenue().nanos());
            assertThat(total.calls() + total.refused()).isEqualTo(2_000);
        }
        assertThat(
                        outcome.accounts().stream()
                                .mapToLong(one -> one.after().credits().micros())
                                .sum())
                .isEqualTo(outcome.after().credits().micros());
    }

    @Test
    void nothingIsComparedWithNothingNorWithAnotherCurrency() {
        assertThatThrownBy(() -> new Backtest(OLD, NEW, BacktestTest::allPay).outcome())
                .hasMessageStartingWith("The usage has no call");
        var euros = book("EUR", Map.of("read", "1"));
        assertThatThrownBy(() -> new Backtest(OLD, euros, BacktestTest::allPay))
                .hasMessageContaining("in USD and in EUR");
        var unknown = new Backtest(OLD, NEW, _ -> new Subscriber("huge", null));
        assertThatThrownBy(() -> call(unknown, "acme", "read", 0)).hasMessageContaining("\"huge\"");
    }

    @Test
    void aCostThatWasRecordedCountsBeforeWhatTheBookExpects() {
        var backtest = new Backtest(OLD, NEW, BacktestTest::allPay);
        backtest.add(
                new RecordedCall("acme", "read", BigDecimal.ONE, null, Money.parse("0.5"), START));
        assertThat(backtest.outcome().after().cost()).isEqualTo(Money.parse("0.5"));
    }

    private static Subscriber allPay(String account) {
        return Subscriber.PAY_AS_YOU_GO;
    }

    private static void call(Backtest backtest, String account, String operation, long second) {
        backtest.add(
                new RecordedCall(
                        account, operation, BigDecimal.ONE, null, null, START.plusSeconds(second)));
    }

    private static PriceBook book(String currency, Map<String, String> credits) {
        var operations = new TreeMap<String, OperationPrice>();
        credits.forEach((operation, price) ->
                operations.put(
                        operation,
                        new OperationPrice(
                                operation,
                                operation,
                                Credits.parse(price),
                                Money.parse("0.01"),
                                Money.ZERO,
                                new BigDecimal("0.5"))));
        var plans = new TreeMap<String, Plan>();
        plans.put("small", new Plan("small", "Small", Money.parse("30.4375"), Credits.of(10)));
        var rates =
                new CostRates(
                        BigDecimal.ZERO,
                        BigDecimal.ZERO,
                        BigDecimal.ZERO,
                        BigDecimal.ZERO,
                        new TreeMap<>());
        return new PriceBook(
                "pb", Instant.EPOCH, currency, Money.parse("0.001"), rates, operations, plans);
    }
}
