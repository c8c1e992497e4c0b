package dev.scrip.storage;

import dev.scrip.ledger.AccountId;
import dev.scrip.ledger.AccountStatus;
import dev.scrip.ledger.Fact;
import dev.scrip.ledger.Overage;
import dev.scrip.pricing.Credits;
import dev.scrip.pricing.Money;
import dev.scrip.storage.wire.AccountStatusMessage;
import dev.scrip.storage.wire.AdjustedMessage;
import dev.scrip.storage.wire.FactMessage;
import dev.scrip.storage.wire.OverageSetMessage;
import dev.scrip.storage.wire.ReceivablePaidMessage;
import dev.scrip.storage.wire.ReversedMessage;
import dev.scrip.storage.wire.SettledMessage;
import dev.scrip.storage.wire.StatusChangedMessage;
import dev.scrip.storage.wire.VoidedMessage;
import java.time.Instant;

/// The part of [FactCodec] that lays out what operators set, and set right.
final class CorrectionCodec {

    private CorrectionCodec() {}

    static ReversedMessage toWire(Fact.Reversed reversed) {
        var message =
                ReversedMessage.newBuilder()
                        .setCharge(reversed.charge())
                        .setOfHold(reversed.ofHold())
                        .setOperation(reversed.operation())
                        .setCreditsMicros(reversed.credits().micros())
                        .setListValueNanos(reversed.listValue().nanos())
                        .setYieldValueNanos(reversed.yieldValue().nanos())
                        .addAllDraws(FactCodec.toWire(reversed.draws()))
                        .setForgivenMicros(reversed.forgiven().micros())
                        .setReason(reversed.reason());
        var child = reversed.child();
        if (child != null) {
            message.setChild(child);
        }
        return message.build();
    }

    static OverageSetMessage toWire(Fact.OverageSet set) {
        return OverageSetMessage.newBuilder()
                .setLimitMicros(set.overage().limit().micros())
                .setInvoiced(isInvoiced(set.overage()))
                .build();
    }

    static boolean isInvoiced(Overage overage) {
        return overage.payment() == Overage.Payment.INVOICED;
    }

    static Overage overage(long limitMicros, boolean invoiced) {
        return new Overage(
                new Credits(limitMicros),
                invoiced ? Overage.Payment.INVOICED : Overage.Payment.FROM_PURCHASES);
    }

    static ReceivablePaidMessage toWire(Fact.ReceivablePaid paid) {
        return ReceivablePaidMessage.newBuilder()
                .setCreditsMicros(paid.credits().micros())
                .setReason(paid.reason())
                .build();
    }

    static AdjustedMessage toWire(Fact.Adjusted adjusted) {
        return AdjustedMessage.newBuilder()
                .addAllDraws(FactCodec.toWire(adjusted.draws()))
                .setReason(adjusted.reason())
                .build();
    }

    static SettledMessage toWire(Fact.Settled settled) {
        return SettledMessage.newBuilder()
                .setGrant(settled.grant())
                .setCreditsMicros(settled.credits().micros())
                .build();
    }

    static VoidedMessage toWire(Fact.Voided voided) {
        return VoidedMessage.newBuilder()
                .setGrant(voided.grant())
                .setRestMicros(voided.rest().micros())
                .setReason(voided.reason())
                .build();
    }

    static StatusChangedMessage toWire(Fact.StatusChanged changed) {
        return StatusChangedMessage.newBuilder()
                .setStatus(toWire(changed.status()))
                .setReason(changed.reason())
                .build();
    }

    static AccountStatusMessage toWire(AccountStatus status) {
        return switch (status) {
            case OPEN -> AccountStatusMessage.ACCOUNT_STATUS_OPEN;
            case FROZEN -> AccountStatusMessage.ACCOUNT_STATUS_FROZEN;
            case CLOSED -> AccountStatusMessage.ACCOUNT_STATUS_CLOSED;
        };
    }

    static AccountStatus fromWire(AccountStatusMessage status) {
        return switch (status) {
            case ACCOUNT_STATUS_OPEN -> AccountStatus.OPEN;
            case ACCOUNT_STATUS_FROZEN -> AccountStatus.FROZEN;
            case ACCOUNT_STATUS_CLOSED -> AccountStatus.CLOSED;
            case ACCOUNT_STATUS_UNSPECIFIED, UNRECOGNIZED ->
                    throw new StorageException(
                            "An account has a status this version does not know: " + status);
        };
    }

    static Fact fromWire(FactMessage message, Instant at, AccountId account, Credits balance) {
        long seq = message.getSeq();
        return switch (message.getKindCase()) {
            case REVERSED -> {
                var reversed = message.getReversed();
                yield new Fact.Reversed(
                        seq,
                        at,
                        account,
                        FactCodec.fromWire(message.getRequest()),
                        reversed.getCharge(),
                        reversed.getOfHold(),
                        reversed.getOperation(),
                        reversed.hasChild() ? reversed.getChild() : null,
                        new Credits(reversed.getCreditsMicros()),
                        new Money(reversed.getListValueNanos()),
                        new Money(reversed.getYieldValueNanos()),
                        FactCodec.draws(reversed.getDrawsList()),
                        new Credits(reversed.getForgivenMicros()),
                        reversed.getReason(),
                        balance);
            }
            case VOIDED -> {
                var voided = message.getVoided();
                yield new Fact.Voided(
                        seq,
                        at,
                        account,
                        message.hasRequest() ? FactCodec.fromWire(message.getRequest()) : null,
                        voided.getGrant(),
                        new Credits(voided.getRestMicros()),
                        voided.getReason(),
                        balance);
            }
            case STATUS_CHANGED -> {
                var changed = message.getStatusChanged();
                yield new Fact.StatusChanged(
                        seq,
                        at,
                        account,
                        FactCodec.fromWire(message.getRequest()),
                        fromWire(changed.getStatus()),
                        changed.getReason(),
                        balance);
            }
            case OVERAGE_SET ->
                    new Fact.OverageSet(
                            seq,
                            at,
                            account,
                            FactCodec.fromWire(message.getRequest()),
                            overage(
                                    message.getOverageSet().getLimitMicros(),
                                    message.getOverageSet().getInvoiced()),
                            balance);
            case SETTLED -> {
                var settled = message.getSettled();
                yield new Fact.Settled(
                        seq,
                        at,
                        account,
                        settled.getGrant(),
                        new Credits(settled.getCreditsMicros()),
                        balance);
            }
            case RECEIVABLE_PAID -> {
                var paid = message.getReceivablePaid();
                yield new Fact.ReceivablePaid(
                        seq,
                        at,
                        account,
                        FactCodec.fromWire(message.getRequest()),
                        new Credits(paid.getCreditsMicros()),
                        paid.getReason(),
                        balance);
            }
            case ADJUSTED -> {
                var adjusted = message.getAdjusted();
                yield new Fact.Adjusted(
                        seq,
                        at,
                        account,
                        FactCodec.fromWire(message.getRequest()),
                        FactCodec.draws(adjusted.getDrawsList()),
                        adjusted.getReason(),
                        balance);
            }
            default -> throw new IllegalStateException("Fact " + seq + " corrects nothing.");
        };
    }
}
