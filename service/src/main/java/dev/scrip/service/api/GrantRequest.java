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
import dev.scrip.service.http.ProblemType;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The body that gives credits to an account.
///
/// @param effectiveAt null for at once
/// @param expiresAt null for never
/// @param costBasis what was paid for one credit
/// @param price what was paid for all of them, instead of the cost basis
/// @param operations that the credits pay for; empty for all
/// @param bonus granted on top of a purchase; null for none
record GrantRequest(
        Credits credits,
        GrantCategory category,
        int priority,
        @Nullable Instant effectiveAt,
        @Nullable Instant expiresAt,
        @Nullable Amount costBasis,
        @Nullable Amount price,
        List<String> operations,
        @Nullable Bonus bonus) {

    private static final Fields FIELDS =
            Fields.of(
                    "credits",
                    "category",
                    "priority",
                    "effective_at",
                    "expires_at",
                    "cost_basis",
                    "price",
                    "operations",
                    "bonus");
    private static final Fields BONUS_FIELDS =
            Fields.of("credits", "expires_at", "priority", "operations");
    private static final BigDecimal CREDITS_MAX = new BigDecimal("1000000000000");
    private static final Figure CREDITS = new Figure("credits", 13, 6, false, CREDITS_MAX);
    private static final Figure PRIORITY =
            new Figure("priority", 3, 0, true, BigDecimal.valueOf(GrantTerms.PRIORITY_MAX));
    private static final Duration LIFE_MAX = Duration.ofDays(36_525);

    /// Promotional credits that take effect with the purchase.
    record Bonus(
            Credits credits, @Nullable Instant expiresAt, int priority, List<String> operations) {}

    static GrantRequest read(JsonReader json) {
        BigDecimal credits = null;
        String category = null;
        int priority = GrantTerms.PRIORITY_DEFAULT;
        Instant effectiveAt = null;
        Instant expiresAt = null;
        Amount costBasis = null;
        Amount price = null;
        List<String> operations = List.of();
        Bonus bonus = null;
        var body = json.object(FIELDS);
        for (var name = body.next(); name != null; name = body.next()) {
            switch (name) {
                case "credits" -> credits = json.number(CREDITS);
                case "category" -> category = json.word(Words.GRANT_CATEGORIES);
                case "priority" -> priority = json.number(PRIORITY).intValueExact();
                case "effective_at" -> effectiveAt = Times.read(json);
                case "expires_at" -> expiresAt = json.isNull() ? null : Times.read(json);
                case "cost_basis" -> costBasis = Amount.read(json, "/cost_basis");
                case "price" -> price = Amount.read(json, "/price");
                case "operations" -> operations = OperationPatterns.readList(json);
                case "bonus" -> bonus = readBonus(json);
                default -> throw new IllegalStateException("unread field " + name);
            }
        }
        json.end();
        Amount.requireOne(costBasis, price);
        var wanted = Words.grantCategory(body.require("category", category));
        if (bonus != null && wanted != GrantCategory.PAID) {
            throw Problem.at(
                            "/bonus",
                            ProblemType.CONFLICTING_FIELDS,
                            "A bonus comes on top of credits that are bought: those of the category"
                                    + " paid.")
                    .toException();
        }
        return new GrantRequest(
                Credits.of(body.require("credits", credits), RoundingMode.UNNECESSARY),
                wanted,
                priority,
                effectiveAt,
                expiresAt,
                costBasis,
                price,
                operations,
                bonus);
    }

    private static Bonus readBonus(JsonReader json) {
        BigDecimal credits = null;
        Instant expiresAt = null;
        int priority = GrantTerms.PRIORITY_DEFAULT;
        List<String> operations = List.of();
        var body = json.object(BONUS_FIELDS, "/bonus");
        for (var name = body.next(); name != null; name = body.next()) {
            switch (name) {
                case "credits" -> credits = json.number(CREDITS);
                case "expires_at" -> expiresAt = json.isNull() ? null : Times.read(json);
                case "priority" -> priority = json.number(PRIORITY).intValueExact();
                case "operations" -> operations = OperationPatterns.readList(json);
                default -> throw new IllegalStateException("unread field " + name);
            }
        }
        return new Bonus(
                Credits.of(body.require("credits", credits), RoundingMode.UNNECESSARY),
                expiresAt,
                priority,
                operations);
    }

    /// What the request promises, by the price book in force.
    GrantTerms terms(PriceBook priceBook, Instant now) {
        var effective = effectiveAt == null ? now : effectiveAt;
        requireExpiry("", expiresAt, effective, now);
        OperationPatterns.requireAll(priceBook, operations, "/operations");
        // Bought credits are taken to have cost the list price unless it is said what they did;
        // others cost nothing.
        var basis =
                Amount.costBasis(
                        costBasis,
                        price,
                        credits,
                        priceBook,
                        category == GrantCategory.PAID ? priceBook.creditPrice() : Money.ZERO);
        try {
            return new GrantTerms(
                    credits, priority, category, effective, expiresAt, basis, operations);
        } catch (IllegalArgumentException e) {
            throw Problem.at(
                            price == null ? "/cost_basis/amount" : "/price/amount",
                            ProblemType.AMOUNT_OUT_OF_RANGE,
                            String.valueOf(e.getMessage()))
                    .toException();
        }
    }

    /// What comes on top; null for nothing.
    @Nullable GrantTerms bonusTerms(PriceBook priceBook, Instant now) {
        if (bonus == null) {
            return null;
        }
        var effective = effectiveAt == null ? now : effectiveAt;
        requireExpiry("/bonus", bonus.expiresAt, effective, now);
        OperationPatterns.requireAll(priceBook, bonus.operations, "/bonus/operations");
        return new GrantTerms(
                bonus.credits,
                bonus.priority,
                GrantCategory.PROMOTIONAL,
                effective,
                bonus.expiresAt,
                Money.ZERO,
                bonus.operations);
    }

    /// @param pointer of the object that says when it expires
    private static void requireExpiry(
            String pointer, @Nullable Instant expiresAt, Instant effective, Instant now) {
        if (expiresAt != null
                && (!expiresAt.isAfter(now)
                        || !expiresAt.isAfter(effective)
                        || expiresAt.isAfter(effective.plus(LIFE_MAX)))) {
            throw Problem.at(
                            pointer + "/expires_at",
                            ProblemType.INVALID_EXPIRY,
                            "The expiry ("
                                    + expiresAt
                                    + ") must lie in the future, after the grant takes effect ("
                                    + effective
                                    + ") and within 100 years of it.")
                    .toException();
        }
    }

    Fingerprint fingerprint(String account) {
        var text =
                new CanonicalText("POST /v1/accounts/{account}/grants")
                        .add("account", account)
                        .add("credits", credits.toString())
                        .add("category", Words.of(category))
                        .add("priority", Integer.toString(priority))
                        .add("effective_at", effectiveAt == null ? null : effectiveAt.toString())
                        .add("expires_at", expiresAt == null ? null : expiresAt.toString())
                        .add("cost_basis", costBasis == null ? null : costBasis.figure())
                        .add("price", price == null ? null : price.figure())
                        .add("currency", currency());
        operations.forEach(operation -> text.add("operation", operation));
        if (bonus != null) {
            text.add("bonus", bonus.credits.toString())
                    .add("priority", Integer.toString(bonus.priority))
                    .add("expires_at", bonus.expiresAt == null ? null : bonus.expiresAt.toString());
            bonus.operations.forEach(operation -> text.add("operation", operation));
        }
        return text.fingerprint();
    }

    private @Nullable String currency() {
        return costBasis != null ? costBasis.currency() : price != null ? price.currency() : null;
    }
}
