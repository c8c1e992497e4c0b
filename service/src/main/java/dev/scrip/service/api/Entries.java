package dev.scrip.service.api;

import dev.scrip.ledger.Fact;
import dev.scrip.ledger.FactId;
import dev.scrip.service.http.JsonWriter;

/// Shows facts to customers, as entries of their account.
final class Entries {

    private static final String DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static final int PREFIX_LENGTH = 3;
    private static final int DIGIT_COUNT = 10;

    private Entries() {}

    /// Writes the members of an entry into the open object.
    static void write(JsonWriter json, Fact fact) {
        json.field("id", fact.id()).field("object", "entry");
        switch (fact) {
            case Fact.AccountOpened opened ->
                    json.field("type", "account_opened")
                            .field("plan", opened.plan().plan())
                            .field("zone", opened.zone().getId())
                            .field("period_end", opened.periodEnd());
            case Fact.PeriodStarted started ->
                    json.field("type", "period_started")
                            .field("period_start", started.start())
                            .field("period_end", started.end());
            case Fact.Granted granted ->
                    json.field("type", "grant")
                            .field("credits", granted.terms().amount())
                            .field("category", Words.of(granted.terms().category()))
                            .field("priority", granted.terms().priority())
                            .field("effective_at", granted.terms().effective())
                            .field("expires_at", granted.terms().expires());
            case Fact.Charged charged -> {
                json.field("type", "charge")
                        .field("credits", charged.usage().credits())
                        .field("operation", charged.usage().operation())
                        .field("quantity", charged.usage().quantity())
                        .field("base", charged.usage().base())
                        .field("price_table", charged.usage().priceBook());
                Answers.draws(
                        json, charged.draws(), charged.resetsAt(), charged.resetsAt().toString());
            }
            case Fact.Expired expired ->
                    json.field("type", "expiry")
                            .field("credits", expired.rest())
                            .field("grant", FactId.grant(expired.grant()))
                            .field("expired_at", expired.instant());
        }
        json.field("at", fact.at()).field("balance", fact.balance());
    }

    /// The sequence number in an entry's id, -1 when it is no such id.
    static long seq(String id) {
        if (id.length() != PREFIX_LENGTH + DIGIT_COUNT) {
            return -1;
        }
        long seq = 0;
        for (int i = PREFIX_LENGTH; i < id.length(); i++) {
            int digit = DIGITS.indexOf(id.charAt(i));
            if (digit < 0) {
                return -1;
            }
            seq = (seq << 5) | digit;
        }
        return seq;
    }
}
