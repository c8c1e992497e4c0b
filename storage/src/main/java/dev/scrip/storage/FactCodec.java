package dev.scrip.storage;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.scrip.ledger.AccountId;
import dev.scrip.ledger.Batch;
import dev.scrip.ledger.Draw;
import dev.scrip.ledger.Fact;
import dev.scrip.ledger.Fingerprint;
import dev.scrip.ledger.GrantCategory;
import dev.scrip.ledger.GrantOrigin;
import dev.scrip.ledger.GrantTerms;
import dev.scrip.ledger.RatedUsage;
import dev.scrip.ledger.RequestKey;
import dev.scrip.pricing.Credits;
import dev.scrip.pricing.Money;
import dev.scrip.storage.wire.AccountOpenedMessage;
import dev.scrip.storage.wire.BatchMessage;
import dev.scrip.storage.wire.ChargedMessage;
import dev.scrip.storage.wire.DrawMessage;
import dev.scrip.storage.wire.ExpiredMessage;
import dev.scrip.storage.wire.FactMessage;
import dev.scrip.storage.wire.GrantCategoryMessage;
import dev.scrip.storage.wire.GrantOriginMessage;
import dev.scrip.storage.wire.GrantTermsMessage;
import dev.scrip.storage.wire.GrantedMessage;
import dev.scrip.storage.wire.PeriodStartedMessage;
import dev.scrip.storage.wire.RatedUsageMessage;
import dev.scrip.storage.wire.RequestKeyMessage;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/// Facts to bytes and back, as `facts.proto` lays them out. Each pair of methods is `toWire` and
/// `fromWire`; nothing else in the project knows the layout.
public final class FactCodec {

    private static final long MICROS_PER_SECOND = 1_000_000;
    private static final int QUANTITY_DECIMALS = 6;
    private static final long ONE = 1_000_000;
    private static final int SEQ_TAG = FactMessage.SEQ_FIELD_NUMBER << 3;

    private FactCodec() {}

    public static byte[] encode(List<Fact> facts) {
        var message = BatchMessage.newBuilder();
        for (var fact : facts) {
            message.addFacts(toWire(fact));
        }
        return message.build().toByteArray();
    }

    /// @throws StorageException if the bytes are no batch
    public static Batch decode(byte[] bytes) {
        try {
            var message = BatchMessage.parseFrom(bytes);
            var facts = new ArrayList<Fact>(message.getFactsCount());
            for (var fact : message.getFactsList()) {
                facts.add(fromWire(fact));
            }
            return new Batch(facts);
        } catch (InvalidProtocolBufferException e) {
            throw new StorageException("A batch of the journal is damaged.", e);
        }
    }

    /// The fact with this number, out of the batch that has it. Those before it are skipped, which
    /// is far cheaper than decoding them.
    static Fact decode(byte[] bytes, long seq) {
        try {
            var input = CodedInputStream.newInstance(bytes);
            while (!input.isAtEnd()) {
                input.readTag();
                int length = input.readRawVarint32();
                int start = input.getTotalBytesRead();
                if (seqOf(bytes, start, length) == seq) {
                    return fromWire(FactMessage.parseFrom(ByteBuffer.wrap(bytes, start, length)));
                }
                input.skipRawBytes(length);
            }
        } catch (IOException e) {
            throw new StorageException("A batch of the journal is damaged.", e);
        }
        throw new StorageException("The journal has no fact " + seq + ".");
    }

    /// The number is a message's first field, since fields are written in their order.
    private static long seqOf(byte[] bytes, int start, int length) throws IOException {
        var input = CodedInputStream.newInstance(bytes, start, length);
        return input.readTag() == SEQ_TAG ? input.readInt64() : 0;
    }

