package dev.scrip.client;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What became of charges that were asked for in one request, each by itself.
///
/// @param charges in the order they were sent
public record ChargeOutcomes(List<Outcome> charges, Totals totals) {

    /// What became of one. What does not apply is null.
    ///
    /// @param index from 0
    /// @param outcome `charged` or `refused`
    /// @param charge its id
    /// @param code why it was refused, such as `insufficient_credits`
    /// @param pointer the field at fault, within the charge
    public record Outcome(
            int index,
            String outcome,
            @Nullable String charge,
            @Nullable BigDecimal credits,
            @Nullable BigDecimal creditsRemaining,
            @Nullable Boolean replayed,
            @Nullable String code,
            @Nullable String detail,
            @Nullable String pointer) {

        public boolean isCharged() {
            return outcome.equals("charged");
        }
    }

    public record Totals(int charges, int refused, BigDecimal creditsConsumed) {}

    public ChargeOutcomes {
        requireNonNull(totals, "totals");
        charges = List.copyOf(charges);
    }
}
