package dev.scrip.pricing;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/// The values of a glide, month by month.
///
/// @param factor how many new credits one credit became before the first step; 1 when credits stay
///   as they are
/// @param values from the present value to the last, both included, in new credits
public record GlidePath(long factor, List<BigDecimal> values) {

    /// One step of the path with its dates.
    ///
    /// @param number from 1
    /// @param notice the day by which customers are told
    /// @param effective the first day of the new value
    public record DatedStep(
            int number,
            BigDecimal before,
            BigDecimal credits,
            LocalDate notice,
            LocalDate effective) {}

    public GlidePath {
        values = List.copyOf(values);
    }

    public int months() {
        return values.size() - 1;
    }

    /// The path on a calendar. The n-th step comes n − 1 months after the first, or on the last day
    /// of that month when it is shorter: 31 January, 28 February, 31 March.
    ///
    /// @param start the first day of the first new value
    /// @param noticeDays how long before each step customers are told
    public List<DatedStep> onCalendar(LocalDate start, int noticeDays) {
        var steps = new ArrayList<DatedStep>();
        for (int i = 1; i < values.size(); i++) {
            var effective = start.plusMonths(i - 1L);
            steps.add(
                    new DatedStep(
                            i,
                            values.get(i - 1),
                            values.get(i),
                            effective.minusDays(noticeDays),
                            effective));
        }
        return steps;
    }
}