    private static FactMessage toWire(Fact fact) {
        var message =
                FactMessage.newBuilder()
                        .setSeq(fact.seq())
                        .setAtMicros(toWire(fact.at()))
                        .setWorkspace(fact.account().workspace())
                        .setAccount(fact.account().name())
                        .setBalanceMicros(fact.balance().micros());
        var request = fact.request();
        if (request != null) {
            message.setRequest(toWire(request));
        }
        switch (fact) {
            case Fact.AccountOpened opened -> message.setAccountOpened(toWire(opened));
            case Fact.PeriodStarted started ->
                    message.setPeriodStarted(
                            PeriodStartedMessage.newBuilder()
                                    .setIndex(started.index())
                                    .setStartMicros(toWire(started.start()))
                                    .setEndMicros(toWire(started.end())));
            case Fact.Granted granted ->
                    message.setGranted(
                            GrantedMessage.newBuilder()
                                    .setTerms(toWire(granted.terms()))
                                    .setOrigin(toWire(granted.origin().kind()))
                                    .setCause(granted.origin().cause())
                                    .setReason(granted.origin().reason()));
            case Fact.Charged charged -> message.setCharged(toWire(charged));
            case Fact.Expired expired ->
                    message.setExpired(
                            ExpiredMessage.newBuilder()
                                    .setGrant(expired.grant())
                                    .setRestMicros(expired.rest().micros())
                                    .setInstantMicros(toWire(expired.instant())));
            case Fact.Held held -> message.setHeld(HoldCodec.toWire(held));
            case Fact.HoldExtended extended -> message.setHoldExtended(HoldCodec.toWire(extended));
            case Fact.Captured captured -> message.setCaptured(HoldCodec.toWire(captured));
            case Fact.Released released -> message.setReleased(HoldCodec.toWire(released));
            case Fact.Reversed reversed -> message.setReversed(CorrectionCodec.toWire(reversed));
            case Fact.Voided voided -> message.setVoided(CorrectionCodec.toWire(voided));
            case Fact.StatusChanged changed ->
                    message.setStatusChanged(CorrectionCodec.toWire(changed));
            case Fact.OverageSet set -> message.setOverageSet(CorrectionCodec.toWire(set));
            case Fact.Settled settled -> message.setSettled(CorrectionCodec.toWire(settled));
            case Fact.ReceivablePaid paid ->
                    message.setReceivablePaid(CorrectionCodec.toWire(paid));
            case Fact.Adjusted adjusted -> message.setAdjusted(CorrectionCodec.toWire(adjusted));
            case Fact.PlanChanged changed -> message.setPlanChanged(PlanCodec.toWire(changed));
            case Fact.PlanChangeScheduled scheduled ->
                    message.setPlanChangeScheduled(PlanCodec.toWire(scheduled));
            case Fact.LimitsSet set -> message.setLimitsSet(SettingCodec.toWire(set));
            case Fact.AlertsSet set -> message.setAlertsSet(SettingCodec.toWire(set));
            case Fact.AlertFired fired -> message.setAlertFired(SettingCodec.toWire(fired));
            case Fact.AlertRearmed rearmed -> message.setAlertRearmed(SettingCodec.toWire(rearmed));
            case Fact.TopUpRuleSet set -> message.setTopUpRuleSet(SettingCodec.toWire(set));
            case Fact.TopUpRequested requested ->
                    message.setTopUpRequested(SettingCodec.toWire(requested));
            case Fact.TopUpFailed failed -> message.setTopUpFailed(SettingCodec.toWire(failed));
            case Fact.CommitmentSet set ->
                    message.setCommitmentSet(PriceCodec.toWire(set.commitment()));
        }
        return message.build();
    }

