package dev.scrip.ledger;

import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Accounts as snapshots keep them, and back.
final class AccountStates {

    private AccountStates() {}

    static LedgerState.AccountState of(Account account) {
        return new LedgerState.AccountState(
                account.id,
                account.pool == null ? null : account.pool.id,
                account.plan,
                account.nextPlan,
                account.zone,
                account.openedAt,
                account.anchor,
                account.periodIndex,
                account.periodStart,
                account.periodEnd,
                account.status,
                account.overage,
                account.receivable(),
                AccountViews.grants(account),
                account.lapsed.state(),
                account.holds.all().stream().map(Hold::state).toList(),
                new TreeMap<>(account.reversed),
                account.limits == null ? List.of() : account.limits.state(),
                account.alerts,
                account.topUps == null ? null : account.topUps.state(),
                account.commitment,
                account.usedInPeriod());
    }

    /// @param pool on which the account draws; null when it has its own grants
    static Account restore(LedgerState.AccountState stored, @Nullable Account pool, Shared shared) {
        var account =
                new Account(
                        shared.of(stored.account()),
                        shared.of(stored.plan()),
                        shared.of(stored.zone()),
                        stored.openedAt(),
                        stored.periodEnd(),
                        pool);
        account.nextPlan = shared.ofNullable(stored.nextPlan());
        account.anchor = stored.anchor();
        account.periodIndex = stored.periodIndex();
        account.periodStart = stored.periodStart();
        var burnOrder = stored.plan().burnOrder().comparator();
        for (var grant : stored.grants()) {
            var restored = new Grant(grant.grant(), grant.terms(), grant.remaining());
            restored.ofEarlierPlan = grant.ofEarlierPlan();
            account.grants.add(restored, burnOrder);
        }
        stored.lapsed().forEach(account.lapsed::add);
        for (var hold : stored.holds()) {
            account.holds.add(Hold.of(hold));
            hold.draws().forEach(account.grants::pin);
        }
        if (!stored.reversed().isEmpty()) {
            account.reversed = new TreeMap<>(stored.reversed());
        }
        account.status = stored.status();
        account.overage = stored.overage();
        account.setReceivable(stored.receivable());
        account.commitment = stored.commitment();
        account.setUsedInPeriod(stored.usedInPeriod());
        account.limits =
                stored.limits().isEmpty()
                        ? null
                        : Limits.of(stored.limits(), account.payer().holdsOf(account.childName()));
        account.alerts = stored.alerts();
        account.topUps = stored.topUps() == null ? null : TopUps.of(stored.topUps());
        account.findNextDue();
        return account;
    }
}
