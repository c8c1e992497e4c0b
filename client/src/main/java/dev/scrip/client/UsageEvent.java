package dev.scrip.client;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Usage that happened earlier. Its account, source and id tell it from any other.
///
/// @param id of the event, unique within its source
/// @param source what it comes from, such as a program and its partition
/// @param time when it happened; null for now
/// @param use what the call used, when it was measured
public record UsageEvent(
        String account,
        String operation,
        String source,
        String id,
        @Nullable Instant time,
        BigDecimal quantity,
        @Nullable MeasuredUse use) {

    public UsageEvent {
        requireNonNull(account, "account");
        requireNonNull(operation, "operation");
        requireNonNull(source, "source");
        requireNonNull(id, "id");
        requireNonNull(quantity, "quantity");
    }

    /// One call of an operation.
    public static UsageEvent of(
            String account, String operation, String source, String id, Instant time) {
        return new UsageEvent(account, operation, source, id, time, BigDecimal.ONE, null);
    }

    public UsageEvent withQuantity(BigDecimal quantity) {
        return new UsageEvent(account, operation, source, id, time, quantity, use);
    }

    public UsageEvent withUse(MeasuredUse use) {
        return new UsageEvent(account, operation, source, id, time, quantity, use);
    }

    /// As CloudEvents 1.0 names it.
    record CloudEvent(
            String specversion,
            String id,
            String source,
            String type,
            String subject,
            @Nullable Instant time,
            Data data) {

        record Data(BigDecimal quantity, @Nullable MeasuredUse use) {}
    }

    CloudEvent asCloudEvent() {
        return new CloudEvent(
                "1.0", id, source, operation, account, time, new CloudEvent.Data(quantity, use));
    }
}
