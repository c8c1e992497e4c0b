package dev.scrip.storage;

import dev.scrip.ledger.AccountId;
import dev.scrip.ledger.Alert;
import dev.scrip.ledger.Fact;
import dev.scrip.ledger.LedgerState;
import dev.scrip.ledger.Limit;
import dev.scrip.ledger.TopUpRule;
import dev.scrip.pricing.Credits;
import dev.scrip.storage.wire.AlertFiredMessage;
import dev.scrip.storage.wire.AlertMessage;
import dev.scrip.storage.wire.AlertRearmedMessage;
import dev.scrip.storage.wire.AlertStateMessage;
import dev.scrip.storage.wire.AlertsSetMessage;
import dev.scrip.storage.wire.CapMessage;
import dev.scrip.storage.wire.FactMessage;
import dev.scrip.storage.wire.LimitMessage;
import dev.scrip.storage.wire.LimitStateMessage;
import dev.scrip.storage.wire.LimitsSetMessage;
import dev.scrip.storage.wire.RateMessage;
import dev.scrip.storage.wire.TopUpFailedMessage;
import dev.scrip.storage.wire.TopUpRequestedMessage;
import dev.scrip.storage.wire.TopUpRuleMessage;
import dev.scrip.storage.wire.TopUpRuleSetMessage;
import dev.scrip.storage.wire.TopUpStateMessage;
import dev.scrip.storage.wire.WindowMessage;
import java.time.Duration;
import java.time.Instant;

/// The part of [FactCodec] that lays out what is set for accounts (limits, alerts, top-ups) and
/// what comes of it.
final class SettingCodec {

    private SettingCodec() {}

    static LimitsSetMessage toWire(Fact.LimitsSet set) {
        return LimitsSetMessage.newBuilder()
                .addAllLimits(set.limits().stream().map(SettingCodec::toWire).toList())
                .build();
    }

    private static LimitMessage toWire(Limit limit) {
        var message = LimitMessage.newBuilder().setId(limit.id());
        var apiKey = limit.scope().apiKey();
        if (apiKey != null) {
            message.setApiKey(apiKey);
        }
        var operation = limit.scope().operation();
        if (operation != null) {
            message.setOperation(operation);
        }
        switch (limit) {
            case Limit.Rate rate ->
                    message.setRate(
                            RateMessage.newBuilder()
                                    .setCalls(rate.calls())
                                    .setPerMillis(rate.per().toMillis()));
            case Limit.Cap cap ->
                    message.setCap(
                            CapMessage.newBuilder()
                                    .setCreditsMicros(cap.credits().micros())
                                    .setWindow(
                                            switch (cap.window()) {
                                                case DAY -> WindowMessage.WINDOW_DAY;
                                                case WEEK -> WindowMessage.WINDOW_WEEK;
                                                case MONTH -> WindowMessage.WINDOW_MONTH;
                                            }));
        }
        return message.build();
    }

    private static Limit limit(LimitMessage message) {
        var scope =
                new Limit.Scope(
                        message.hasApiKey() ? message.getApiKey() : null,
                        message.hasOperation() ? message.getOperation() : null);
        return switch (message.getKindCase()) {
            case RATE ->
                    new Limit.Rate(
                            message.getId(),
                            scope,
                            message.getRate().getCalls(),
                            Duration.ofMillis(message.getRate().getPerMillis()));
            case CAP ->
                    new Limit.Cap(
                            message.getId(),
                            scope,
                            window(message.getCap().getWindow()),
                            new Credits(message.getCap().getCreditsMicros()));
            case KIND_NOT_SET ->
                    throw new StorageException(
                            "A limit is of a kind this version does not know: " + message.getId());
        };
    }

    private static Limit.Window window(WindowMessage window) {
        return switch (window) {
            case WINDOW_DAY -> Limit.Window.DAY;
            case WINDOW_WEEK -> Limit.Window.WEEK;
            case WINDOW_MONTH -> Limit.Window.MONTH;
            case WINDOW_UNSPECIFIED, UNRECOGNIZED ->
                    throw new StorageException(
                            "A cap has a window this version does not know: " + window);
        };
    }

    static LimitStateMessage toWire(LedgerState.LimitState state) {
        var until = state.until();
        return LimitStateMessage.newBuilder()
                .setLimit(toWire(state.limit()))
                .setUsedMicros(state.used().micros())
                .setUntilSeconds(until.getEpochSecond())
                .setUntilNanos(until.getNano())
                .build();
    }

    static LedgerState.LimitState fromWire(LimitStateMessage message) {
        return new LedgerState.LimitState(
                limit(message.getLimit()),
                new Credits(message.getUsedMicros()),
                Instant.ofEpochSecond(message.getUntilSeconds(), message.getUntilNanos()));
    }

    static AlertsSetMessage toWire(Fact.AlertsSet set) {
        return AlertsSetMessage.newBuilder()
                .addAllAlerts(set.alerts().stream().map(SettingCodec::toWire).toList())
                .build();
    }

    private static AlertMessage toWire(Alert alert) {
        var message = AlertMessage.newBuilder().setId(alert.id());
        return switch (alert) {
            case Alert.Used used -> message.setUsedPercent(used.percent()).build();
            case Alert.Remaining remaining ->
                    message.setRemainingMicros(remaining.credits().micros()).build();
            case Alert.Forecast forecast -> message.setForecastPercent(forecast.percent()).build();
        };
    }

    private static Alert alert(AlertMessage message) {
        var id = message.getId();
        return switch (message.getKindCase()) {
            case USED_PERCENT -> new Alert.Used(id, message.getUsedPercent());
            case REMAINING_MICROS ->
                    new Alert.Remaining(id, new Credits(message.getRemainingMicros()));
            case FORECAST_PERCENT -> new Alert.Forecast(id, message.getForecastPercent());
            case KIND_NOT_SET ->
                    throw new StorageException(
                            "An alert is of a kind this version does not know: " + id);
        };
    }