    private static Fact fromWire(FactMessage message) {
        long seq = message.getSeq();
        var at = instant(message.getAtMicros());
        var account = new AccountId(message.getWorkspace(), message.getAccount());
        var balance = new Credits(message.getBalanceMicros());
        return switch (message.getKindCase()) {
            case ACCOUNT_OPENED -> {
                var opened = message.getAccountOpened();
                yield new Fact.AccountOpened(
                        seq,
                        at,
                        account,
                        fromWire(message.getRequest()),
                        PlanCodec.fromWire(opened.getPlan()),
                        ZoneId.of(opened.getZone()),
                        instant(opened.getPeriodEndMicros()),
                        opened.hasPool()
                                ? new AccountId(message.getWorkspace(), opened.getPool())
                                : null);
            }
            case PERIOD_STARTED -> {
                var started = message.getPeriodStarted();
                yield new Fact.PeriodStarted(
                        seq,
                        at,
                        account,
                        started.getIndex(),
                        instant(started.getStartMicros()),
                        instant(started.getEndMicros()),
                        balance);
            }
            case GRANTED -> {
                var terms = fromWire(message.getGranted().getTerms());
                yield new Fact.Granted(
                        seq,
                        at,
                        account,
                        message.hasRequest() ? fromWire(message.getRequest()) : null,
                        terms,
                        origin(message, terms),
                        balance);
            }
            case CHARGED -> {
                var charged = message.getCharged();
                yield new Fact.Charged(
                        seq,
                        at,
                        account,
                        fromWire(message.getRequest()),
                        usage(charged),
                        draws(charged.getDrawsList()),
                        balance,
                        new Credits(charged.getQuotaMicros()),
                        instant(charged.getResetsAtMicros()));
            }
            case EXPIRED -> {
                var expired = message.getExpired();
                yield new Fact.Expired(
                        seq,
                        at,
                        account,
                        expired.getGrant(),
                        new Credits(expired.getRestMicros()),
                        instant(expired.getInstantMicros()),
                        balance);
            }
            case HELD, HOLD_EXTENDED, CAPTURED, RELEASED ->
                    HoldCodec.fromWire(message, at, account, balance);
            case REVERSED,
                    VOIDED,
                    STATUS_CHANGED,
                    OVERAGE_SET,
                    SETTLED,
                    RECEIVABLE_PAID,
                    ADJUSTED ->
                    CorrectionCodec.fromWire(message, at, account, balance);
            case COMMITMENT_SET -> PriceCodec.set(message, at, account, balance);
            case PLAN_CHANGED -> PlanCodec.changed(message, at, account, balance);
            case PLAN_CHANGE_SCHEDULED -> PlanCodec.scheduled(message, at, account, balance);
            case LIMITS_SET,
                    ALERTS_SET,
                    ALERT_FIRED,
                    ALERT_REARMED,
                    TOP_UP_RULE_SET,
                    TOP_UP_REQUESTED,
                    TOP_UP_FAILED ->
                    SettingCodec.fromWire(message, at, account, balance);
            case KIND_NOT_SET ->
                    throw new StorageException(
                            "Fact "
                                    + seq
                                    + " is of a kind this version does not know. It was written by"
                                    + " a newer version: start that one.");
        };
    }

    private static AccountOpenedMessage toWire(Fact.AccountOpened opened) {
        var message =
                AccountOpenedMessage.newBuilder()
                        .setPlan(PlanCodec.toWire(opened.plan()))
                        .setZone(opened.zone().getId())
                        .setPeriodEndMicros(toWire(opened.periodEnd()));
        var pool = opened.pool();
        if (pool != null) {
            message.setPool(pool.name());
        }
        return message.build();
    }

    private static GrantOriginMessage toWire(GrantOrigin.Kind origin) {
        return switch (origin) {
            case ASKED -> GrantOriginMessage.GRANT_ORIGIN_ASKED;
            case PLAN -> GrantOriginMessage.GRANT_ORIGIN_PLAN;
            case ROLLOVER -> GrantOriginMessage.GRANT_ORIGIN_ROLLOVER;
            case BONUS -> GrantOriginMessage.GRANT_ORIGIN_BONUS;
            case TOP_UP -> GrantOriginMessage.GRANT_ORIGIN_TOP_UP;
            case REVERSAL -> GrantOriginMessage.GRANT_ORIGIN_REVERSAL;
            case ADJUSTMENT -> GrantOriginMessage.GRANT_ORIGIN_ADJUSTMENT;
        };
    }

