package dev.scrip.audit;

import dev.scrip.ledger.AccountId;
import dev.scrip.ledger.Fact;
import org.jspecify.annotations.Nullable;

/// Who is behind a fact of an account that has children.
final class Caller {

    private Caller() {}

    /// The child whose call it is; null when the account that pays made it itself.
    static @Nullable AccountId child(Fact fact) {
        var name =
                switch (fact) {
                    case Fact.Burned burned -> burned.usage().child();
                    case Fact.Held held -> held.estimate().child();
                    case Fact.Reversed reversed -> reversed.child();
                    default -> null;
                };
        return name == null ? null : new AccountId(fact.account().workspace(), name);
    }

    /// Whose the request's key is. Children charge and have credits set aside; all else is asked of
    /// the account that pays.
    static AccountId asked(Fact fact) {
        var child = fact instanceof Fact.Charged || fact instanceof Fact.Held ? child(fact) : null;
        return child == null ? fact.account() : child;
    }
}
