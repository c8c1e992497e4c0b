package dev.scrip.storage;

import dev.scrip.ledger.AccountId;
import dev.scrip.ledger.Commitment;
import dev.scrip.ledger.Fact;
import dev.scrip.pricing.AdjustmentKind;
import dev.scrip.pricing.AppliedAdjustment;
import dev.scrip.pricing.Credits;
import dev.scrip.storage.wire.AppliedAdjustmentMessage;
import dev.scrip.storage.wire.CommitmentSetMessage;
import dev.scrip.storage.wire.FactMessage;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// The part of [FactCodec] that lays out what moves prices.
final class PriceCodec {

    private PriceCodec() {}

    static List<AppliedAdjustmentMessage> toWire(List<AppliedAdjustment> adjustments) {
        if (adjustments.isEmpty()) {
            return List.of();
        }
        var messages = new ArrayList<AppliedAdjustmentMessage>(adjustments.size());
        for (var one : adjustments) {
            var message =
                    AppliedAdjustmentMessage.newBuilder()
                            .setId(one.id())
                            .setKind(one.kind().word())
                            .setAfterMicros(one.after().micros());
            var factor = one.factor();
            if (factor != null) {
                message.setFactor(factor.toPlainString());
            }
            var fixed = one.fixed();
            if (fixed != null) {
                message.setFixedMicros(fixed.micros());
            }
            messages.add(message.build());
        }
        return messages;
    }

    static List<AppliedAdjustment> fromWire(List<AppliedAdjustmentMessage> messages) {
        if (messages.isEmpty()) {
            return List.of();
        }
        var adjustments = new ArrayList<AppliedAdjustment>(messages.size());
        for (var one : messages) {
            adjustments.add(
                    new AppliedAdjustment(
                            one.getId(),
                            AdjustmentKind.of(one.getKind()),
                            one.getFactor().isEmpty() ? null : new BigDecimal(one.getFactor()),
                            one.hasFixedMicros() ? new Credits(one.getFixedMicros()) : null,
                            new Credits(one.getAfterMicros())));
        }
        return adjustments;
    }

    static CommitmentSetMessage toWire(Commitment commitment) {
        var message =
                CommitmentSetMessage.newBuilder()
                        .setCreditsPerMonthMicros(commitment.creditsPerMonth().micros());
        var until = commitment.until();
        if (until != null) {
            message.setUntilMicros(FactCodec.toWire(until));
        }
        return message.build();
    }

    static Commitment fromWire(CommitmentSetMessage message) {
        return new Commitment(
                new Credits(message.getCreditsPerMonthMicros()),
                message.hasUntilMicros() ? FactCodec.instant(message.getUntilMicros()) : null);
    }

    static Fact set(FactMessage message, Instant at, AccountId account, Credits balance) {
        return new Fact.CommitmentSet(
                message.getSeq(),
                at,
                account,
                FactCodec.fromWire(message.getRequest()),
                fromWire(message.getCommitmentSet()),
                balance);
    }
}