    private static GrantOrigin origin(FactMessage message, GrantTerms terms) {
        var granted = message.getGranted();
        var kind =
                switch (granted.getOrigin()) {
                    case GRANT_ORIGIN_ASKED -> GrantOrigin.Kind.ASKED;
                    case GRANT_ORIGIN_PLAN -> GrantOrigin.Kind.PLAN;
                    case GRANT_ORIGIN_ROLLOVER -> GrantOrigin.Kind.ROLLOVER;
                    case GRANT_ORIGIN_BONUS -> GrantOrigin.Kind.BONUS;
                    case GRANT_ORIGIN_TOP_UP -> GrantOrigin.Kind.TOP_UP;
                    case GRANT_ORIGIN_REVERSAL -> GrantOrigin.Kind.REVERSAL;
                    case GRANT_ORIGIN_ADJUSTMENT -> GrantOrigin.Kind.ADJUSTMENT;
                    case GRANT_ORIGIN_UNSPECIFIED ->
                            message.hasRequest()
                                    ? GrantOrigin.Kind.ASKED
                                    : terms.category() == GrantCategory.PLAN
                                            ? GrantOrigin.Kind.PLAN
                                            : GrantOrigin.Kind.REVERSAL;
                    case UNRECOGNIZED ->
                            throw new StorageException(
                                    "A grant has an origin this version does not know.");
                };
        return new GrantOrigin(kind, granted.getCause(), granted.getReason());
    }

    private static ChargedMessage toWire(Fact.Charged charged) {
        var usage = charged.usage();
        var message =
                ChargedMessage.newBuilder()
                        .setOperation(usage.operation())
                        .setQuantityMicros(toWire(usage.quantity()))
                        .setBaseMicros(usage.base().micros())
                        .setCreditsMicros(usage.credits().micros())
                        .setListValueNanos(usage.listValue().nanos())
                        .setCostNanos(usage.cost().nanos())
                        .setPriceBook(usage.priceBook())
                        .setQuotaMicros(charged.quota().micros())
                        .setResetsAtMicros(toWire(charged.resetsAt()));
        var usedAt = usage.usedAt();
        if (usedAt != null) {
            message.setUsedAtMicros(toWire(usedAt));
        }
        var apiKey = usage.apiKey();
        if (apiKey != null) {
            message.setApiKey(apiKey);
        }
        var child = usage.child();
        if (child != null) {
            message.setChild(child);
        }
        message.addAllAdjustments(PriceCodec.toWire(usage.adjustments()));
        for (var draw : charged.draws()) {
            message.addDraws(toWire(draw));
        }
        return message.build();
    }

    static DrawMessage toWire(Draw draw) {
        var message =
                DrawMessage.newBuilder()
                        .setGrant(draw.grant())
                        .setCreditsMicros(draw.credits().micros())
                        .setCostBasisNanos(draw.costBasis().nanos());
        var expires = draw.expires();
        if (expires != null) {
            message.setExpiresMicros(toWire(expires));
        }
        return message.build();
    }

    static List<DrawMessage> toWire(List<Draw> draws) {
        return draws.stream().map(FactCodec::toWire).toList();
    }

    static RatedUsageMessage toWire(RatedUsage usage) {
        var message =
                RatedUsageMessage.newBuilder()
                        .setOperation(usage.operation())
                        .setQuantityMicros(toWire(usage.quantity()))
                        .setBaseMicros(usage.base().micros())
                        .setCreditsMicros(usage.credits().micros())
                        .setListValueNanos(usage.listValue().nanos())
                        .setCostNanos(usage.cost().nanos())
                        .setPriceBook(usage.priceBook());
        var usedAt = usage.usedAt();
        if (usedAt != null) {
            message.setUsedAtMicros(toWire(usedAt));
        }
        var apiKey = usage.apiKey();
        if (apiKey != null) {
            message.setApiKey(apiKey);
        }
        var child = usage.child();
        if (child != null) {
            message.setChild(child);
        }
        return message.addAllAdjustments(PriceCodec.toWire(usage.adjustments())).build();
    }

    static RatedUsage fromWire(RatedUsageMessage message) {
        return new RatedUsage(
                message.getOperation(),
                quantity(message.getQuantityMicros()),
                new Credits(message.getBaseMicros()),
                new Credits(message.getCreditsMicros()),
                new Money(message.getListValueNanos()),
                new Money(message.getCostNanos()),
                message.getPriceBook(),
                message.hasUsedAtMicros() ? instant(message.getUsedAtMicros()) : null,
                message.hasApiKey() ? message.getApiKey() : null,
                message.hasChild() ? message.getChild() : null,
                PriceCodec.fromWire(message.getAdjustmentsList()));
    }

