package dev.scrip.ledger;

import dev.scrip.pricing.Credits;
import dev.scrip.pricing.Money;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Something that was decided and written to the journal. Facts carry every outcome (credits,
/// grants burned, balance), so replaying them needs no price book and no second decision.
public sealed interface Fact {

    /// Position in the partition: 1, 2, 3 … without gaps.
    long seq();

    /// Ledger time: never earlier than the fact before.
    Instant at();

    AccountId account();

    /// The request this fact answers; null for what happened by itself.
    @Nullable RequestKey request();

    /// Credits available right after this fact.
    Credits balance();

    /// The public id of the fact, such as `ch_00000000A1`.
    default String id() {
        var prefix =
                switch (this) {
                    case AccountOpened _ -> "op_";
                    case PeriodStarted _ -> "pe_";
                    case Granted _ -> "gr_";
                    case Charged _ -> "ch_";
                    case Expired _ -> "ex_";
                };
        return FactId.format(prefix, seq());
    }

    /// An account was opened on a plan; the plan's grant follows as a fact of its own.
    ///
    /// @param periodEnd when the first period ends; it started at [#at]
    record AccountOpened(
            long seq,
            Instant at,
            AccountId account,
            RequestKey request,
            PlanTerms plan,
            ZoneId zone,
            Instant periodEnd)
            implements Fact {

        @Override
        public Credits balance() {
            return Credits.ZERO;
        }
    }

    /// A new period of the account's plan began; the plan's grant follows as a fact of its own.
    ///
    /// @param index periods since the account was opened, the first being 0
    record PeriodStarted(
            long seq,
            Instant at,
            AccountId account,
            int index,
            Instant start,
            Instant end,
            Credits balance)
            implements Fact {

        @Override
        public @Nullable RequestKey request() {
            return null;
        }
    }

    /// Credits were deposited.
    ///
    /// @param request null for the grant of a plan's period
    record Granted(
            long seq,
            Instant at,
            AccountId account,
            @Nullable RequestKey request,
            GrantTerms terms,
            Credits balance)
            implements Fact {}

    /// Credits were taken for a call.
    ///
    /// @param draws the grants burned, in the order they were; empty for a free call
    /// @param quota what the live grants deposited, against which the balance is shown
    /// @param resetsAt when the plan grants again
    record Charged(
            long seq,
            Instant at,
            AccountId account,
            RequestKey request,
            RatedUsage usage,
            List<Draw> draws,
            Credits balance,
            Credits quota,
            Instant resetsAt)
            implements Fact {

        /// What the burned credits earned when they were bought; promotional credits earned
        /// nothing.
        public Money yieldValue() {
            var sum = Money.ZERO;
            for (var draw : draws) {
                sum = sum.plus(draw.yieldValue());
            }
            return sum;
        }
    }

    /// The unspent rest of a grant lapsed.
    ///
    /// @param grant the sequence number of the fact that granted it
    /// @param instant when it lapsed, which is not when it was noticed
    record Expired(
            long seq,
            Instant at,
            AccountId account,
            long grant,
            Credits rest,
            Instant instant,
            Credits balance)
            implements Fact {

        @Override
        public @Nullable RequestKey request() {
            return null;
        }
    }
}
