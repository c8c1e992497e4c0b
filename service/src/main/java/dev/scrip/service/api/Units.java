package dev.scrip.service.api;

import dev.scrip.pricing.PriceBook;
import dev.scrip.pricing.PriceUnit;
import dev.scrip.service.http.JsonWriter;
import org.jspecify.annotations.Nullable;

/// Writes what the quantity of an operation counts, where its credits are not for one of it.
final class Units {

    private Units() {}

    /// @param priceBook that priced the operation; null when it is no longer known
    static void write(JsonWriter json, @Nullable PriceBook priceBook, String operation) {
        var price = priceBook == null ? null : priceBook.operations().get(operation);
        if (price != null) {
            write(json, price.unit());
        }
    }

    static void write(JsonWriter json, @Nullable PriceUnit unit) {
        write(json, "unit", unit);
    }

    static void write(JsonWriter json, String name, @Nullable PriceUnit unit) {
        if (unit != null) {
            json.beginObject(name)
                    .field("name", unit.name())
                    .field("per", unit.per())
                    .field("included", unit.included())
                    .field("description", unit.words())
                    .endObject();
        }
    }
}
