package dev.scrip.service.api;

import dev.scrip.ledger.Fingerprint;
import dev.scrip.pricing.ResourceUse;
import dev.scrip.service.http.Fields;
import dev.scrip.service.http.JsonReader;
import dev.scrip.service.http.ProblemException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The body that says what was used of a lease.
///
/// @param last whether the lease ends with it
record LeaseReport(List<Line> usage, boolean last) {

    private static final Fields FIELDS = Fields.of("usage", "final");
    private static final int LINES_MAX = 1_000;

    /// What was used of one operation.
    record Line(String operation, BigDecimal quantity, @Nullable ResourceUse use) {

        private static final Fields FIELDS = Fields.of("operation", "quantity", "use");

        static Line read(JsonReader json) {
            String operation = null;
            BigDecimal quantity = null;
            ResourceUse use = null;
            var body = json.object(FIELDS);
            for (var name = body.next(); name != null; name = body.next()) {
                switch (name) {
                    case "operation" -> operation = json.text();
                    case "quantity" -> quantity = json.number(ChargeRequest.QUANTITY);
                    case "use" -> use = ChargeRequest.readUse(json);
                    default -> throw new IllegalStateException("unread field " + name);
                }
            }
            json.end();
            return new Line(
                    body.require("operation", operation), body.require("quantity", quantity), use);
        }

        void addTo(CanonicalText text) {
            text.add("operation", operation).add("quantity", quantity);
            if (use != null) {
                ChargeRequest.add(text, use);
            }
        }
    }

    static LeaseReport read(JsonReader json) {
        List<byte[]> usage = null;
        boolean last = false;
        var body = json.object(FIELDS);
        for (var name = body.next(); name != null; name = body.next()) {
            switch (name) {
                case "usage" -> usage = json.elements(LINES_MAX);
                case "final" -> last = json.flag();
                default -> throw new IllegalStateException("unread field " + name);
            }
        }
        json.end();
        return new LeaseReport(readLines(body.require("usage", usage)), last);
    }

    private static List<Line> readLines(List<byte[]> usage) {
        var lines = new ArrayList<Line>(usage.size());
        for (var line : usage) {
            try {
                lines.add(Line.read(JsonReader.of(line, pointer(lines.size()))));
            } catch (ProblemException e) {
                throw e.problem().within(pointer(lines.size())).inPart(lines.size()).toException();
            }
        }
        return lines;
    }

    static String pointer(int index) {
        return "/usage/" + index;
    }

    Fingerprint fingerprint(String lease) {
        var text =
                new CanonicalText("POST /v1/leases/{lease}/report")
                        .add("lease", lease)
                        .add("final", Boolean.toString(last));
        usage.forEach(line -> line.addTo(text));
        return text.fingerprint();
    }
}
