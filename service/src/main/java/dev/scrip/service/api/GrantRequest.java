package dev.scrip.service.api;

import dev.scrip.ledger.Fingerprint;
import dev.scrip.ledger.GrantCategory;
import dev.scrip.ledger.GrantTerms;
import dev.scrip.pricing.Credits;
import dev.scrip.pricing.Money;
import dev.scrip.pricing.PriceBook;
import dev.scrip.service.http.Fields;
import dev.scrip.service.http.Figure;
import dev.scrip.service.http.JsonReader;
import dev.scrip.service.http.Problem;
import dev.scrip.service.http.ProblemException;
import dev.scrip.service.http.ProblemType;
import dev.scrip.service.http.Quoted;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The body that gives credits to an account.
///
/// @param effectiveAt null for at once
/// @param expiresAt null for never
/// @param costBasis what was paid for one credit
/// @param price what was paid for all of them, instead of the cost basis
record GrantRequest(
        Credits credits,
        GrantCategory category,
        int priority,
        @Nullable Instant effectiveAt,
        @Nullable Instant expiresAt,
        @Nullable Amount costBasis,
        @Nullable Amount price) {

    private static final Fields FIELDS =
            Fields.of(
                    "credits",
                    "category",
                    "priority",
                    "effective_at",
                    "expires_at",
                    "cost_basis",
                    "price");
    private static final Fields AMOUNT_FIELDS = Fields.of("amount", "currency");
    private static final BigDecimal CREDITS_MAX = new BigDecimal("1000000000000");
    private static final Figure CREDITS = new Figure("credits", 13, 6, false, CREDITS_MAX);
    private static final Figure PRIORITY =
            new Figure("priority", 3, 0, true, BigDecimal.valueOf(GrantTerms.PRIORITY_MAX));
    private static final Figure AMOUNT =
            new Figure("amount", 10, 9, true, new BigDecimal("9000000000"));
    private static final Duration LIFE_MAX = Duration.ofDays(36_525);
    private static final int COST_BASIS_DECIMALS = 9;

    /// Money as it comes: whether the currency is right is for the price book to say.
    record Amount(String pointer, BigDecimal figure, String currency) {}

    static GrantRequest read(JsonReader json) {
        BigDecimal credits = null;
        String category = null;
        int priority = GrantTerms.PRIORITY_DEFAULT;
        Instant effectiveAt = null;
        Instant expiresAt = null;
        Amount costBasis = null;
        Amount price = null;
        var body = json.object(FIELDS);
        for (var name = body.next(); name != null; name = body.next()) {
            switch (name) {
                case "credits" -> credits = json.number(CREDITS);
                case "category" -> category = json.word(Words.GRANT_CATEGORIES);
                case "priority" -> priority = json.number(PRIORITY).intValueExact();
                case "effective_at" -> effectiveAt = Times.read(json);
                case "expires_at" -> expiresAt = json.isNull() ? null : Times.read(json);
                case "cost_basis" -> costBasis = readAmount(json, "/cost_basis");
                case "price" -> price = readAmount(json, "/price");
                default -> throw new IllegalStateException("unread field " + name);
            }
        }
        json.end();
        if (costBasis != null && price != null) {
            throw Problem.at(
                            "/price",
                            ProblemType.CONFLICTING_FIELDS,
                            "Give either cost_basis, which is for one credit, or price, which is"
                                    + " for all of them.")
                    .toException();
        }
        return new GrantRequest(
                Credits.of(body.require("credits", credits), RoundingMode.UNNECESSARY),
                Words.grantCategory(body.require("category", category)),
                priority,
                effectiveAt,
                expiresAt,
                costBasis,
                price);
    }

    private static Amount readAmount(JsonReader json, String pointer) {
        BigDecimal amount = null;
        String currency = null;
        var object = json.object(AMOUNT_FIELDS, pointer);
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

    /// What the request promises, by the price book in force.
    GrantTerms terms(PriceBook priceBook, Instant now) {
        var effective = effectiveAt == null ? now : effectiveAt;
        if (expiresAt != null
                && (!expiresAt.isAfter(now)
                        || !expiresAt.isAfter(effective)
                        || expiresAt.isAfter(effective.plus(LIFE_MAX)))) {
            throw Problem.at(
                            "/expires_at",
                            ProblemType.INVALID_EXPIRY,
                            "The expiry ("
                                    + expiresAt
                                    + ") must lie in the future, after the grant takes effect ("
                                    + effective
                                    + ") and within 100 years of it.")
                    .toException();
        }
        var basis = costBasis(priceBook);
        try {
            return new GrantTerms(credits, priority, category, effective, expiresAt, basis);
        } catch (IllegalArgumentException e) {
            throw Problem.at(
                            price == null ? "/cost_basis/amount" : "/price/amount",
                            ProblemType.AMOUNT_OUT_OF_RANGE,
                            String.valueOf(e.getMessage()))
                    .toException();
        }
    }

    /// Bought credits are taken to have cost the list price unless it is said what they did; others
    /// cost nothing.
    private Money costBasis(PriceBook priceBook) {
        if (costBasis != null) {
            requireCurrency(costBasis, priceBook);
            return Money.of(costBasis.figure, RoundingMode.UNNECESSARY);
        }
        if (price != null) {
            requireCurrency(price, priceBook);
            return perCredit(price);
        }
        return category == GrantCategory.PAID ? priceBook.creditPrice() : Money.ZERO;
    }

    private Money perCredit(Amount price) {
        try {
            return Money.of(
                    price.figure.divide(
                            credits.toBigDecimal(), COST_BASIS_DECIMALS, RoundingMode.HALF_EVEN),
                    RoundingMode.UNNECESSARY);
        } catch (IllegalArgumentException _) {
            throw Problem.at(
                            price.pointer + "/amount",
                            ProblemType.AMOUNT_OUT_OF_RANGE,
                            "One credit would have cost more than can be counted. Maybe the credits"
                                    + " are too few.")
                    .toException();
        }
    }

    private static void requireCurrency(Amount amount, PriceBook priceBook) {
        if (!amount.currency.equals(priceBook.currency())) {
            throw wrongCurrency(amount, priceBook);
        }
    }

    private static ProblemException wrongCurrency(Amount amount, PriceBook priceBook) {
        return Problem.at(
                        amount.pointer + "/currency",
                        ProblemType.CURRENCY_MISMATCH,
                        "The price book is in "
                                + priceBook.currency()
                                + ", not in "
                                + Quoted.of(amount.currency)
                                + ".")
                .toException();
    }

    Fingerprint fingerprint(String account) {
        return new CanonicalText("POST /v1/accounts/{account}/grants")
                .add("account", account)
                .add("credits", credits.toString())
                .add("category", Words.of(category))
                .add("priority", Integer.toString(priority))
                .add("effective_at", effectiveAt == null ? null : effectiveAt.toString())
                .add("expires_at", expiresAt == null ? null : expiresAt.toString())
                .add("cost_basis", costBasis == null ? null : costBasis.figure)
                .add("price", price == null ? null : price.figure)
                .add("currency", currency())
                .fingerprint();
    }

    private @Nullable String currency() {
        return costBasis != null ? costBasis.currency : price != null ? price.currency : null;
    }
}
