package dev.scrip.insight;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Who keeps an old price when an operation gets dearer: those who use it much, by a rule, and some
/// of the others by lot, so that what the new price does to them can be measured.
///
/// The lot is a hash of the seed and the account. So it is the same whenever it is drawn, and new
/// accounts change nothing for those who are there.
///
/// @param heavy who uses it much
/// @param holdout share of the others that keeps the old price, 0 to 1
/// @param seed of the lot; another one draws others
public record Cohorts(Heavy heavy, BigDecimal holdout, long seed) {

    private static final BigDecimal DRAWS = new BigDecimal(BigInteger.ONE.shiftLeft(Long.SIZE));

    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    /// Which price an account has.
    public enum Cohort {
        /// The old one, since it uses much.
        GRANDFATHERED,
        /// The old one, by lot.
        HOLDOUT,
        NEW_PRICE;

        /// Such as `new_price`.
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        public boolean keepsPrice() {
            return this != NEW_PRICE;
        }
    }

    /// Who uses an operation much.
    public sealed interface Heavy {

        /// The accounts that use most of it, as this share of all that use it, rounded up.
        record TopShare(BigDecimal share) implements Heavy {

            public TopShare {
                requireShare("share of heavy users", share);
            }
        }

        /// The accounts that use at least so many credits of it a month.
        record AtLeast(BigDecimal monthlyCredits) implements Heavy {}
    }

    /// @param monthlyCredits what it uses of the operation in a month, at the old price
    public record Member(String account, Cohort cohort, BigDecimal monthlyCredits) {}

    public Cohorts {
        requireShare("holdout", holdout);
    }

    private static void requireShare(String name, BigDecimal share) {
        if (share.signum() < 0 || share.compareTo(BigDecimal.ONE) > 0) {
            throw new IllegalArgumentException(
                    "The "
                            + name
                            + " ("
                            + share.toPlainString()
                            + ") must be a share from 0 to 1, such as 0.1.");
        }
    }

    /// Every account with its cohort, those who use most first; of equals, by name.
    ///
    /// @param monthlyCredits of every account that uses the operation
    public List<Member> of(Map<String, BigDecimal> monthlyCredits) {
        var ranked = new ArrayList<>(monthlyCredits.entrySet());
        ranked.sort(
                Map.Entry.<String, BigDecimal>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()));
        var much = new HashSet<String>();
        for (var entry : ranked) {
            if (isHeavy(entry.getValue(), much.size(), ranked.size())) {
                much.add(entry.getKey());
            }
        }
        var members = new ArrayList<Member>();
        for (var entry : ranked) {
            var account = entry.getKey();
            var cohort =
                    much.contains(account)
                            ? Cohort.GRANDFATHERED
                            : isHeldOut(account) ? Cohort.HOLDOUT : Cohort.NEW_PRICE;
            members.add(new Member(account, cohort, entry.getValue()));
        }
        return members;
    }

    private boolean isHeavy(BigDecimal credits, int before, int all) {
        return switch (heavy) {
            case Heavy.TopShare(var share) ->
                    before
                            < share.multiply(BigDecimal.valueOf(all))
                                    .setScale(0, RoundingMode.CEILING)
                                    .intValueExact();
            case Heavy.AtLeast(var least) -> credits.compareTo(least) >= 0;
        };
    }

    private boolean isHeldOut(String account) {
        return draw(account).compareTo(holdout.multiply(DRAWS)) < 0;
    }

    /// A number from 0 up to, but not including, 2^64, each as likely as the others.
    ///
    /// FNV-1a over seed and account, whose weak upper bits are then mixed as in SplitMix64.
    private BigDecimal draw(String account) {
        long hash = FNV_OFFSET;
        var text = seed + "/" + account;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * FNV_PRIME;
        }
        hash = (hash ^ (hash >>> 30)) * 0xbf58476d1ce4e5b9L;
        hash = (hash ^ (hash >>> 27)) * 0x94d049bb133111ebL;
        return new BigDecimal(Long.toUnsignedString(hash ^ (hash >>> 31)));
    }
}
