package dev.scrip.metering;

import dev.scrip.ledger.AccountId;
import dev.scrip.ledger.Command;
import dev.scrip.ledger.Fingerprint;
import dev.scrip.ledger.Limit;
import dev.scrip.ledger.Overage;
import dev.scrip.ledger.PlanTerms;
import dev.scrip.ledger.Replay;
import dev.scrip.ledger.Reply;
import dev.scrip.ledger.RequestKey;
import dev.scrip.pricing.Circumstances;
import dev.scrip.pricing.Credits;
import dev.scrip.pricing.Money;
import dev.scrip.pricing.PriceBook;
import dev.scrip.pricing.ResourceUse;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Charges recorded calls by one price book to a ledger of its own, as they would be charged live:
/// by the time of day, the plan and what the account used so far. The load of then is not known,
/// and nobody has promised to buy anything.
///
/// Not thread-safe.
public final class Replaying {

    private static final PlanTerms NO_PLAN = new PlanTerms("none", Credits.ZERO, Money.ZERO);
    private static final RequestKey REQUEST = new RequestKey("replay", new Fingerprint(0, 0));

    private final PriceBook priceBook;
    private final Replay ledger = new Replay();

    public Replaying(PriceBook priceBook) {
        this.priceBook = priceBook;
    }

    /// Opens an account; its first period starts then.
    ///
    /// @param plan null for one that pays for all it uses
    /// @param limits rates and caps it has from then on
    /// @throws IllegalArgumentException if the price book does not have the plan
    public void open(
            AccountId account,
            @Nullable String plan,
            Overage overage,
            List<Limit> limits,
            Instant at) {
        var terms = plan == null ? NO_PLAN : Accounts.terms(priceBook, plan);
        require(new Command.OpenAccount(account, terms, ZoneOffset.UTC, REQUEST), at);
        require(new Command.SetOverage(account, overage, REQUEST), at);
        if (!limits.isEmpty()) {
            require(new Command.SetLimits(account, limits, REQUEST), at);
        }
    }

    /// Charges a call as it was recorded.
    ///
    /// @return [Reply.Charged] or why the call would have been refused
    /// @throws UnknownOperationException if the price book does not have the operation
    /// @throws UnknownUnitException if the price book has no rate for a unit that was used
    /// @throws IllegalArgumentException if the quantity or the use cannot be priced
    public Reply charge(
            AccountId account,
            String operation,
            BigDecimal quantity,
            @Nullable ResourceUse use,
            Instant at) {
        var usage = Rating.rate(priceBook, operation, quantity, use, circumstances(account, at));
        return ledger.submit(new Command.Charge(account, usage, REQUEST), at);
    }

    private Circumstances circumstances(AccountId account, Instant at) {
        var known = Circumstances.at(at);
        return priceBook.adjustments().needAccount()
                ? CallCircumstances.of(known, ledger.submit(new Command.AskTerms(account), at))
                : known;
    }

    private void require(Command command, Instant at) {
        if (ledger.submit(command, at) instanceof Reply.Refusal refusal) {
            throw new IllegalStateException("A fresh ledger refused: " + refusal);
        }
    }
}
