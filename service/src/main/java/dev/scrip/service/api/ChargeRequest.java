package dev.scrip.service.api;

import dev.scrip.ledger.Fingerprint;
import dev.scrip.pricing.PriceBook;
import dev.scrip.pricing.ResourceUse;
import dev.scrip.service.http.Fields;
import dev.scrip.service.http.Figure;
import dev.scrip.service.http.JsonReader;
import dev.scrip.service.http.Problem;
import dev.scrip.service.http.ProblemType;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The body of a charge, and of an estimate.
///
/// @param attributes what the caller wants to tell calls apart by; part of what a retry must repeat
/// @param apiKey which of the customer's keys made the call
/// @param quote the price that was bound for it; null when it is priced now
record ChargeRequest(
        String account,
        String operation,
        BigDecimal quantity,
        @Nullable ResourceUse use,
        SortedMap<String, String> attributes,
        @Nullable String apiKey,
        @Nullable String quote) {

    private static final Fields FIELDS =
            Fields.of("account", "operation", "quantity", "use", "attributes", "api_key", "quote");
    private static final Fields USE_FIELDS =
            Fields.of("compute_ms", "memory_mb", "storage_kb", "bandwidth_kb", "third_party");
    static final Figure QUANTITY =
            new Figure("quantity", 10, PriceBook.QUANTITY_DECIMALS, false, PriceBook.QUANTITY_MAX);
    private static final Figure USED = new Figure("resource use", 12, 9, true, null);
    private static final int ENTRIES_MAX = 50;
    private static final int NAME_LENGTH_MAX = 128;

    static ChargeRequest read(JsonReader json) {
        String account = null;
        String operation = null;
        var quantity = BigDecimal.ONE;
        ResourceUse use = null;
        SortedMap<String, String> attributes = Collections.emptySortedMap();
        String apiKey = null;
        String quote = null;
        var body = json.object(FIELDS);
        for (var name = body.next(); name != null; name = body.next()) {
            switch (name) {
                case "account" -> account = json.text();
                case "operation" -> operation = json.text();
                case "quantity" -> quantity = json.number(QUANTITY);
                case "use" -> use = readUse(json);
                case "attributes" -> attributes = readAttributes(json);
                case "api_key" -> apiKey = json.text();
                case "quote" -> quote = json.text(QuoteTokens.LENGTH_MAX);
                default -> throw new IllegalStateException("unread field " + name);
            }
        }
        json.end();
        return new ChargeRequest(
                body.require("account", account),
                body.require("operation", operation),
                quantity,
                use,
                attributes,
                apiKey,
                quote);
    }

    static ResourceUse readUse(JsonReader json) {
        var computeMs = BigDecimal.ZERO;
        var memoryMb = BigDecimal.ZERO;
        var storageKb = BigDecimal.ZERO;
        var bandwidthKb = BigDecimal.ZERO;
        SortedMap<String, BigDecimal> thirdParty = Collections.emptySortedMap();
        var use = json.object(USE_FIELDS, "/use");
        for (var name = use.next(); name != null; name = use.next()) {
            switch (name) {
                case "compute_ms" -> computeMs = json.number(USED);
                case "memory_mb" -> memoryMb = json.number(USED);
                case "storage_kb" -> storageKb = json.number(USED);
                case "bandwidth_kb" -> bandwidthKb = json.number(USED);
                case "third_party" -> thirdParty = readThirdParty(json);
                default -> throw new IllegalStateException("unread field " + name);
            }
        }
        var read = new ResourceUse(computeMs, memoryMb, storageKb, bandwidthKb, thirdParty);
        if (read.isNothing()) {
            throw Problem.at(
                            "/use",
                            ProblemType.INVALID_VALUE,
                            "A call that used nothing would cost nothing. Leave the field out when"
                                    + " nothing was measured.")
                    .toException();
        }
        return read;
    }

    private static SortedMap<String, BigDecimal> readThirdParty(JsonReader json) {
        var units = new TreeMap<String, BigDecimal>();
        json.begin();
        for (var unit = json.nextName(); unit != null; unit = json.nextName()) {
            requireRoom(json, units, unit);
            units.put(unit, json.number(USED));
        }
        return units;
    }

    private static SortedMap<String, String> readAttributes(JsonReader json) {
        var attributes = new TreeMap<String, String>();
        json.begin();
        for (var name = json.nextName(); name != null; name = json.nextName()) {
            requireRoom(json, attributes, name);
            attributes.put(name, json.scalar());
        }
        return attributes;
    }

    private static void requireRoom(JsonReader json, SortedMap<String, ?> read, String name) {
        if (read.containsKey(name)) {
            throw json.problem(ProblemType.DUPLICATE_KEY, "is given twice");
        }
        json.requireName(name, NAME_LENGTH_MAX);
        if (read.size() == ENTRIES_MAX) {
            throw json.problem(
                    ProblemType.INVALID_VALUE, "is one too many: at most " + ENTRIES_MAX);
        }
    }

    /// For requests that price by themselves.
    ChargeRequest requireNoQuote() {
        if (quote != null) {
            throw Problem.at(
                            "/quote",
                            ProblemType.INVALID_VALUE,
                            "A quote is for a charge or a hold. Leave it out here.")
                    .toException();
        }
        return this;
    }

    static void add(CanonicalText text, ResourceUse use) {
        text.add("use", "")
                .add("compute_ms", use.computeMs())
                .add("memory_mb", use.memoryMb())
                .add("storage_kb", use.storageKb())
                .add("bandwidth_kb", use.bandwidthKb());
        use.thirdParty().forEach((unit, used) -> text.add("third_party", unit).add("", used));
    }

    Fingerprint fingerprint() {
        var text =
                new CanonicalText("POST /v1/charges")
                        .add("account", account)
                        .add("operation", operation)
                        .add("quantity", quantity)
                        .add("api_key", apiKey)
                        .add("quote", quote);
        if (use != null) {
            add(text, use);
        }
        attributes.forEach((name, value) -> text.add("attribute", name).add("", value));
        return text.fingerprint();
    }
}
