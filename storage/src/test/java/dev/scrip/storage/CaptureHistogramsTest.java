package dev.scrip.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class CaptureHistogramsTest {

    @Test
    void theMiddleOfABucketIsWithinOnePercentOfWhatIsCountedInIt() {
        long seed = new Random().nextLong();
        var random = new Random(seed);
        for (int i = 0; i < 200_000; i++) {
            long micros = random.nextLong(Long.MAX_VALUE) >> random.nextInt(63);
            int bucket = CaptureHistograms.bucket(micros);
            long off = Math.abs(CaptureHistograms.middle(bucket) - micros);
            assertThat(off).as("seed %s, %s", seed, micros).isLessThanOrEqualTo(micros / 100);
        }
    }

    @Test
    void bucketsAreInTheOrderOfWhatTheyCount() {
        int before = -1;
        for (long micros = 0; micros < 1_000_000; micros++) {
            int bucket = CaptureHistograms.bucket(micros);
            assertThat(bucket - before).as("%s", micros).isBetween(0, 1);
            before = bucket;
        }
    }
}
