package dev.scrip.service.api;

import dev.scrip.ledger.AccountId;
import dev.scrip.metering.BoundQuote;
import dev.scrip.metering.PriceBooks;
import dev.scrip.pricing.Quote;
import dev.scrip.service.http.JsonWriter;
import dev.scrip.service.http.Problem;
import dev.scrip.service.http.ProblemType;
import java.math.BigDecimal;
import java.time.InstantSource;

/// Takes back the quotes that callers bring, for the calls they were made for.
final class Quotes {

    private final QuoteTokens tokens;
    private final PriceBooks priceBooks;
    private final InstantSource clock;

    Quotes(QuoteTokens tokens, PriceBooks priceBooks, InstantSource clock) {
        this.tokens = tokens;
        this.priceBooks = priceBooks;
        this.clock = clock;
    }

    String write(BoundQuote quote) {
        return tokens.write(quote);
    }

    /// What the quantity of a quote counts, where that is not one of it.
    void writeUnit(JsonWriter json, Quote quote) {
        Units.write(json, priceBooks.version(quote.priceBook()), quote.operation());
    }

    /// The quote of a call, its expected cost included.
    ///
    /// @throws dev.scrip.service.http.ProblemException if it is none of ours, is for another call,
    ///   or has expired
    BoundQuote require(String text, AccountId account, String operation, BigDecimal quantity) {
        var bound = tokens.read(text);
        if (bound == null) {
            throw problem(
                    ProblemType.INVALID_QUOTE,
                    "This is no quote of ours. Send it as POST /v1/quotes answered it.");
        }
        // It says nothing of the call it is for: it may be another workspace's.
        if (!bound.account().equals(account)) {
            throw mismatch("account");
        }
        if (!bound.quote().operation().equals(operation)) {
            throw mismatch("operation");
        }
        if (bound.quote().quantity().compareTo(quantity) != 0) {
            throw mismatch("quantity");
        }
        if (!clock.instant().isBefore(bound.expiresAt())) {
            throw problem(
                    ProblemType.QUOTE_EXPIRED,
                    "The quote held until " + bound.expiresAt() + ". Ask for another one.");
        }
        return costed(bound);
    }

    private BoundQuote costed(BoundQuote bound) {
        var quote = bound.quote();
        var priceBook = priceBooks.version(quote.priceBook());
        var table = priceBook == null ? null : priceBook.quote(quote.operation(), quote.quantity());
        if (table == null) {
            throw problem(
                    ProblemType.INVALID_QUOTE,
                    "The price book of the quote is not known here. Ask for another quote.");
        }
        return new BoundQuote(bound.account(), quote.at(table.cost()), bound.expiresAt());
    }

    private static RuntimeException mismatch(String field) {
        return problem(
                ProblemType.QUOTE_MISMATCH,
                "The quote is for another "
                        + field
                        + ". It holds for the account, the operation and the quantity it was"
                        + " asked for.");
    }

    private static RuntimeException problem(ProblemType type, String detail) {
        return Problem.at("/quote", type, detail).toException();
    }
}
