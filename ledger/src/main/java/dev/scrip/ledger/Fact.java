package dev.scrip.ledger;

import dev.scrip.pricing.Credits;
import dev.scrip.pricing.Money;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Stream;
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
                    case Held _ -> "ho_";
                    case HoldExtended _ -> "he_";
                    case Captured _ -> "ca_";
                    case Released _ -> "re_";
                    case Reversed _ -> "rv_";
                    case Voided _ -> "vo_";
                    case StatusChanged _ -> "st_";
                    case OverageSet _ -> "os_";
                    case Settled _ -> "se_";
                    case ReceivablePaid _ -> "rp_";
                    case Adjusted _ -> "ad_";
                    case PlanChanged _ -> "pl_";
                    case PlanChangeScheduled _ -> "ps_";
                    case LimitsSet _ -> "li_";
                    case AlertsSet _ -> "as_";
                    case AlertFired _ -> "al_";
                    case AlertRearmed _ -> "ar_";
                    case TopUpRuleSet _ -> "ts_";
                    case TopUpRequested _ -> "tu_";
                    case TopUpFailed _ -> "tf_";
                    case CommitmentSet _ -> "cs_";
                };
        return FactId.format(prefix, seq());
    }

    /// The account that the request was put to: a child, when it charged a call or had credits set
    /// aside. All else is asked of the account that pays.
    default AccountId asked() {
        return this instanceof Charged || this instanceof Held ? caller() : account();
    }

    /// The account whose call this is about: a child, when one made it on the credits of this
    /// account.
    default AccountId caller() {
        var child =
                switch (this) {
                    case Burned burned -> burned.usage().child();
                    case Held held -> held.estimate().child();
                    case Reversed reversed -> reversed.child();
                    default -> null;
                };
        return child == null ? account() : new AccountId(account().workspace(), child);
    }

    /// An account was opened on a plan; the plan's grant follows as a fact of its own.
    ///
    /// @param periodEnd when the first period ends; it started at [#at]
    /// @param pool the account on whose grants this one draws, with none of its own; null when it
    ///   stands by itself
    record AccountOpened(
            long seq,
            Instant at,
            AccountId account,
            RequestKey request,
            PlanTerms plan,
            ZoneId zone,
            Instant periodEnd,
            @Nullable AccountId pool)
            implements Fact {

        @Override
        public Credits balance() {
            return Credits.ZERO;
        }
    }

    /// A new period of the account's plan began; the plan's grant follows as a fact of its own.
    ///
    /// @param index periods since the plan began, the first being 0
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
    /// @param request null for what nobody asked for, such as the grant of a plan's period
    record Granted(
            long seq,
            Instant at,
            AccountId account,
            @Nullable RequestKey request,
            GrantTerms terms,
            GrantOrigin origin,
            Credits balance)
            implements Fact {}

    /// Something that burned credits: a charge, or the capture of a hold.
    sealed interface Burned extends Fact {

        RatedUsage usage();

        /// All grants that were burned, in the order they were.
        List<Draw> burned();

        Credits quota();

        Instant resetsAt();

        /// What no grant paid, and the account owes since.
        default Credits overage() {
            return usage().credits().minus(Draw.sum(burned()));
        }

        /// What the burned credits earned when they were bought; promotional credits earned
        /// nothing. What is owed counts at list price.
        default Money yieldValue() {
            var sum = usage().valueOf(overage());
            for (var draw : burned()) {
                sum = sum.plus(draw.yieldValue());
            }
            return sum;
        }
    }

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
            implements Burned {

        @Override
        public List<Draw> burned() {
            return draws;
        }
    }

    /// Credits were set aside for a call whose price is not known yet.
    ///
    /// @param estimate the call as it was rated; its credits are what is held
    /// @param lease whether they were lent to a client that decides by itself what to use them for
    /// @param expires from when the hold is released by itself
    record Held(
            long seq,
            Instant at,
            AccountId account,
            RequestKey request,
            RatedUsage estimate,
            boolean lease,
            List<Draw> draws,
            Instant expires,
            Credits balance,
            Credits quota,
            Instant resetsAt)
            implements Fact {}

    /// A hold lasts longer.
    ///
    /// @param hold the sequence number of the fact that set the credits aside
    record HoldExtended(
            long seq,
            Instant at,
            AccountId account,
            RequestKey request,
            long hold,
            Instant expires,
            Credits balance)
            implements Fact {}

    /// A call was charged to a hold.
    ///
    /// @param hold the sequence number of the fact that set the credits aside
    /// @param draws what was burned of the hold, in its order
    /// @param more what was burned beyond it
    /// @param last whether the hold ends with it; what is left is released by the next fact
    /// @param rest what the hold had left
    /// @param balance with what goes back when it ends
    record Captured(
            long seq,
            Instant at,
            AccountId account,
            RequestKey request,
            long hold,
            RatedUsage usage,
            List<Draw> draws,
            List<Draw> more,
            boolean last,
            Credits rest,
            Credits balance,
            Credits quota,
            Instant resetsAt)
            implements Burned {

        @Override
        public List<Draw> burned() {
            return more.isEmpty() ? draws : Stream.concat(draws.stream(), more.stream()).toList();
        }
    }

    /// Why a hold ended.
    enum ReleaseReason {
        /// Somebody asked for it.
        ASKED,
        /// Its last capture took less than it held.
        CAPTURED,
        /// Its time was over.
        EXPIRED
    }

    /// A hold ended, and what it still held went back. Parts of grants that had lapsed meanwhile do
    /// not: they follow as expired.
    ///
    /// @param request null unless somebody asked
    /// @param hold the sequence number of the fact that set the credits aside
    /// @param draws what went back to its grants
    record Released(
            long seq,
            Instant at,
            AccountId account,
            @Nullable RequestKey request,
            long hold,
            ReleaseReason reason,
            List<Draw> draws,
            Credits balance)
            implements Fact {}

    /// A charge was taken back, in full or in part. Parts of grants that had lapsed meanwhile do
    /// not go back: they follow as expired.
    ///
    /// @param charge the sequence number of the fact that burned the credits
    /// @param ofHold whether that fact was the capture of a hold
    /// @param child the name of the child account that made the call; null when the account that
    ///   pays made it itself
    /// @param credits how many of them
    /// @param listValue what they were worth at the list price of the charge
    /// @param yieldValue what they had earned
    /// @param draws what went back to its grants
    /// @param forgiven what is not owed any more
    record Reversed(
            long seq,
            Instant at,
            AccountId account,
            RequestKey request,
            long charge,
            boolean ofHold,
            String operation,
            @Nullable String child,
            Credits credits,
            Money listValue,
            Money yieldValue,
            List<Draw> draws,
            Credits forgiven,
            String reason,
            Credits balance)
            implements Fact {

        /// The public id of the charge or the capture.
        public String chargeId() {
            return ofHold ? FactId.capture(charge) : FactId.charge(charge);
        }
    }

    /// The unspent rest of a grant was taken away.
    ///
    /// @param request null when the plan changed
    /// @param grant the sequence number of the fact that granted it
    record Voided(
            long seq,
            Instant at,
            AccountId account,
            @Nullable RequestKey request,
            long grant,
            Credits rest,
            String reason,
            Credits balance)
            implements Fact {}

    /// The account may owe so much from now on.
    record OverageSet(
            long seq,
            Instant at,
            AccountId account,
            RequestKey request,
            Overage overage,
            Credits balance)
            implements Fact {}

    /// A grant that was bought paid what the account owed.
    ///
    /// @param grant the sequence number of the fact that granted it
    record Settled(
            long seq, Instant at, AccountId account, long grant, Credits credits, Credits balance)
            implements Fact {

        @Override
        public @Nullable RequestKey request() {
            return null;
        }
    }

    /// What the account owed was paid by an invoice.
    ///
    /// @param credits that are not owed any more
    /// @param reason such as the number of the invoice
    record ReceivablePaid(
            long seq,
            Instant at,
            AccountId account,
            RequestKey request,
            Credits credits,
            String reason,
            Credits balance)
            implements Fact {}

    /// An operator took credits to set the account right. They were not used, so they are no
    /// revenue.
    record Adjusted(
            long seq,
            Instant at,
            AccountId account,
            RequestKey request,
            List<Draw> draws,
            String reason,
            Credits balance)
            implements Fact {

        public Credits credits() {
            return Draw.sum(draws);
        }
    }

    /// The account is on another plan. The rest of the old one's grants is voided and the new one's
    /// grant follows, as facts of their own.
    ///
    /// @param request null when it had been asked for before
    /// @param anchor to which periods are added
    /// @param index periods since the anchor
    /// @param unusedShare of the old plan's period, in millionths: 1 - max(time used, quota used),
    ///   so that spending the quota and changing the plan gains nothing
    /// @param unusedFee that share of the old plan's fee, to be credited by the billing side
    record PlanChanged(
            long seq,
            Instant at,
            AccountId account,
            @Nullable RequestKey request,
            PlanTerms plan,
            Instant anchor,
            int index,
            Instant start,
            Instant end,
            long unusedShare,
            Money unusedFee,
            Credits balance)
            implements Fact {}

    /// The plan changes when its period ends.
    ///
    /// @param plan null when it stays after all
    record PlanChangeScheduled(
            long seq,
            Instant at,
            AccountId account,
            RequestKey request,
            @Nullable PlanTerms plan,
            Credits balance)
            implements Fact {}

    /// The account has these limits from now on, and no others. One that was there before with the
    /// same terms keeps what it has counted.
    record LimitsSet(
            long seq,
            Instant at,
            AccountId account,
            RequestKey request,
            List<Limit> limits,
            Credits balance)
            implements Fact {

        public LimitsSet {
            limits = List.copyOf(limits);
        }
    }

    /// The account has these alerts from now on, and no others.
    record AlertsSet(
            long seq,
            Instant at,
            AccountId account,
            RequestKey request,
            List<Alert> alerts,
            Credits balance)
            implements Fact {

        public AlertsSet {
            alerts = List.copyOf(alerts);
        }
    }

    /// A threshold was crossed.
    ///
    /// @param quota of which `used` was burned then
    record AlertFired(
            long seq,
            Instant at,
            AccountId account,
            Alert alert,
            Credits quota,
            Credits used,
            Credits balance)
            implements Fact {

        @Override
        public @Nullable RequestKey request() {
            return null;
        }
    }

    /// The account recovered, so the alert may fire again.
    record AlertRearmed(long seq, Instant at, AccountId account, Alert alert, Credits balance)
            implements Fact {

        @Override
        public @Nullable RequestKey request() {
            return null;
        }
    }

    /// Credits are to be bought by themselves from now on.
    ///
    /// @param rule null for no longer
    record TopUpRuleSet(
            long seq,
            Instant at,
            AccountId account,
            RequestKey request,
            @Nullable TopUpRule rule,
            Credits balance)
            implements Fact {}

    /// The billing side is to collect the price of so many credits. They are granted when it says
    /// so, by a grant of which this is the cause.
    record TopUpRequested(long seq, Instant at, AccountId account, Credits credits, Credits balance)
            implements Fact {

        @Override
        public @Nullable RequestKey request() {
            return null;
        }
    }

    /// A top-up could not be paid.
    ///
    /// @param topUp the sequence number of the fact that asked for it
    record TopUpFailed(
            long seq,
            Instant at,
            AccountId account,
            RequestKey request,
            long topUp,
            String reason,
            Credits balance)
            implements Fact {}

    /// The account has promised to buy so much from now on.
    record CommitmentSet(
            long seq,
            Instant at,
            AccountId account,
            RequestKey request,
            Commitment commitment,
            Credits balance)
            implements Fact {}

    /// The account was frozen, opened again, or closed.
    record StatusChanged(
            long seq,
            Instant at,
            AccountId account,
            RequestKey request,
            AccountStatus status,
            String reason,
            Credits balance)
            implements Fact {}

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
