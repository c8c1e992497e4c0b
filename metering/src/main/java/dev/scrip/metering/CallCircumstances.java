package dev.scrip.metering;

import dev.scrip.ledger.AccountId;
import dev.scrip.ledger.Command;
import dev.scrip.ledger.Partition;
import dev.scrip.ledger.Reply;
import dev.scrip.pricing.Circumstances;
import dev.scrip.pricing.PriceBook;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Finds the circumstances of calls that a price book asks for, and no others: a book that does not
/// look at accounts costs no question.
///
/// What is known of an account is what the ledger has when it is asked, before the call. Calls that
/// are on their way at the same time see the same use, so several may have the price of the tier in
/// which the first of them began.
final class CallCircumstances {

    private final Partition partition;
    private final LoadWatch loads;

    CallCircumstances(Partition partition, LoadWatch loads) {
        this.partition = partition;
        this.loads = loads;
    }

    /// For calls that were made before: the load does not count for them.
    CallCircumstances(Partition partition) {
        this(partition, new LoadWatch());
    }

    /// Of a call that is made now.
    ///
    /// @throws dev.scrip.ledger.PartitionException if no answer can be given
    Circumstances now(PriceBook priceBook, AccountId account, Instant now) {
        if (priceBook.adjustments().isNone()) {
            return Circumstances.at(now);
        }
        return underLoad(earlier(priceBook, account, now), priceBook, account, now);
    }

    /// Of a call that was made at an instant. The load of then is not known any more, and puts no
    /// price up.
    ///
    /// @throws dev.scrip.ledger.PartitionException if no answer can be given
    Circumstances earlier(PriceBook priceBook, AccountId account, Instant at) {
        var known = Circumstances.at(at);
        return priceBook.adjustments().needAccount()
                ? of(known, partition.submit(new Command.AskTerms(account)))
                : known;
    }

    private Circumstances underLoad(
            Circumstances known, PriceBook priceBook, AccountId account, Instant now) {
        return priceBook.adjustments().loadPrices().isEmpty()
                ? known
                : known.under(loads.on(account.workspace(), priceBook, now));
    }

    static Circumstances of(Circumstances known, @Nullable Reply reply) {
        // An account that is not there is refused when the call is put to the ledger.
        return reply instanceof Reply.Terms(var payer, var plan, var commitment, var used)
                ? known.by(payer.toString(), plan, commitment, used)
                : known;
    }

    /// Asks for many accounts at once; nothing is asked when the book does not need it.
    ///
    /// @throws dev.scrip.ledger.PartitionException if no answer can be given
    Asked ask(boolean needed, Collection<AccountId> accounts) {
        if (!needed) {
            return new Asked(Map.of());
        }
        var distinct = new LinkedHashSet<>(accounts);
        var replies =
                partition
                        .submitAll(distinct.stream().<Command>map(Command.AskTerms::new).toList())
                        .iterator();
        var terms = new HashMap<AccountId, Reply>();
        distinct.forEach(account -> terms.put(account, replies.next()));
        return new Asked(terms);
    }

    /// What was known of accounts when they were asked for.
    final class Asked {

        private final Map<AccountId, Reply> terms;

        private Asked(Map<AccountId, Reply> terms) {
            this.terms = terms;
        }

        Circumstances now(PriceBook priceBook, AccountId account, Instant now) {
            return underLoad(earlier(account, now), priceBook, account, now);
        }

        Circumstances earlier(AccountId account, Instant at) {
            return of(Circumstances.at(at), terms.get(account));
        }
    }
}
