package dev.scrip.cli;

import dev.scrip.pricing.PriceUnit;
import java.io.StringWriter;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.DefaultPrettyPrinter;

/// Writes JSON to print, indented, with numbers exactly as they are given.
final class JsonText {

    private static final JsonFactory FACTORY = new JsonFactory();

    /// Says what the document holds.
    interface Content {

        void write(JsonGenerator json);
    }

    private JsonText() {}

    static String of(Content content) {
        var text = new StringWriter();
        try (var json = FACTORY.createGenerator(new Indented(), text)) {
            content.write(json);
        }
        return text.toString();
    }

    /// A number field, or null where there is none.
    static void number(JsonGenerator json, String name, @Nullable String figure) {
        json.writeName(name);
        if (figure == null) {
            json.writeNull();
        } else {
            json.writeNumber(figure);
        }
    }

    /// What the quantity of an operation counts; no field where its credits are for one of it.
    static void unit(JsonGenerator json, String name, @Nullable PriceUnit unit) {
        if (unit != null) {
            json.writeName(name);
            json.writeStartObject();
            json.writeStringProperty("name", unit.name());
            number(json, "per", unit.per().toPlainString());
            number(json, "included", unit.included().toPlainString());
            json.writeEndObject();
        }
    }

    private static final class Indented extends ObjectWriteContext.Base {

        @Override
        public DefaultPrettyPrinter getPrettyPrinter() {
            return new DefaultPrettyPrinter();
        }

        @Override
        public boolean hasPrettyPrinter() {
            return true;
        }
    }
}
