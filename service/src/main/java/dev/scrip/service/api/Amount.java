package dev.scrip.service.api;

import dev.scrip.pricing.Credits;
import dev.scrip.pricing.Money;
import dev.scrip.pricing.PriceBook;
import dev.scrip.service.http.Fields;
import dev.scrip.service.http.Figure;
import dev.scrip.service.http.JsonReader;
import dev.scrip.service.http.Problem;
import dev.scrip.service.http.ProblemType;
import dev.scrip.service.http.Quoted;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/// Money as it comes: whether the currency is right is for the price book to say.
///
/// @param pointer where it was given
record Amount(String pointer, BigDecimal figure, String currency) {

    private static final Fields FIELDS = Fields.of("amount", "currency");
    private static final Figure AMOUNT =
            new Figure("amount", 10, 9, true, new BigDecimal("9000000000"));
    private static final int DECIMALS = 9;

    static Amount read(JsonReader json, String pointer) {
        BigDecimal amount = null;
        String currency = null;
        var object = json.object(FIELDS, pointer);
        for (var name = object.next(); name != null; name = object.next()) {
            switch (name) {
                case "amount" -> amount = json.decimalText(AMOUNT);
                case "currency" -> currency = json.text();
                default -> throw new IllegalStateException("unread field " + name);
            }
        }
        return new Amount(
                pointer, object.require("amount", amount), object.require("currency", currency));
    }

    /// Requires that what was paid is said in one way at most.
    static void requireOne(@Nullable Amount costBasis, @Nullable Amount price) {
        if (costBasis != null && price != null) {
            throw Problem.at(
                            price.pointer,
                            ProblemType.CONFLICTING_FIELDS,
                            "Give either cost_basis, which is for one credit, or price, which is"
                                    + " for all of them.")
                    .toException();
        }
    }

    /// What was paid for one credit.
    ///
    /// @param costBasis for one credit
    /// @param price for all of them, instead of the cost basis
    /// @param otherwise when neither is said
    static Money costBasis(
            @Nullable Amount costBasis,
            @Nullable Amount price,
            Credits credits,
            PriceBook priceBook,
            Money otherwise) {
        if (costBasis != null) {
            costBasis.requireCurrency(priceBook);
            return Money.of(costBasis.figure, RoundingMode.UNNECESSARY);
        }
        if (price != null) {
            price.requireCurrency(priceBook);
            return price.perCredit(credits);
        }
        return otherwise;
    }

    private Money perCredit(Credits credits) {
        try {
            return Money.of(
                    figure.divide(credits.toBigDecimal(), DECIMALS, RoundingMode.HALF_EVEN),
                    RoundingMode.UNNECESSARY);
        } catch (IllegalArgumentException _) {
            throw Problem.at(
                            pointer + "/amount",
                            ProblemType.AMOUNT_OUT_OF_RANGE,
                            "One credit would have cost more than can be counted. Maybe the credits"
                                    + " are too few.")
                    .toException();
        }
    }

    private void requireCurrency(PriceBook priceBook) {
        if (!currency.equals(priceBook.currency())) {
            throw Problem.at(
                            pointer + "/currency",
                            ProblemType.CURRENCY_MISMATCH,
                            "The price book is in "
                                    + priceBook.currency()
                                    + ", not in "
                                    + Quoted.of(currency)
                                    + ".")
                    .toException();
        }
    }
}
