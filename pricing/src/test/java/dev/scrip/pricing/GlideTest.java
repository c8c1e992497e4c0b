package dev.scrip.pricing;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlideTest {

    private static Glide glide(String from, String to, String step, int decimals) {
        return new Glide(new BigDecimal(from), new BigDecimal(to), new BigDecimal(step), decimals);
    }

    private static List<String> path(GlidePath path) {
        return path.values().stream().map(BigDecimal::toPlainString).toList();
    }

    @Test
    void wholeCreditsAreRoundedIntoTheStep() {
        assertThat(path(requireNonNull(glide("10", "50", "0.2", 0).path())))
                .containsExactly("10", "12", "14", "16", "19", "22", "26", "31", "37", "44", "50");
        assertThat(path(requireNonNull(glide("50", "26", "0.2", 0).path())))
                .containsExactly("50", "40", "32", "26");
    }

    /// 1.2^18 is 26.6 and 1.2^17 is 22.2, so ×25 takes 18 steps; whole credits lose one more.
    @ParameterizedTest
    @CsvSource({
        "10,  250, 0.2, 0, 19",
        "10,  250, 0.2, 3, 18",
        "250, 10,  0.2, 3, 15",
        "7,   7,   0.2, 0, 0",
        "100, 120, 0.2, 0, 1",
        "100, 121, 0.2, 0, 2",
        "100, 80,  0.2, 0, 1",
        "100, 79,  0.2, 0, 2",
        "0.5, 1,   0.1, 1, -1",
        "1,   5,   0.2, 0, -1",
        "5,   1,   0.2, 0, -1",
        "4,   3,   0.2, 0, -1",
        "5,   6,   0.2, 0, 1",
        "5,   4,   0.2, 0, 1"
    })
    void theMonthsAreTheFewest(String from, String to, String step, int decimals, int months) {
        var path = glide(from, to, step, decimals).path();
        assertThat(path == null ? -1 : path.months()).isEqualTo(months);
    }

    @Test
    void whereWholeCreditsCannotMoveTheyBecomeSmaller() {
        var glide = glide("1", "5", "0.2", 0);
        assertThat(glide.path()).isNull();
        var path = requireNonNull(glide.redenominated());
        assertThat(path.factor()).isEqualTo(10);
        assertThat(path(path))
                .containsExactly("10", "12", "14", "16", "19", "22", "26", "31", "37", "44", "50");
        assertThat(requireNonNull(glide("1", "2", "0.05", 0).redenominated()).factor())
                .isEqualTo(100);
        assertThat(requireNonNull(glide("1", "2", "0.1", 0).redenominated()).factor())
                .isEqualTo(10);
        assertThat(glide("10", "50", "0.2", 0).redenominated()).isNull();
    }

    /// Against a search that knows nothing of greed: month by month, all values that can be
    /// reached.
    @Test
    void noOtherWayIsShorter() {
        var random = Seed.random();
        for (int round = 0; round < 400; round++) {
            int from = random.nextInt(1, 60);
            int to = random.nextInt(1, 60);
            var step = BigDecimal.valueOf(random.nextInt(1, 100), 2);
            var glide = new Glide(BigDecimal.valueOf(from), BigDecimal.valueOf(to), step, 0);
            var path = glide.path();
            assertThat(path == null ? -1 : path.months())
                    .as("%s", glide)
                    .isEqualTo(monthsBySearch(from, to, step));
            if (path != null) {
                checkSteps(path, step);
            } else {
                var finer = requireNonNull(glide.redenominated());
                checkSteps(finer, step);
                assertThat(finer.values().getLast())
                        .isEqualByComparingTo(BigDecimal.valueOf(to * finer.factor()));
                assertThat(monthsBySearch(from * finer.factor(), to * finer.factor(), step))
                        .isEqualTo(finer.months());
            }
        }
    }

    private static void checkSteps(GlidePath path, BigDecimal step) {
        for (int i = 1; i < path.values().size(); i++) {
            var before = path.values().get(i - 1);
            var change = path.values().get(i).subtract(before).abs();
            assertThat(change).isPositive().isLessThanOrEqualTo(before.multiply(step));
        }
    }

    private static int monthsBySearch(long from, long to, BigDecimal step) {
        var reached = new BitSet();
        reached.set((int) from);
        int size = (int) Math.max(from, to);
        for (int months = 0; ; months++) {
            if (reached.get((int) to)) {
                return months;
            }
            var next = (BitSet) reached.clone();
            for (int value = reached.nextSetBit(0);
                    value >= 0;
                    value = reached.nextSetBit(value + 1)) {
                var most = BigDecimal.valueOf(value).multiply(step).setScale(0, RoundingMode.DOWN);
                for (int other = Math.max(1, value - most.intValueExact());
                        other <= Math.min(size, value + most.intValueExact());
                        other++) {
                    next.set(other);
                }
            }
            if (next.equals(reached)) {
                return -1;
            }
            reached = next;
        }
    }

    @Test
    void stepsFallOnTheSameDayOfEachMonth() {
        var path = requireNonNull(glide("10", "16", "0.2", 0).path());
        var steps = path.onCalendar(LocalDate.of(2027, 1, 31), 30);
        var effective = new ArrayList<LocalDate>();
        steps.forEach(one -> effective.add(one.effective()));
        assertThat(effective)
                .containsExactly(
                        LocalDate.of(2027, 1, 31),
                        LocalDate.of(2027, 2, 28),
                        LocalDate.of(2027, 3, 31));
        assertThat(steps.getFirst())
                .isEqualTo(
                        new GlidePath.DatedStep(
                                1,
                                BigDecimal.TEN,
                                new BigDecimal("12"),
                                LocalDate.of(2027, 1, 1),
                                LocalDate.of(2027, 1, 31)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "0 ; 5 ; 0.2 ; 0 ; present value (0)",
                "5 ; 0 ; 0.2 ; 0 ; future value (0)",
                "0.5 ; 5 ; 0.2 ; 0 ; must have at most 0 decimals",
                "1 ; 5 ; 20 ; 0 ; Maybe it is meant as a percentage",
                "1 ; 5 ; 0 ; 0 ; largest step (0)",
                "1 ; 5 ; 0.2 ; 7 ; decimals (7)",
                "1 ; 1000000001 ; 0.2 ; 0 ; at most 1000000000"
            })
    void whatCannotBeAGlideIsNamed(
            String from, String to, String step, int decimals, String problem) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> glide(from, to, step, decimals))
                .withMessageContaining(problem);
    }
}
