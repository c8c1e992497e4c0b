package dev.scrip.insight;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Every combination of bundles, and the best of those that keep the constraints.
///
/// @param best with the largest profit; of equal ones the one with the smaller share over its
///   bundle, then the first; null when none is feasible
/// @param all in the order of the candidates, the last plan's changing first
/// @param blocking why none is feasible, a sentence each; empty when one is
public record BundleAnswer(
        @Nullable BundleOutcome best, List<BundleOutcome> all, List<String> blocking) {

    public BundleAnswer {
        all = List.copyOf(all);
        blocking = List.copyOf(blocking);
    }

    /// Tries every combination.
    public static BundleAnswer to(BundleQuestion question) {
        return new BundleChoice(question).answer();
    }
}
