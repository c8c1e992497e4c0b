package dev.scrip.client;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.time.Instant;

/// Credits that are lent.
///
/// @param id for the calls that report, extend and return it
/// @param priceTable the version of the price book by which reports are priced
/// @param expiresAt when it ends by itself
public record Lease(
        String id,
        String account,
        BigDecimal credits,
        String priceTable,
        Instant expiresAt,
        Hold.HeldMeta meta) {

    public Lease {
        requireNonNull(id, "id");
        requireNonNull(credits, "credits");
    }
}
