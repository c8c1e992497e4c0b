package dev.scrip.pricingfile;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/// When a cost was measured, and for how long that holds.
///
/// @param measuredAt null when not said
/// @param maxAgeDays after how many days it is too old; null when it never is
public record CostDate(@Nullable LocalDate measuredAt, @Nullable Long maxAgeDays) {

    static final CostDate UNKNOWN = new CostDate(null, null);

    /// With what another one says where this one is silent.
    CostDate or(CostDate other) {
        return new CostDate(
                measuredAt == null ? other.measuredAt : measuredAt,
                maxAgeDays == null ? other.maxAgeDays : maxAgeDays);
    }

    static CostDate read(Section section) {
        var measured = section.field("measured_at");
        var days = section.figure("max_age_days", Figure.POSITIVE_COUNT);
        return new CostDate(
                measured == null ? null : measured.date(),
                days == null ? null : days.longValueExact());
    }
}
