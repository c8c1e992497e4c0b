package dev.scrip.bench;

import java.util.Locale;

/// What a ratio should be.
sealed interface Goal {

    boolean isMetBy(double ratio);

    /// More is better.
    record AtLeast(double bound) implements Goal {

        @Override
        public boolean isMetBy(double ratio) {
            return ratio >= bound;
        }

        @Override
        public String toString() {
            return String.format(Locale.ROOT, "at least %.1f", bound);
        }
    }

    /// Less is better.
    record AtMost(double bound) implements Goal {

        @Override
        public boolean isMetBy(double ratio) {
            return ratio <= bound;
        }

        @Override
        public String toString() {
            return String.format(Locale.ROOT, "at most %.1f", bound);
        }
    }
}
