package dev.scrip.service.api;

import dev.scrip.ledger.Fingerprint;
import dev.scrip.service.http.Fields;
import dev.scrip.service.http.JsonReader;
import dev.scrip.service.http.ProblemException;
import java.util.ArrayList;
import java.util.List;

/// The body of a batch of charges.
///
/// @param together whether they are taken all or none; otherwise each by itself
/// @param charges each as it was sent, since a fault in one of those taken by themselves is its own
record BatchRequest(boolean together, List<byte[]> charges) {

    private static final Fields FIELDS = Fields.of("mode", "charges");
    private static final List<String> MODES = List.of("all", "each");
    private static final int CHARGES_MAX = 1_000;

    static BatchRequest read(JsonReader json) {
        String mode = null;
        List<byte[]> charges = null;
        var body = json.object(FIELDS);
        for (var name = body.next(); name != null; name = body.next()) {
            switch (name) {
                case "mode" -> mode = json.word(MODES);
                case "charges" -> charges = json.elements(CHARGES_MAX);
                default -> throw new IllegalStateException("unread field " + name);
            }
        }
        json.end();
        return new BatchRequest(
                body.require("mode", mode).equals("all"), body.require("charges", charges));
    }

    /// @throws ProblemException that names the charge at fault
    List<ChargeRequest> readAll() {
        var read = new ArrayList<ChargeRequest>(charges.size());
        for (var charge : charges) {
            try {
                read.add(ChargeRequest.read(JsonReader.of(charge, pointer(read.size()))));
            } catch (ProblemException e) {
                throw e.problem().within(pointer(read.size())).inPart(read.size()).toException();
            }
        }
        return read;
    }

    static String pointer(int index) {
        return "/charges/" + index;
    }

    static Fingerprint fingerprint(List<ChargeRequest> charges) {
        var text = new CanonicalText("POST /v1/charges/batch");
        for (var charge : charges) {
            text.add("charge", charge.fingerprint().toString());
        }
        return text.fingerprint();
    }
}
