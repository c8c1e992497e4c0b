package dev.scrip.ledger;

import dev.scrip.pricing.Credits;
import java.time.Duration;

/// When credits are bought by themselves. The ledger only asks for it: credits are granted once the
/// billing side says that they are paid.
///
/// @param threshold below which a top-up is asked for
/// @param target up to which; more than the threshold
/// @param monthlyCap credits asked for in a calendar month of the account's zone
/// @param coolOff between one request and the next
public record TopUpRule(Credits threshold, Credits target, Credits monthlyCap, Duration coolOff) {

    public TopUpRule {
        if (threshold.micros() < 0 || target.compareTo(threshold) <= 0) {
            throw new IllegalArgumentException(
                    "The target ("
                            + target
                            + ") of a top-up must be more than its threshold ("
                            + threshold
                            + "), and neither negative.");
        }
        if (!monthlyCap.isPositive()) {
            throw new IllegalArgumentException(
                    "The monthly cap (" + monthlyCap + ") of top-ups must be more than 0.");
        }
        if (coolOff.isNegative()) {
            throw new IllegalArgumentException(
                    "The cool-off (" + coolOff + ") of top-ups must not be negative.");
        }
    }
}
