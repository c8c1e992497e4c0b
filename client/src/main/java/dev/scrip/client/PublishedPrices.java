package dev.scrip.client;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

/// The price book in force, as customers may see it.
///
/// @param creditPrice of one credit
public record PublishedPrices(
        String version,
        Instant effectiveFrom,
        String currency,
        MoneyAmount creditPrice,
        List<OperationPrice> operations,
        List<Plan> plans) {

    /// @param price its credits at list price
    public record OperationPrice(
            String operation, String title, BigDecimal credits, MoneyAmount price) {}

    public record Plan(
            String id, String title, MoneyAmount monthlyFee, BigDecimal includedCredits) {}

    public PublishedPrices {
        operations = List.copyOf(operations);
        plans = List.copyOf(plans);
    }
}
