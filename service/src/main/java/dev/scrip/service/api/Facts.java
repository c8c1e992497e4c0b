package dev.scrip.service.api;

import dev.scrip.ledger.AccountId;
import dev.scrip.ledger.Fact;
import dev.scrip.metering.ReadModels;
import dev.scrip.service.access.Caller;
import org.jspecify.annotations.Nullable;

/// Finds the fact that a public id names, if its account is the caller's to see.
final class Facts {

    private final ReadModels readModels;

    Facts(ReadModels readModels) {
        this.readModels = readModels;
    }

    /// Null when there is none of this kind, or it is another workspace's: nobody can tell which.
    <T extends Fact> @Nullable T find(Caller caller, Class<T> kind, String id) {
        var fact = readModels.fact(Entries.seq(id));
        return kind.isInstance(fact)
                        && fact.id().equals(id)
                        && fact.account().workspace().equals(caller.workspace())
                ? kind.cast(fact)
                : null;
    }

    /// As [#find(Caller, Class, String)], of one account.
    <T extends Fact> @Nullable T find(AccountId account, Class<T> kind, String id) {
        var fact = readModels.fact(Entries.seq(id));
        return kind.isInstance(fact)
                        && fact.id().equals(id)
                        && (fact.account().equals(account) || fact.caller().equals(account))
                ? kind.cast(fact)
                : null;
    }
}
