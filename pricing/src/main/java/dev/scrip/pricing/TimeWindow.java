package dev.scrip.pricing;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/// A part of the day by the clock on the wall, `[from, to)`.
///
/// On a day with 23 or 25 hours it is what that clock shows: an hour that comes twice counts twice,
/// one that is left out does not count.
///
/// @param to not after `from` for a window over midnight; equal to it for a whole day from then on
/// @param days on which it begins; empty for every day
public record TimeWindow(ZoneId zone, LocalTime from, LocalTime to, Set<DayOfWeek> days) {

    public TimeWindow {
        days = days.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(days));
    }

    public boolean contains(Instant instant) {
        var local = instant.atZone(zone);
        var time = local.toLocalTime();
        boolean begun = !time.isBefore(from);
        if (from.isBefore(to)) {
            return begun && time.isBefore(to) && beginsOn(local.getDayOfWeek());
        }
        return begun
                ? beginsOn(local.getDayOfWeek())
                : time.isBefore(to) && beginsOn(local.getDayOfWeek().minus(1));
    }

    private boolean beginsOn(DayOfWeek day) {
        return days.isEmpty() || days.contains(day);
    }
}
