package dev.scrip.ledger;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Accounts as those who ask see them: a child with the plan and the credits of its pool.
final class AccountViews {

    private AccountViews() {}

    static AccountView of(Account account, Instant now) {
        var payer = account.payer();
        var holds = payer.holdsOf(account.childName());
        var limits = account.limits;
        var topUps = account.topUps;
        return new AccountView(
                account.id,
                account.pool == null ? null : account.pool.id,
                payer.plan,
                payer.nextPlan,
                account.zone,
                account.openedAt,
                payer.periodStart,
                payer.periodEnd,
                account.status,
                account.available(now),
                payer.grants.quota(now),
                payer.grants.used(now),
                payer.held(),
                payer.overage,
                payer.receivable(),
                grants(account),
                holds.stream().map(Hold::view).toList(),
                limits == null ? List.of() : limits.view(account, now),
                account.alerts.stream()
                        .map(state -> new AccountView.AlertView(state.alert(), state.fired()))
                        .toList(),
                topUps == null ? null : topUps.rule,
                topUps == null ? 0 : topUps.open,
                payer.commitment,
                List.copyOf(account.children.keySet()));
    }

    static List<AccountView.GrantView> grants(Account account) {
        var views = new ArrayList<AccountView.GrantView>();
        for (var grant : account.grants) {
            views.add(
                    new AccountView.GrantView(
                            grant.seq, grant.terms, grant.remaining(), grant.ofEarlierPlan));
        }
        return views;
    }

    /// What the price of a call depends on.
    static Reply.Terms terms(Account payer, Instant now) {
        return new Reply.Terms(
                payer.id, payer.plan.plan(), payer.commitment.at(now), payer.usedInPeriod());
    }
}
