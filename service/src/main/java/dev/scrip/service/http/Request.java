package dev.scrip.service.http;

import dev.scrip.service.access.Caller;
import io.helidon.common.buffers.DataReader;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.RequestException;
import io.helidon.http.ServerRequestHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A request that reached its route.
public final class Request {

    /// Set by a standby that passes a request on: the host that its client asked. A form of another
    /// site cannot set it, so it is as good as `Host` against such.
    public static final HeaderName FORWARDED_HOST = HeaderNames.create("Scrip-Forwarded-Host");

    private static final HeaderName IDEMPOTENCY_KEY = HeaderNames.create("Idempotency-Key");
    private static final List<String> JSON = List.of("application/json");
    private static final List<String> EVENT_TYPES =
            List.of(
                    "application/cloudevents+json",
                    "application/cloudevents-batch+json",
                    "application/json");
    private static final byte[] NOTHING = new byte[0];

    private final ServerRequest in;
    private final List<String> arguments;
    private final @Nullable Caller caller;

    Request(ServerRequest in, List<String> arguments, @Nullable Caller caller) {
        this.in = in;
        this.arguments = arguments;
        this.caller = caller;
    }

    /// Who asks. Only routes that need a key have one.
    public Caller caller() {
        if (caller == null) {
            throw new IllegalStateException("An open route asked who calls.");
        }
        return caller;
    }

    /// The segment that the template's n-th name took.
    public String argument(int index) {
        return Query.decodedSegment(arguments.get(index));
    }

    public @Nullable String header(HeaderName name) {
        var headers = in.headers();
        return headers.contains(name) ? headers.get(name).get() : null;
    }

    /// The address that the client asked, which is what it takes this server for.
    public @Nullable String host() {
        var forwarded = header(FORWARDED_HOST);
        return forwarded == null ? header(HeaderNames.HOST) : forwarded;
    }

    /// All of its headers, as they came.
    public ServerRequestHeaders headers() {
        return in.headers();
    }

    public String method() {
        return in.prologue().method().text();
    }

    /// Path and query as they came, starting with a slash.
    public String target() {
        var path = Router.path(in.path().rawPath());
        var query = in.query().rawValue();
        return query == null || query.isEmpty() ? path : path + "?" + query;
    }

    /// The query's parameters, which must be among the given names.
    public Query query(String... names) {
        return Query.parse(in.query().rawValue(), List.of(names));
    }

    /// The idempotency key, written as a quoted string of RFC 9651 or bare.
    public String idempotencyKey() {
        var headers = in.headers();
        if (!headers.contains(IDEMPOTENCY_KEY)) {
            throw Problem.of(
                            ProblemType.IDEMPOTENCY_KEY_MISSING,
                            "Send a header Idempotency-Key that is new for each call and the same"
                                    + " when you retry it, such as a UUID.")
                    .toException();
        }
        var header = headers.get(IDEMPOTENCY_KEY);
        return IdempotencyKeys.parse(header.valueCount() == 1 ? header.get() : "");
    }

    /// The body, which must be JSON.
    public JsonReader json() {
        requireType(JSON);
        return JsonReader.of(body());
    }

    /// A body of usage events, in one of the media types of CloudEvents.
    public byte[] events() {
        requireType(EVENT_TYPES);
        return body();
    }

    /// Refuses a body where there is nothing to say.
    public void requireNoBody() {
        if (body().length > 0) {
            throw Problem.of(ProblemType.BAD_REQUEST, "Send no body with this request.")
                    .toException();
        }
    }

    public byte[] body() {
        if (!in.content().hasEntity()) {
            return NOTHING;
        }
        long length = in.headers().contentLength().orElse(-1);
        // Larger bodies were refused by their length, and chunked ones are as they are read. The
        // stream stays open: closing it would wait for what a client has yet to send.
        var stream = in.content().inputStream();
        try {
            if (length < 0) {
                return stream.readAllBytes();
            }
            var body = new byte[(int) length];
            int read = stream.readNBytes(body, 0, body.length);
            if (read < body.length || stream.read() >= 0) {
                throw Problem.of(
                                ProblemType.BAD_REQUEST,
                                "The body is not as long as Content-Length says.")
                        .toException();
            }
            return body;
        } catch (IOException
                | UncheckedIOException
                | DataReader.InsufficientDataAvailableException e) {
            throw new CloseConnectionException("The client went away while it sent a body.", e);
        } catch (RequestException e) {
            throw e.status().equals(Status.REQUEST_ENTITY_TOO_LARGE_413)
                    ? new BrokenBodyException(
                            Problem.of(
                                    ProblemType.BODY_TOO_LARGE,
                                    "The body has more bytes than this server takes."),
                            e)
                    : badChunks(e);
        } catch (IllegalArgumentException | IllegalStateException e) {
            throw badChunks(e);
        }
    }

    private static BrokenBodyException badChunks(RuntimeException cause) {
        return new BrokenBodyException(
                Problem.of(
                        ProblemType.BAD_REQUEST,
                        "The body breaks the rules of HTTP: look at the sizes of its chunks."),
                cause);
    }

    private void requireType(List<String> types) {
        var type = header(HeaderNames.CONTENT_TYPE);
        if (!types.getFirst().equals(type)) {
            requireType(types, type == null ? "" : type.toLowerCase(Locale.ROOT));
        }
        var encoding = header(HeaderNames.CONTENT_ENCODING);
        if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
            throw Problem.of(
                            ProblemType.UNSUPPORTED_ENCODING,
                            "The Content-Encoding "
                                    + Quoted.of(encoding)
                                    + " is not accepted. Send the body as it is.")
                    .toException();
        }
    }

    private static void requireType(List<String> types, String type) {
        int end = type.indexOf(';');
        var name = (end < 0 ? type : type.substring(0, end)).strip();
        if (!types.contains(name)) {
            throw Problem.of(
                            ProblemType.UNSUPPORTED_MEDIA_TYPE,
                            "Send the header Content-Type: "
                                    + String.join(" or ", types)
                                    + (type.isEmpty() ? "." : ", not " + Quoted.of(type) + "."))
                    .toException();
        }
        var charset = end < 0 ? "" : type.substring(end + 1).strip().replace("\"", "");
        if (!charset.isEmpty() && !charset.equals("charset=utf-8")) {
            throw Problem.of(
                            ProblemType.UNSUPPORTED_CHARSET,
                            "Send UTF-8, not " + Quoted.of(charset) + ".")
                    .toException();
        }
    }
}
