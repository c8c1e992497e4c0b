package dev.scrip.service.http;

import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import java.util.Arrays;

/// Answers what the server refuses before any route sees it: broken framing, too long a URL, too
/// large a body. What the server would say is not passed on.
final class TransportProblems implements DirectHandler {

    private final int bodyBytesMax;

    TransportProblems(int bodyBytesMax) {
        this.bodyBytesMax = bodyBytesMax;
    }

    @Override
    public TransportResponse handle(
            TransportRequest request,
            EventType eventType,
            Status defaultStatus,
            ServerResponseHeaders responseHeaders,
            String message) {
        var id = Problems.requestId();
        var problem = problem(request, defaultStatus.code(), id);
        var json = Problems.document(problem, id);
        return TransportResponse.builder()
                .status(Status.create(problem.type().status()))
                .headers(responseHeaders)
                .header(HeaderNames.CONTENT_TYPE, "application/problem+json")
                .header(HeaderNames.CACHE_CONTROL, "no-store")
                .header(HeaderNames.X_CONTENT_TYPE_OPTIONS, "nosniff")
                .keepAlive(false)
                .entity(Arrays.copyOf(json.buffer(), json.length()))
                .build();
    }

    private Problem problem(TransportRequest request, int status, String id) {
        return switch (status) {
            case 413 ->
                    Problem.of(
                            ProblemType.BODY_TOO_LARGE,
                            "The body must have at most " + bodyBytesMax + " bytes.");
            case 414 ->
                    Problem.of(
                            ProblemType.URI_TOO_LONG,
                            "The first line of a request must have at most "
                                    + Transport.REQUEST_LINE_BYTES_MAX
                                    + " bytes.");
            case 431 ->
                    Problem.of(
                            ProblemType.HEADERS_TOO_LARGE,
                            "The headers must have at most "
                                    + Transport.HEADER_BYTES_MAX
                                    + " bytes.");
            case 500 -> Problems.internal(id);
            case 501 ->
                    Problem.of(
                            ProblemType.NOT_IMPLEMENTED,
                            "The Transfer-Encoding is not supported. Send chunked or a length.");
            case 503 -> Problem.of(ProblemType.OVERLOADED, "Send it again in a moment.");
            default ->
                    request.headers().contains(HeaderNames.CONTENT_ENCODING)
                            ? Problem.of(
                                    ProblemType.UNSUPPORTED_ENCODING,
                                    "The body must not have a Content-Encoding. Send it as it is.")
                            : Problem.of(
                                    ProblemType.BAD_REQUEST,
                                    "The request breaks the rules of HTTP: look at its first line,"
                                            + " its Host and its length headers.");
        };
    }
}
