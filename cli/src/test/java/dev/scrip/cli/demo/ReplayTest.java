package dev.scrip.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ReplayTest {

    @ParameterizedTest
    @CsvSource({"100, 50, 50", "100, 99, 99", "28185, 99, 27904", "3, 50, 2", "1, 99, 1"})
    void aPercentileIsTheSmallestThatSoManyAreNotAbove(int count, int percent, long expected) {
        var sorted = LongStream.rangeClosed(1, count).toArray();

        assertThat(Replay.percentile(sorted, percent).toNanos()).isEqualTo(expected);
    }
}
