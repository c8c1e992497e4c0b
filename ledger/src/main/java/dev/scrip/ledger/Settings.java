package dev.scrip.ledger;

import java.time.Instant;

/// What is set for an account until it is set anew. Like [Ledger#decide], it answers and changes
/// nothing.
final class Settings {

    private Settings() {}

    static Outcome set(Account account, Command.Set asked, long seq, Instant now) {
        var id = account.id;
        var request = asked.request();
        var balance = account.available(now);
        var fact =
                switch (asked) {
                    case Command.SetOverage set ->
                            new Fact.OverageSet(seq, now, id, request, set.overage(), balance);
                    case Command.SetLimits set ->
                            new Fact.LimitsSet(seq, now, id, request, set.limits(), balance);
                    case Command.SetAlerts set ->
                            new Fact.AlertsSet(seq, now, id, request, set.alerts(), balance);
                    case Command.SetTopUpRule set ->
                            new Fact.TopUpRuleSet(seq, now, id, request, set.rule(), balance);
                    case Command.SetCommitment set ->
                            new Fact.CommitmentSet(
                                    seq, now, id, request, set.commitment(), balance);
                    case Command.ChangeStatus change ->
                            new Fact.StatusChanged(
                                    seq,
                                    now,
                                    id,
                                    request,
                                    change.status(),
                                    change.reason(),
                                    balance);
                };
        return Outcome.of(new Reply.Done(fact, false), fact);
    }
}
