package dev.scrip.client;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.util.List;

/// What was charged of a lease.
///
/// @param status `lent` when it goes on, otherwise `returned`
/// @param captures one for each line, in their order
/// @param creditsLeft of the lease
public record LeaseReport(
        String lease,
        String status,
        List<Capture> captures,
        BigDecimal creditsConsumed,
        BigDecimal creditsLeft,
        BigDecimal creditsReturned,
        Charge.CreditsMeta meta) {

    public LeaseReport {
        requireNonNull(lease, "lease");
        requireNonNull(creditsConsumed, "credits_consumed");
        captures = List.copyOf(captures);
    }
}
