package dev.scrip.insight;

import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/// A random source whose seed is printed, so that a failure can be run again with `-Dscrip.seed=…`.
final class Seed {

    private Seed() {}

    static RandomGenerator random() {
        long seed = Long.getLong("scrip.seed", System.nanoTime());
        System.out.println("seed " + seed);
        return RandomGeneratorFactory.<RandomGenerator>of("L64X128MixRandom").create(seed);
    }
}
