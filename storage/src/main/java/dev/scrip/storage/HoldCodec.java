package dev.scrip.storage;

import static dev.scrip.storage.FactCodec.instant;

import dev.scrip.ledger.AccountId;
import dev.scrip.ledger.Fact;
import dev.scrip.pricing.Credits;
import dev.scrip.storage.wire.CapturedMessage;
import dev.scrip.storage.wire.FactMessage;
import dev.scrip.storage.wire.HeldMessage;
import dev.scrip.storage.wire.HoldExtendedMessage;
import dev.scrip.storage.wire.ReleaseReasonMessage;
import dev.scrip.storage.wire.ReleasedMessage;
import java.time.Instant;

/// The part of [FactCodec] that lays out what becomes of holds.
final class HoldCodec {

    private HoldCodec() {}

    static HeldMessage toWire(Fact.Held held) {
        return HeldMessage.newBuilder()
                .setEstimate(FactCodec.toWire(held.estimate()))
                .setLease(held.lease())
                .addAllDraws(FactCodec.toWire(held.draws()))
                .setExpiresMicros(FactCodec.toWire(held.expires()))
                .setQuotaMicros(held.quota().micros())
                .setResetsAtMicros(FactCodec.toWire(held.resetsAt()))
                .build();
    }

    static HoldExtendedMessage toWire(Fact.HoldExtended extended) {
        return HoldExtendedMessage.newBuilder()
                .setHold(extended.hold())
                .setExpiresMicros(FactCodec.toWire(extended.expires()))
                .build();
    }

    static CapturedMessage toWire(Fact.Captured captured) {
        return CapturedMessage.newBuilder()
                .setHold(captured.hold())
                .setUsage(FactCodec.toWire(captured.usage()))
                .addAllDraws(FactCodec.toWire(captured.draws()))
                .addAllMore(FactCodec.toWire(captured.more()))
                .setLast(captured.last())
                .setRestMicros(captured.rest().micros())
                .setQuotaMicros(captured.quota().micros())
                .setResetsAtMicros(FactCodec.toWire(captured.resetsAt()))
                .build();
    }

    static ReleasedMessage toWire(Fact.Released released) {
        return ReleasedMessage.newBuilder()
                .setHold(released.hold())
                .setReason(
                        switch (released.reason()) {
                            case ASKED -> ReleaseReasonMessage.RELEASE_REASON_ASKED;
                            case CAPTURED -> ReleaseReasonMessage.RELEASE_REASON_CAPTURED;
                            case EXPIRED -> ReleaseReasonMessage.RELEASE_REASON_EXPIRED;
                        })
                .addAllDraws(FactCodec.toWire(released.draws()))
                .build();
    }

    static Fact fromWire(FactMessage message, Instant at, AccountId account, Credits balance) {
        long seq = message.getSeq();
        return switch (message.getKindCase()) {
            case HELD -> {
                var held = message.getHeld();
                yield new Fact.Held(
                        seq,
                        at,
                        account,
                        FactCodec.fromWire(message.getRequest()),
                        FactCodec.fromWire(held.getEstimate()),
                        held.getLease(),
                        FactCodec.draws(held.getDrawsList()),
                        instant(held.getExpiresMicros()),
                        balance,
                        new Credits(held.getQuotaMicros()),
                        instant(held.getResetsAtMicros()));
            }
            case HOLD_EXTENDED -> {
                var extended = message.getHoldExtended();
                yield new Fact.HoldExtended(
                        seq,
                        at,
                        account,
                        FactCodec.fromWire(message.getRequest()),
                        extended.getHold(),
                        instant(extended.getExpiresMicros()),
                        balance);
            }
            case CAPTURED -> {
                var captured = message.getCaptured();
                yield new Fact.Captured(
                        seq,
                        at,
                        account,
                        FactCodec.fromWire(message.getRequest()),
                        captured.getHold(),
                        FactCodec.fromWire(captured.getUsage()),
                        FactCodec.draws(captured.getDrawsList()),
                        FactCodec.draws(captured.getMoreList()),
                        captured.getLast(),
                        new Credits(captured.getRestMicros()),
                        balance,
                        new Credits(captured.getQuotaMicros()),
                        instant(captured.getResetsAtMicros()));
            }
            case RELEASED -> {
                var released = message.getReleased();
                yield new Fact.Released(
                        seq,
                        at,
                        account,
                        message.hasRequest() ? FactCodec.fromWire(message.getRequest()) : null,
                        released.getHold(),
                        reason(released.getReason()),
                        FactCodec.draws(released.getDrawsList()),
                        balance);
            }
            default -> throw new IllegalStateException("Fact " + seq + " is not about a hold.");
        };
    }

    private static Fact.ReleaseReason reason(ReleaseReasonMessage reason) {
        return switch (reason) {
            case RELEASE_REASON_ASKED -> Fact.ReleaseReason.ASKED;
            case RELEASE_REASON_CAPTURED -> Fact.ReleaseReason.CAPTURED;
            case RELEASE_REASON_EXPIRED -> Fact.ReleaseReason.EXPIRED;
            case RELEASE_REASON_UNSPECIFIED, UNRECOGNIZED ->
                    throw new StorageException(
                            "A hold ended for a reason this version does not know: " + reason);
        };
    }
}