    private static RatedUsage usage(ChargedMessage message) {
        return new RatedUsage(
                message.getOperation(),
                quantity(message.getQuantityMicros()),
                new Credits(message.getBaseMicros()),
                new Credits(message.getCreditsMicros()),
                new Money(message.getListValueNanos()),
                new Money(message.getCostNanos()),
                message.getPriceBook(),
                message.hasUsedAtMicros() ? instant(message.getUsedAtMicros()) : null,
                message.hasApiKey() ? message.getApiKey() : null,
                message.hasChild() ? message.getChild() : null,
                PriceCodec.fromWire(message.getAdjustmentsList()));
    }

    static List<Draw> draws(List<DrawMessage> messages) {
        var draws = new ArrayList<Draw>(messages.size());
        for (var draw : messages) {
            draws.add(
                    new Draw(
                            draw.getGrant(),
                            new Credits(draw.getCreditsMicros()),
                            draw.hasExpiresMicros() ? instant(draw.getExpiresMicros()) : null,
                            new Money(draw.getCostBasisNanos())));
        }
        return draws;
    }

    private static RequestKeyMessage toWire(RequestKey request) {
        return RequestKeyMessage.newBuilder()
                .setKey(request.key())
                .setFingerprintHigh(request.fingerprint().high())
                .setFingerprintLow(request.fingerprint().low())
                .build();
    }

    static RequestKey fromWire(RequestKeyMessage message) {
        return new RequestKey(
                message.getKey(),
                new Fingerprint(message.getFingerprintHigh(), message.getFingerprintLow()));
    }

    static GrantTermsMessage toWire(GrantTerms terms) {
        var message =
                GrantTermsMessage.newBuilder()
                        .setAmountMicros(terms.amount().micros())
                        .setPriority(terms.priority())
                        .setCategory(toWire(terms.category()))
                        .setEffectiveMicros(toWire(terms.effective()))
                        .setCostBasisNanos(terms.costBasis().nanos())
                        .addAllOperations(terms.operations());
        var expires = terms.expires();
        if (expires != null) {
            message.setExpiresMicros(toWire(expires));
        }
        return message.build();
    }

    static GrantTerms fromWire(GrantTermsMessage message) {
        return new GrantTerms(
                new Credits(message.getAmountMicros()),
                message.getPriority(),
                fromWire(message.getCategory()),
                instant(message.getEffectiveMicros()),
                message.hasExpiresMicros() ? instant(message.getExpiresMicros()) : null,
                new Money(message.getCostBasisNanos()),
                message.getOperationsList());
    }

    private static GrantCategoryMessage toWire(GrantCategory category) {
        return switch (category) {
            case PROMOTIONAL -> GrantCategoryMessage.GRANT_CATEGORY_PROMOTIONAL;
            case PLAN -> GrantCategoryMessage.GRANT_CATEGORY_PLAN;
            case PAID -> GrantCategoryMessage.GRANT_CATEGORY_PAID;
        };
    }

    private static GrantCategory fromWire(GrantCategoryMessage category) {
        return switch (category) {
            case GRANT_CATEGORY_PROMOTIONAL -> GrantCategory.PROMOTIONAL;
            case GRANT_CATEGORY_PLAN -> GrantCategory.PLAN;
            case GRANT_CATEGORY_PAID -> GrantCategory.PAID;
            case GRANT_CATEGORY_UNSPECIFIED, UNRECOGNIZED ->
                    throw new StorageException(
                            "A grant is of a category this version does not know: " + category);
        };
    }

    static long toWire(Instant instant) {
        return Math.addExact(
                Math.multiplyExact(instant.getEpochSecond(), MICROS_PER_SECOND),
                instant.getNano() / 1_000);
    }

    static Instant instant(long micros) {
        return Instant.ofEpochSecond(
                Math.floorDiv(micros, MICROS_PER_SECOND),
                Math.floorMod(micros, MICROS_PER_SECOND) * 1_000);
    }

    private static long toWire(BigDecimal quantity) {
        return quantity.movePointRight(QUANTITY_DECIMALS).longValueExact();
    }

    private static BigDecimal quantity(long micros) {
        return micros == ONE
                ? BigDecimal.ONE
                : BigDecimal.valueOf(micros, QUANTITY_DECIMALS).stripTrailingZeros();
    }
}