    static AlertStateMessage toWire(LedgerState.AlertState state) {
        return AlertStateMessage.newBuilder()
                .setAlert(toWire(state.alert()))
                .setFired(state.fired())
                .build();
    }

    static LedgerState.AlertState fromWire(AlertStateMessage message) {
        return new LedgerState.AlertState(alert(message.getAlert()), message.getFired());
    }

    static AlertFiredMessage toWire(Fact.AlertFired fired) {
        return AlertFiredMessage.newBuilder()
                .setAlert(toWire(fired.alert()))
                .setQuotaMicros(fired.quota().micros())
                .setUsedMicros(fired.used().micros())
                .build();
    }

    static AlertRearmedMessage toWire(Fact.AlertRearmed rearmed) {
        return AlertRearmedMessage.newBuilder().setAlert(toWire(rearmed.alert())).build();
    }

    static TopUpRuleSetMessage toWire(Fact.TopUpRuleSet set) {
        var message = TopUpRuleSetMessage.newBuilder();
        var rule = set.rule();
        if (rule != null) {
            message.setRule(toWire(rule));
        }
        return message.build();
    }

    private static TopUpRuleMessage toWire(TopUpRule rule) {
        return TopUpRuleMessage.newBuilder()
                .setThresholdMicros(rule.threshold().micros())
                .setTargetMicros(rule.target().micros())
                .setMonthlyCapMicros(rule.monthlyCap().micros())
                .setCoolOffMillis(rule.coolOff().toMillis())
                .build();
    }

    private static TopUpRule rule(TopUpRuleMessage message) {
        return new TopUpRule(
                new Credits(message.getThresholdMicros()),
                new Credits(message.getTargetMicros()),
                new Credits(message.getMonthlyCapMicros()),
                Duration.ofMillis(message.getCoolOffMillis()));
    }

    static TopUpRequestedMessage toWire(Fact.TopUpRequested requested) {
        return TopUpRequestedMessage.newBuilder()
                .setCreditsMicros(requested.credits().micros())
                .build();
    }

    static TopUpFailedMessage toWire(Fact.TopUpFailed failed) {
        return TopUpFailedMessage.newBuilder()
                .setTopUp(failed.topUp())
                .setReason(failed.reason())
                .build();
    }

    static TopUpStateMessage toWire(LedgerState.TopUpState state) {
        var message =
                TopUpStateMessage.newBuilder()
                        .setOpen(state.open())
                        .setOpenMicros(state.openCredits().micros())
                        .setLastRequestMicros(FactCodec.toWire(state.lastRequest()))
                        .setInMonthMicros(state.inMonth().micros())
                        .setMonthEndMicros(FactCodec.toWire(state.monthEnd()));
        var rule = state.rule();
        if (rule != null) {
            message.setRule(toWire(rule));
        }
        return message.build();
    }

    static LedgerState.TopUpState fromWire(TopUpStateMessage message) {
        return new LedgerState.TopUpState(
                message.hasRule() ? rule(message.getRule()) : null,
                message.getOpen(),
                new Credits(message.getOpenMicros()),
                FactCodec.instant(message.getLastRequestMicros()),
                new Credits(message.getInMonthMicros()),
                FactCodec.instant(message.getMonthEndMicros()));
    }

    static Fact fromWire(FactMessage message, Instant at, AccountId account, Credits balance) {
        long seq = message.getSeq();
        return switch (message.getKindCase()) {
            case LIMITS_SET ->
                    new Fact.LimitsSet(
                            seq,
                            at,
                            account,
                            FactCodec.fromWire(message.getRequest()),
                            message.getLimitsSet().getLimitsList().stream()
                                    .map(SettingCodec::limit)
                                    .toList(),
                            balance);
            case ALERTS_SET ->
                    new Fact.AlertsSet(
                            seq,
                            at,
                            account,
                            FactCodec.fromWire(message.getRequest()),
                            message.getAlertsSet().getAlertsList().stream()
                                    .map(SettingCodec::alert)
                                    .toList(),
                            balance);
            case ALERT_FIRED -> {
                var fired = message.getAlertFired();
                yield new Fact.AlertFired(
                        seq,
                        at,
                        account,
                        alert(fired.getAlert()),
                        new Credits(fired.getQuotaMicros()),
                        new Credits(fired.getUsedMicros()),
                        balance);
            }
            case ALERT_REARMED ->
                    new Fact.AlertRearmed(
                            seq, at, account, alert(message.getAlertRearmed().getAlert()), balance);
            case TOP_UP_RULE_SET -> {
                var set = message.getTopUpRuleSet();
                yield new Fact.TopUpRuleSet(
                        seq,
                        at,
                        account,
                        FactCodec.fromWire(message.getRequest()),
                        set.hasRule() ? rule(set.getRule()) : null,
                        balance);
            }
            case TOP_UP_REQUESTED ->
                    new Fact.TopUpRequested(
                            seq,
                            at,
                            account,
                            new Credits(message.getTopUpRequested().getCreditsMicros()),
                            balance);
            case TOP_UP_FAILED -> {
                var failed = message.getTopUpFailed();
                yield new Fact.TopUpFailed(
                        seq,
                        at,
                        account,
                        FactCodec.fromWire(message.getRequest()),
                        failed.getTopUp(),
                        failed.getReason(),
                        balance);
            }
            default -> throw new IllegalStateException("Fact " + seq + " sets nothing.");
        };
    }
}
