package dev.scrip.service.api;

import dev.scrip.pricing.AppliedAdjustment;
import dev.scrip.service.http.JsonWriter;
import java.util.List;

/// Shows what moved a price, in the order it did.
final class Adjusted {

    private Adjusted() {}

    /// Writes the array `adjustments` into the open object.
    static void write(JsonWriter json, List<AppliedAdjustment> adjustments) {
        json.beginArray("adjustments");
        for (var one : adjustments) {
            json.beginObject().field("id", one.id()).field("kind", one.kind().word());
            if (one.factor() != null) {
                json.field("factor", one.factor());
            }
            var fixed = one.fixed();
            if (fixed != null) {
                json.field("fixed_credits", fixed);
            }
            json.field("credits_after", one.after()).endObject();
        }
        json.endArray();
    }
}
