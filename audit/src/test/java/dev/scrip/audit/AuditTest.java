package dev.scrip.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the real engine writes is sound, whatever it is asked. More histories with
/// -Dscrip.seeds=1000; a failure prints its seed.
class AuditTest {

    private static final int SEEDS = Integer.getInteger("scrip.seeds", 25);

    @TempDir private Path directory;

    @Test
    void whatTheEngineWritesIsSound() {
        for (long seed = 1; seed <= SEEDS; seed++) {
            var data = directory.resolve("data-" + seed);
            History.write(data, seed, 100);

            var report = Audit.of(data, null, History.SETTINGS, (_, _) -> {});

            assertThat(report)
                    .as("seed %d", seed)
                    .isInstanceOfSatisfying(
                            AuditReport.Sound.class,
                            sound -> {
                                assertThat(sound.facts())
                                        .as("facts of a history that means something")
                                        .isGreaterThan(20);
                                assertThat(sound.viewsSkipped()).isNull();
                                assertThat(sound.views()).isPositive();
                                assertThat(sound.granted())
                                        .isEqualByComparingTo(
                                                sound.burned()
                                                        .add(sound.held())
                                                        .add(sound.lapsed())
                                                        .add(sound.voided())
                                                        .add(sound.adjusted())
                                                        .add(sound.settled())
                                                        .add(sound.left()));
                            });
        }
    }
}
