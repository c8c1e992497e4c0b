package dev.scrip.pricing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// When adjustments apply, and which cannot be.
class AdjustmentTest {

    private static final Adjustment BUSY =
            new Adjustment.LoadPrice(
                    "busy",
                    OperationScope.ALL,
                    new BigDecimal("0.9"),
                    new BigDecimal("0.85"),
                    new BigDecimal("1.5"));

    private static Adjustment.Tier tier(String from, String factor) {
        return new Adjustment.Tier(Credits.parse(from), new BigDecimal(factor));
    }

    @ParameterizedTest
    @CsvSource({
        // on before, load, on after: it begins above 0.9 and ends under 0.85
        "false, 0.9, false",
        "false, 0.901, true",
        "true, 0.9, true",
        "true, 0.85, true",
        "true, 0.8499, false",
        "false, 0.86, false",
        "true, 0, false",
        "false, 7.5, true"
    })
    void aLoadPriceDoesNotFlutter(boolean before, BigDecimal load, boolean after) {
        var rules = new Adjustments(List.of(BUSY), AdjustmentLimits.NONE);
        assertThat(rules.loadPricesOn(before ? Set.of("busy") : Set.of(), load).contains("busy"))
                .isEqualTo(after);
    }

    @Test
    void anUnknownLoadPutsNoPriceUp() {
        var rules = new Adjustments(List.of(BUSY), AdjustmentLimits.NONE);
        assertThat(rules.loadPricesOn(Set.of("busy"), null)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        // zone, from, to, at, within
        "UTC, 02:00, 06:00, 2026-03-01T01:59:59.999Z, false",
        "UTC, 02:00, 06:00, 2026-03-01T02:00:00Z, true",
        "UTC, 02:00, 06:00, 2026-03-01T05:59:59.999Z, true",
        "UTC, 02:00, 06:00, 2026-03-01T06:00:00Z, false",
        "UTC, 22:00, 06:00, 2026-03-01T22:00:00Z, true",
        "UTC, 22:00, 06:00, 2026-03-01T00:00:00Z, true",
        "UTC, 22:00, 06:00, 2026-03-01T06:00:00Z, false",
        "UTC, 22:00, 06:00, 2026-03-01T12:00:00Z, false",
        "UTC, 00:00, 00:00, 2026-03-01T12:00:00Z, true",
        // 02:00 to 03:00 is left out in Berlin on the 29th of March 2026 …
        "Europe/Berlin, 02:00, 03:00, 2026-03-29T00:59:59Z, false",
        "Europe/Berlin, 02:00, 03:00, 2026-03-29T01:00:00Z, false",
        // … and comes twice on the 25th of October.
        "Europe/Berlin, 02:00, 03:00, 2026-10-25T00:30:00Z, true",
        "Europe/Berlin, 02:00, 03:00, 2026-10-25T01:30:00Z, true",
        "Europe/Berlin, 02:00, 03:00, 2026-10-25T02:00:00Z, false"
    })
    void aWindowIsHalfOpenByTheClockOnTheWall(
            String zone, LocalTime from, LocalTime to, Instant at, boolean within) {
        assertThat(new TimeWindow(ZoneId.of(zone), from, to, Set.of()).contains(at))
                .isEqualTo(within);
    }

    @ParameterizedTest
    @CsvSource({
        // begins on Saturdays (28 February 2026) and ends on Sundays
        "2026-02-27T23:00:00Z, false",
        "2026-02-28T05:00:00Z, false",
        "2026-02-28T22:00:00Z, true",
        "2026-03-01T05:59:00Z, true",
        "2026-03-01T06:00:00Z, false",
        "2026-03-01T22:00:00Z, false"
    })
    void aWindowOverMidnightBelongsToTheDayItBeginsOn(Instant at, boolean within) {
        var window =
                new TimeWindow(
                        ZoneOffset.UTC,
                        LocalTime.of(22, 0),
                        LocalTime.of(6, 0),
                        Set.of(DayOfWeek.SATURDAY));
        assertThat(window.contains(at)).isEqualTo(within);
    }

    @Test
    void rulesThatCannotBeAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Adjustments(List.of(BUSY, BUSY), AdjustmentLimits.NONE))
                .withMessageContaining("busy");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PriceEffect.Times(BigDecimal.ZERO));
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        new Adjustment.LoadPrice(
                                "busy",
                                OperationScope.ALL,
                                new BigDecimal("0.8"),
                                new BigDecimal("0.9"),
                                BigDecimal.TWO))
                .withMessageContaining("0.9");
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        new Adjustment.VolumeTiers(
                                "v",
                                OperationScope.ALL,
                                List.of(tier("10", "0.9"), tier("10", "0.8"))))
                .withMessageContaining("rise");
    }
}
