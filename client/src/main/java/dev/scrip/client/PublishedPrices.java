package dev.scrip.client;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

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

    /// @param monthlyFee null for a plan whose periods are no months
    /// @param fee for each of its periods then; otherwise null
    public record Plan(
            String id,
            String title,
            @Nullable MoneyAmount monthlyFee,
            @Nullable MoneyAmount fee,
            BigDecimal includedCredits) {}

    public PublishedPrices {
        operations = List.copyOf(operations);
        plans = List.copyOf(plans);
    }
}
