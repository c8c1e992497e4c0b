package dev.scrip.service.api;

import dev.scrip.metering.UnknownOperationException;
import dev.scrip.metering.UnknownUnitException;
import dev.scrip.pricing.UnderCostException;
import dev.scrip.service.http.Problem;
import dev.scrip.service.http.ProblemType;
import dev.scrip.service.http.Quoted;

/// What it means to a caller that a call cannot be priced.
final class Unpriceable {

    private Unpriceable() {}

    /// As the body of a charge or a hold names its fields.
    ///
    /// @throws RuntimeException the exception itself, when it is about something else
    static Problem problem(RuntimeException e) {
        return problem(e, "/operation", "/use");
    }

    /// @param operationAt the JSON pointer of the operation
    /// @param useAt the JSON pointer of the measured use
    /// @throws RuntimeException the exception itself, when it is about something else
    static Problem problem(RuntimeException e, String operationAt, String useAt) {
        return switch (e) {
            case UnknownOperationException unknown -> unknown(unknown, operationAt);
            case UnknownUnitException unknown -> unknown(unknown, useAt);
            // What it costs us is not the customer's to know.
            case UnderCostException _ ->
                    Problem.of(
                            ProblemType.PRICE_UNDER_COST,
                            "The adjustments of the price book would sell this call under its"
                                    + " cost, which its limits refuse. The provider has to mend"
                                    + " the price book.");
            case IllegalArgumentException notPriceable ->
                    Problem.of(
                            ProblemType.NOT_PRICEABLE, String.valueOf(notPriceable.getMessage()));
            default -> throw e;
        };
    }

    private static Problem unknown(UnknownOperationException e, String at) {
        return Problem.at(
                        at,
                        ProblemType.UNKNOWN_OPERATION,
                        "The price book has no operation "
                                + Quoted.of(e.operation())
                                + ". The nearest: "
                                + String.join(", ", e.nearest())
                                + ".")
                .with(json -> {
                    json.beginArray("nearest");
                    e.nearest().forEach(json::element);
                    json.endArray();
                });
    }

    private static Problem unknown(UnknownUnitException e, String at) {
        return Problem.at(
                at + "/third_party/" + e.unit().replace("~", "~0").replace("/", "~1"),
                ProblemType.UNKNOWN_UNIT,
                "The price book has no rate for this unit. "
                        + (e.known().isEmpty()
                                ? "It has none at all."
                                : "Units: " + String.join(", ", e.known()) + "."));
    }
}
