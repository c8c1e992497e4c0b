package dev.scrip.ledger;

import dev.scrip.pricing.Credits;

/// A threshold that is to be told of: once when it is crossed, and again only after the account
/// recovered. Mere time crosses it as well, when a grant lapses or a period begins.
public sealed interface Alert {

    /// Tells the alerts of an account apart, such as `used-75`.
    String id();

    /// So much of the quota is used.
    ///
    /// @param percent 1 to 1,000
    record Used(String id, int percent) implements Alert {

        public Used {
            requirePercent(id, percent);
        }
    }

    /// Fewer credits than that are left.
    record Remaining(String id, Credits credits) implements Alert {

        public Remaining {
            if (!credits.isPositive()) {
                throw new IllegalArgumentException(
                        "The credits (" + credits + ") of alert " + id + " must be more than 0.");
            }
        }
    }

    /// When the account goes on as in this period so far, so much of the quota will be used at its
    /// end. Counts from a tenth of the period on.
    ///
    /// @param percent 1 to 1,000
    record Forecast(String id, int percent) implements Alert {

        public Forecast {
            requirePercent(id, percent);
        }
    }

    private static void requirePercent(String id, int percent) {
        if (percent < 1 || percent > 1_000) {
            throw new IllegalArgumentException(
                    "The percent (" + percent + ") of alert " + id + " must be 1 to 1000.");
        }
    }
}
