package dev.scrip.insight;

import dev.scrip.pricing.Money;
import dev.scrip.pricing.ResourceUse;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A call that was made, as a usage log has it.
///
/// @param account by any name
/// @param use what the whole call used; null when nobody measured
/// @param cost what the whole call cost, where the log says so; otherwise the price book says it
public record RecordedCall(
        String account,
        String operation,
        BigDecimal quantity,
        @Nullable ResourceUse use,
        @Nullable Money cost,
        Instant at) {}
