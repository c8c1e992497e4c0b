package dev.scrip.pricingfile;

import dev.scrip.pricing.Adjustment;
import dev.scrip.pricing.OperationScope;
import dev.scrip.pricing.TimeWindow;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.TextStyle;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Reads a part of the day with a price of its own.
final class OffPeakReader {

    private static final List<String> DAYS =
            Stream.of(DayOfWeek.values()).map(OffPeakReader::word).toList();

    private static final Pattern TIME = Pattern.compile("([01]\\d|2[0-3]):[0-5]\\d");

    private OffPeakReader() {}

    /// Null when something is missing or wrong, which is noted.
    static @Nullable Adjustment read(String id, OperationScope scope, Field value) {
        var section = value.section("zone, from, to and factor");
        if (section == null) {
            return null;
        }
        var zone = zone(section);
        var from = time(section, "from");
        var to = time(section, "to");
        var days = days(section);
        var factor = section.neededFigure("factor", Figure.MULTIPLIER);
        section.refuseOthers();
        if (zone == null || from == null || to == null || factor == null) {
            return null;
        }
        if (from.equals(to) && !to.equals(LocalTime.MIDNIGHT)) {
            section.problem(
                    "ends when it begins, at " + from,
                    "another time, or from \"00:00\" to \"24:00\" for a whole day");
            return null;
        }
        return new Adjustment.OffPeak(id, scope, new TimeWindow(zone, from, to, days), factor);
    }

    private static @Nullable ZoneId zone(Section section) {
        var expected = "a time zone such as UTC or Europe/Berlin";
        var name = section.neededText("zone", expected);
        if (name == null) {
            return null;
        }
        try {
            return ZoneId.of(name);
        } catch (DateTimeException _) {
            AdjustmentReader.noted(
                    section, "zone", Wording.quote(name) + " is no time zone", expected);
            return null;
        }
    }

    private static @Nullable LocalTime time(Section section, String name) {
        var expected = "a time of day such as \"02:00\"";
        var text = section.neededText(name, expected);
        if (text == null) {
            return null;
        }
        if (name.equals("to") && text.equals("24:00")) {
            return LocalTime.MIDNIGHT;
        }
        if (!TIME.matcher(text).matches()) {
            AdjustmentReader.noted(
                    section, name, Wording.quote(text) + " is no time of day", expected);
            return null;
        }
        return LocalTime.parse(text);
    }

    private static Set<DayOfWeek> days(Section section) {
        var days = EnumSet.noneOf(DayOfWeek.class);
        var field = section.field("days");
        if (field == null) {
            return days;
        }
        var items = field.items("a list of days such as [sat, sun]");
        for (var item : items == null ? List.<Field>of() : items) {
            var word = item.word(DAYS);
            if (word != null) {
                days.add(DayOfWeek.of(DAYS.indexOf(word) + 1));
            }
        }
        if (items != null && items.isEmpty()) {
            field.problem("is empty", "days; leave it out for every day");
        }
        return days;
    }

    static String word(DayOfWeek day) {
        return day.getDisplayName(TextStyle.SHORT, Locale.ROOT).toLowerCase(Locale.ROOT);
    }
}
