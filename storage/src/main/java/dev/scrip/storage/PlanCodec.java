package dev.scrip.storage;

import static dev.scrip.storage.FactCodec.instant;

import dev.scrip.ledger.AccountId;
import dev.scrip.ledger.BurnOrder;
import dev.scrip.ledger.Fact;
import dev.scrip.ledger.PlanTerms;
import dev.scrip.pricing.Credits;
import dev.scrip.pricing.Money;
import dev.scrip.storage.wire.BurnOrderMessage;
import dev.scrip.storage.wire.FactMessage;
import dev.scrip.storage.wire.IntervalMessage;
import dev.scrip.storage.wire.PlanChangeScheduledMessage;
import dev.scrip.storage.wire.PlanChangedMessage;
import dev.scrip.storage.wire.PlanTermsMessage;
import java.math.BigDecimal;
import java.time.Instant;

/// The part of [FactCodec] that lays out plans, and how accounts change them.
final class PlanCodec {

    private static final int SHARE_DECIMALS = 6;

    private PlanCodec() {}

    static PlanTermsMessage toWire(PlanTerms plan) {
        return PlanTermsMessage.newBuilder()
                .setPlan(plan.plan())
                .setIncludedMicros(plan.included().micros())
                .setCostBasisNanos(plan.costBasis().nanos())
                .setInterval(
                        switch (plan.interval()) {
                            case DAY -> IntervalMessage.INTERVAL_DAY;
                            case WEEK -> IntervalMessage.INTERVAL_WEEK;
                            case MONTH -> IntervalMessage.INTERVAL_MONTH;
                            case YEAR -> IntervalMessage.INTERVAL_YEAR;
                        })
                .setRolloverShare(
                        plan.rollover().share().movePointRight(SHARE_DECIMALS).intValueExact())
                .setRolloverCapMicros(plan.rollover().cap().micros())
                .setBurnOrder(
                        switch (plan.burnOrder()) {
                            case EXPIRY_FIRST -> BurnOrderMessage.BURN_ORDER_EXPIRY_FIRST;
                            case FREE_FIRST -> BurnOrderMessage.BURN_ORDER_FREE_FIRST;
                        })
                .build();
    }

    static PlanTerms fromWire(PlanTermsMessage message) {
        int share = message.getRolloverShare();
        long cap = message.getRolloverCapMicros();
        return new PlanTerms(
                message.getPlan(),
                new Credits(message.getIncludedMicros()),
                new Money(message.getCostBasisNanos()),
                interval(message.getInterval()),
                share == 0 && cap == 0
                        ? PlanTerms.Rollover.NONE
                        : new PlanTerms.Rollover(
                                BigDecimal.valueOf(share, SHARE_DECIMALS), new Credits(cap)),
                burnOrder(message.getBurnOrder()));
    }

    private static PlanTerms.Interval interval(IntervalMessage interval) {
        return switch (interval) {
            case INTERVAL_DAY -> PlanTerms.Interval.DAY;
            case INTERVAL_WEEK -> PlanTerms.Interval.WEEK;
            case INTERVAL_MONTH, INTERVAL_UNSPECIFIED -> PlanTerms.Interval.MONTH;
            case INTERVAL_YEAR -> PlanTerms.Interval.YEAR;
            case UNRECOGNIZED ->
                    throw new StorageException(
                            "A plan has an interval this version does not know.");
        };
    }

    private static BurnOrder burnOrder(BurnOrderMessage order) {
        return switch (order) {
            case BURN_ORDER_EXPIRY_FIRST, BURN_ORDER_UNSPECIFIED -> BurnOrder.EXPIRY_FIRST;
            case BURN_ORDER_FREE_FIRST -> BurnOrder.FREE_FIRST;
            case UNRECOGNIZED ->
                    throw new StorageException(
                            "A plan has a burn order this version does not know.");
        };
    }

    static PlanChangedMessage toWire(Fact.PlanChanged changed) {
        return PlanChangedMessage.newBuilder()
                .setPlan(toWire(changed.plan()))
                .setAnchorMicros(FactCodec.toWire(changed.anchor()))
                .setIndex(changed.index())
                .setStartMicros(FactCodec.toWire(changed.start()))
                .setEndMicros(FactCodec.toWire(changed.end()))
                .setUnusedShare(changed.unusedShare())
                .setUnusedFeeNanos(changed.unusedFee().nanos())
                .build();
    }

    static PlanChangeScheduledMessage toWire(Fact.PlanChangeScheduled scheduled) {
        var message = PlanChangeScheduledMessage.newBuilder();
        var plan = scheduled.plan();
        if (plan != null) {
            message.setPlan(toWire(plan));
        }
        return message.build();
    }

    static Fact changed(FactMessage message, Instant at, AccountId account, Credits balance) {
        var changed = message.getPlanChanged();
        return new Fact.PlanChanged(
                message.getSeq(),
                at,
                account,
                message.hasRequest() ? FactCodec.fromWire(message.getRequest()) : null,
                fromWire(changed.getPlan()),
                instant(changed.getAnchorMicros()),
                changed.getIndex(),
                instant(changed.getStartMicros()),
                instant(changed.getEndMicros()),
                changed.getUnusedShare(),
                new Money(changed.getUnusedFeeNanos()),
                balance);
    }

    static Fact scheduled(FactMessage message, Instant at, AccountId account, Credits balance) {
        var scheduled = message.getPlanChangeScheduled();
        return new Fact.PlanChangeScheduled(
                message.getSeq(),
                at,
                account,
                FactCodec.fromWire(message.getRequest()),
                scheduled.hasPlan() ? fromWire(scheduled.getPlan()) : null,
                balance);
    }
}
