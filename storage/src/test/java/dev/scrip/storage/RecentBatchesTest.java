package dev.scrip.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scrip.ledger.Batch;
import dev.scrip.ledger.Fact;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RecentBatchesTest {

    private final RecentBatches recent = new RecentBatches(6);

    @Test
    void hasNothingAtFirst() {
        assertThat(recent.after(0, 10)).isEmpty();
    }

    @Test
    void handsOverWhatFollowsAFact() {
        recent.add(batch(1, 2));
        recent.add(batch(3, 3));
        recent.add(batch(4, 6));

        assertThat(recent.after(0, 10)).containsExactly(batch(1, 2), batch(3, 3), batch(4, 6));
        assertThat(recent.after(2, 10)).containsExactly(batch(3, 3), batch(4, 6));
        assertThat(recent.after(6, 10)).isEmpty();
        assertThat(recent.after(0, 3)).containsExactly(batch(1, 2), batch(3, 3));
    }

    @Test
    void keepsTheNewestOnly() {
        recent.add(batch(1, 3));
        recent.add(batch(4, 6));
        recent.add(batch(7, 7));

        assertThat(recent.after(0, 10)).isEmpty();
        assertThat(recent.after(3, 10)).containsExactly(batch(4, 6), batch(7, 7));

        recent.add(batch(8, 20));
        assertThat(recent.after(7, 10)).containsExactly(batch(8, 20));
    }

    @Test
    void forgetsWhatWasTaken() {
        recent.add(batch(1, 2));
        recent.add(batch(3, 3));
        recent.forget(2);

        assertThat(recent.after(0, 10)).isEmpty();
        assertThat(recent.after(2, 10)).containsExactly(batch(3, 3));

        recent.add(batch(4, 7));
        assertThat(recent.after(2, 10)).containsExactly(batch(3, 3), batch(4, 7));
    }

    @Test
    void hasNoGap() {
        recent.add(batch(1, 2));
        recent.add(batch(5, 6));

        assertThat(recent.after(0, 10)).isEmpty();
        assertThat(recent.after(2, 10)).isEmpty();
        assertThat(recent.after(4, 10)).containsExactly(batch(5, 6));
    }

    private static Batch batch(long first, long last) {
        return new Batch(
                LongStream.rangeClosed(first, last)
                        .mapToObj(seq ->
                                (Fact) Facts.charged(seq, Facts.ACME, "image.upload", "1", "9"))
                        .toList());
    }
}
