package dev.scrip.insight;

import dev.scrip.ledger.AccountId;
import dev.scrip.ledger.Reply;
import dev.scrip.metering.Replaying;
import dev.scrip.pricing.Credits;
import dev.scrip.pricing.Money;
import dev.scrip.pricing.PlanInterval;
import dev.scrip.pricing.PriceBook;
import dev.scrip.pricing.UnderCostException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Recorded usage under one price book.
final class BacktestRun {

    private static final BigDecimal DAYS_OF_A_YEAR = new BigDecimal("365.25");
    private static final BigDecimal MONTHS_OF_A_YEAR = new BigDecimal(12);
    private static final BigDecimal SECONDS_OF_A_DAY = new BigDecimal(86_400);

    private final PriceBook priceBook;
    private final Replaying replaying;
    private final Tally.Sum total = new Tally.Sum();

    /// An account under this price book.
    static final class Standing {

        private final AccountId id;
        private final Subscriber subscriber;
        private final Tally.Sum sum = new Tally.Sum();
        private long owedMicros;

        private Standing(AccountId id, Subscriber subscriber) {
            this.id = id;
            this.subscriber = subscriber;
        }

        Tally tally() {
            return sum.toTally();
        }
    }

    BacktestRun(PriceBook priceBook) {
        this.priceBook = priceBook;
        this.replaying = new Replaying(priceBook);
    }

    Standing open(AccountId id, Subscriber subscriber, Instant at) {
        replaying.open(id, subscriber.plan(), subscriber.overage(), subscriber.caps(), at);
        return new Standing(id, subscriber);
    }

    void add(RecordedCall call, Standing account, Tally.Sum operation) {
        if (!priceBook.operations().containsKey(call.operation())) {
            total.unpriced();
            operation.unpriced();
            account.sum.unpriced();
            return;
        }
        if (reply(call, account) instanceof Reply.Charged(var fact, var _, var _)) {
            var usage = fact.usage();
            var cost = call.cost() == null ? usage.cost() : call.cost();
            total.charged(usage.credits(), usage.listValue(), cost);
            operation.charged(usage.credits(), usage.listValue(), cost);
            account.sum.charged(usage.credits(), usage.listValue(), cost);
            account.owedMicros = Math.addExact(account.owedMicros, fact.overage().micros());
        } else {
            total.refused();
            operation.refused();
            account.sum.refused();
        }
    }

    /// Null when the limits of the price book refuse to sell so far under cost.
    private @Nullable Reply reply(RecordedCall call, Standing account) {
        try {
            return replaying.charge(
                    account.id, call.operation(), call.quantity(), call.use(), call.at());
        } catch (UnderCostException _) {
            return null;
        }
    }

    Tally total() {
        return total.toTally();
    }

    /// What the account is billed for a window: the fee for as much of a period as the window is
    /// long, and its overage at list price.
    Money bill(Standing standing, Duration window) {
        var overage = priceBook.creditPrice().timesCredits(new Credits(standing.owedMicros));
        var id = standing.subscriber.plan();
        var plan = id == null ? null : priceBook.plans().get(id);
        if (plan == null) {
            return overage;
        }
        var share =
                BigDecimal.valueOf(window.toSeconds())
                        .divide(
                                SECONDS_OF_A_DAY.multiply(days(plan.interval())),
                                MathContext.DECIMAL128);
        return overage.plus(plan.fee().times(share, RoundingMode.HALF_EVEN));
    }

    private static BigDecimal days(PlanInterval interval) {
        return switch (interval) {
            case DAY -> BigDecimal.ONE;
            case WEEK -> new BigDecimal(7);
            case MONTH -> DAYS_OF_A_YEAR.divide(MONTHS_OF_A_YEAR, MathContext.DECIMAL128);
            case YEAR -> DAYS_OF_A_YEAR;
        };
    }
}
