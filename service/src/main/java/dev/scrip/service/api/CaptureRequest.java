package dev.scrip.service.api;

import dev.scrip.ledger.Fingerprint;
import dev.scrip.metering.Holding;
import dev.scrip.pricing.Credits;
import dev.scrip.pricing.ResourceUse;
import dev.scrip.service.http.Fields;
import dev.scrip.service.http.JsonReader;
import dev.scrip.service.http.Problem;
import dev.scrip.service.http.ProblemType;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The body that charges a call to a hold.
///
/// @param last whether the hold ends with it
/// @param mayExceed whether more than is held may be drawn from the account
record CaptureRequest(
        @Nullable BigDecimal quantity,
        @Nullable Credits credits,
        @Nullable ResourceUse use,
        boolean last,
        boolean mayExceed) {

    private static final Fields FIELDS = Fields.of("quantity", "credits", "use", "more", "overage");
    private static final List<String> MORE = List.of("none", "follows");
    private static final List<String> OVERAGE = List.of("refuse", "allow");

    static CaptureRequest read(JsonReader json) {
        BigDecimal quantity = null;
        Credits credits = null;
        ResourceUse use = null;
        boolean last = true;
        boolean mayExceed = false;
        var body = json.object(FIELDS);
        for (var name = body.next(); name != null; name = body.next()) {
            switch (name) {
                case "quantity" -> quantity = json.number(ChargeRequest.QUANTITY);
                case "credits" -> credits = HoldRequest.readCredits(json);
                case "use" -> use = ChargeRequest.readUse(json);
                case "more" -> last = json.word(MORE).equals("none");
                case "overage" -> mayExceed = json.word(OVERAGE).equals("allow");
                default -> throw new IllegalStateException("unread field " + name);
            }
        }
        json.end();
        if ((quantity == null) == (credits == null)) {
            throw Problem.at(
                            "/credits",
                            quantity == null
                                    ? ProblemType.MISSING_FIELD
                                    : ProblemType.CONFLICTING_FIELDS,
                            "Say what the call came to: either quantity, priced as when the"
                                    + " credits were set aside, or credits.")
                    .toException();
        }
        return new CaptureRequest(quantity, credits, use, last, mayExceed);
    }

    Holding.Amount amount() {
        return new Holding.Amount(quantity == null ? BigDecimal.ONE : quantity, credits, use);
    }

    Fingerprint fingerprint(String hold) {
        var text =
                new CanonicalText("POST /v1/holds/{hold}/capture")
                        .add("hold", hold)
                        .add("quantity", quantity)
                        .add("credits", credits == null ? null : credits.toString())
                        .add("last", Boolean.toString(last))
                        .add("overage", Boolean.toString(mayExceed));
        if (use != null) {
            ChargeRequest.add(text, use);
        }
        return text.fingerprint();
    }
}
