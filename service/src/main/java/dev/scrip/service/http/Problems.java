package dev.scrip.service.http;

import dev.scrip.ledger.PartitionException;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import java.util.concurrent.ThreadLocalRandom;

/// Turns what went wrong into `application/problem+json`.
final class Problems {

    private static final String RETRY_AFTER_SECONDS = "1";
    private static final int ID_RADIX = 32;

    private Problems() {}

    /// An id to find the request by in the log.
    static String requestId() {
        return "rq_" + Long.toUnsignedString(ThreadLocalRandom.current().nextLong(), ID_RADIX);
    }

    static Response response(Problem problem, String requestId) {
        var type = problem.type();
        return Response.problem(Status.create(type.status()), document(problem, requestId))
                .with(problem.headers());
    }

    static JsonWriter document(Problem problem, String requestId) {
        var type = problem.type();
        var json = new JsonWriter();
        json.beginObject()
                .field("type", type.uri())
                .field("title", type.title())
                .field("status", type.status())
                .field("code", type.code())
                .field("detail", problem.detail())
                .field("instance", "urn:scrip:request:" + requestId)
                .field("request_id", requestId)
                .field("retryable", type.retryable());
        if (problem.pointer() != null) {
            json.field("pointer", problem.pointer());
        }
        problem.members().write(json);
        json.endObject();
        return json;
    }

    /// What a partition that cannot answer means to the caller.
    static Problem of(PartitionException e) {
        var retryAfter = HeaderValues.create(HeaderNames.RETRY_AFTER, RETRY_AFTER_SECONDS);
        return switch (e.kind()) {
            case OVERLOADED ->
                    Problem.of(
                                    ProblemType.OVERLOADED,
                                    "More requests wait than can be answered soon. Nothing was"
                                            + " done; send it again in a moment.")
                            .with(retryAfter);
            case UNAVAILABLE ->
                    Problem.of(
                                    ProblemType.UNAVAILABLE,
                                    "The ledger does not serve at the moment. Nothing was done;"
                                            + " send it again in a moment.")
                            .with(retryAfter);
            case OUTCOME_UNKNOWN ->
                    Problem.of(
                                    ProblemType.OUTCOME_UNKNOWN,
                                    "The request may have been carried out or not. Send it again"
                                            + " with the same Idempotency-Key: it then happens once"
                                            + " and you get its answer.")
                            .with(retryAfter);
        };
    }

    static Problem internal(String requestId) {
        return Problem.of(
                ProblemType.INTERNAL_ERROR,
                "This is a fault of ours. Send it again with the same Idempotency-Key if it had one;"
                        + " if it stays, report "
                        + requestId
                        + ".");
    }
}
