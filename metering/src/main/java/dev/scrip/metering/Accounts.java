package dev.scrip.metering;

import dev.scrip.ledger.AccountId;
import dev.scrip.ledger.AccountView;
import dev.scrip.ledger.BurnOrder;
import dev.scrip.ledger.Command;
import dev.scrip.ledger.GrantOrigin;
import dev.scrip.ledger.GrantTerms;
import dev.scrip.ledger.Partition;
import dev.scrip.ledger.PlanTerms;
import dev.scrip.ledger.Reply;
import dev.scrip.ledger.RequestKey;
import dev.scrip.pricing.BurnPreference;
import dev.scrip.pricing.PlanInterval;
import dev.scrip.pricing.PriceBook;
import dev.scrip.pricing.Rollover;
import java.time.InstantSource;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/// Opens accounts on the plans of the price book, gives them credits and reads them.
public final class Accounts {

    private final PriceBooks priceBooks;
    private final Partition partition;
    private final InstantSource clock;

    public Accounts(PriceBooks priceBooks, Partition partition, InstantSource clock) {
        this.priceBooks = priceBooks;
        this.partition = partition;
        this.clock = clock;
    }

    /// Opens an account; its first period starts at once.
    ///
    /// @throws IllegalArgumentException if the price book in force does not have the plan
    /// @throws dev.scrip.ledger.PartitionException if no answer can be given
    public Reply open(AccountId account, String planId, ZoneId zone, RequestKey request) {
        return partition.submit(new Command.OpenAccount(account, terms(planId), zone, request));
    }

    /// Moves an account to another plan, or takes back that it was to move.
    ///
    /// @throws IllegalArgumentException if the price book in force does not have the plan
    /// @throws dev.scrip.ledger.PartitionException if no answer can be given
    public Reply changePlan(
            AccountId account, String planId, Command.PlanChangeTime time, RequestKey request) {
        return partition.submit(new Command.ChangePlan(account, terms(planId), time, request));
    }

    private PlanTerms terms(String planId) {
        return terms(priceBooks.at(clock.instant()), planId);
    }

    /// What a plan of a price book grants.
    ///
    /// @throws IllegalArgumentException if the price book does not have the plan
    static PlanTerms terms(PriceBook priceBook, String planId) {
        var plans = priceBook.plans();
        var plan = plans.get(planId);
        if (plan == null) {
            throw new IllegalArgumentException(
                    "The plan \""
                            + planId
                            + "\" is not in the price book. Its plans: "
                            + String.join(", ", plans.keySet())
                            + ".");
        }
        return new PlanTerms(
                plan.id(),
                plan.includedCredits(),
                plan.costBasisPerCredit(),
                interval(plan.interval()),
                rollover(plan.rollover()),
                burnOrder(priceBook.burnPreference()));
    }

    private static PlanTerms.Interval interval(PlanInterval interval) {
        return switch (interval) {
            case DAY -> PlanTerms.Interval.DAY;
            case WEEK -> PlanTerms.Interval.WEEK;
            case MONTH -> PlanTerms.Interval.MONTH;
            case YEAR -> PlanTerms.Interval.YEAR;
        };
    }

    private static PlanTerms.Rollover rollover(Rollover rollover) {
        if (rollover.isNone()) {
            return PlanTerms.Rollover.NONE;
        }
        var cap = rollover.cap();
        return new PlanTerms.Rollover(
                rollover.share(), cap == null ? PlanTerms.Rollover.NO_CAP : cap);
    }

    private static BurnOrder burnOrder(BurnPreference preference) {
        return switch (preference) {
            case EXPIRY_FIRST -> BurnOrder.EXPIRY_FIRST;
            case FREE_FIRST -> BurnOrder.FREE_FIRST;
        };
    }

    /// Opens an account that draws on the grants of another one.
    ///
    /// @throws dev.scrip.ledger.PartitionException if no answer can be given
    public Reply openChild(AccountId account, AccountId pool, RequestKey request) {
        return partition.submit(new Command.OpenChild(account, pool, request));
    }

    /// @param bonus granted on top of a purchase; null for none
    /// @throws dev.scrip.ledger.PartitionException if no answer can be given
    public Reply grant(
            AccountId account, GrantTerms terms, @Nullable GrantTerms bonus, RequestKey request) {
        return partition.submit(
                new Command.GrantCredits(account, terms, bonus, GrantOrigin.ASKED, request));
    }

    /// The account as it stands, or null when there is none.
    ///
    /// @throws dev.scrip.ledger.PartitionException if no answer can be given
    public @Nullable AccountView read(AccountId account) {
        return partition.submit(new Command.Inspect(account)) instanceof Reply.Account found
                ? found.view()
                : null;
    }
}
