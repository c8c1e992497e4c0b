package dev.scrip.cli;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/// How exact numbers leave the program: plain, without trailing zeros, to a stated precision.
final class Numbers {

    private static final int RATE_DECIMALS = 6;
    private static final int COST_DECIMALS = 12;

    private Numbers() {}

    /// A ratio, a share or an amount of credits, half even to 6 decimals.
    static String rate(BigDecimal value) {
        return plain(value.setScale(RATE_DECIMALS, RoundingMode.HALF_EVEN));
    }

    /// As [#rate], or null where there is none.
    static @Nullable String rateOrNull(@Nullable BigDecimal value) {
        return value == null ? null : rate(value);
    }

    /// As [#plain], or null where there is none.
    static @Nullable String plainOrNull(@Nullable BigDecimal value) {
        return value == null ? null : plain(value);
    }

    /// A cost, half even to 12 decimals: a thousandth of what a bill resolves.
    static String cost(BigDecimal value) {
        return plain(value.setScale(COST_DECIMALS, RoundingMode.HALF_EVEN));
    }

    /// A share as people read it, half even to a tenth of a percent: `84.5 %`.
    static String percent(BigDecimal share) {
        return share.movePointRight(2).setScale(1, RoundingMode.HALF_EVEN).toPlainString() + " %";
    }

    static String plain(BigDecimal value) {
        return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
    }
}
