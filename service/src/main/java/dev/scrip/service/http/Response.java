package dev.scrip.service.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerResponse;
import java.util.ArrayList;
import java.util.List;

/// An answer on its way out.
public final class Response {

    private static final Header JSON =
            HeaderValues.createCached(HeaderNames.CONTENT_TYPE, "application/json");
    private static final Header PROBLEM =
            HeaderValues.createCached(HeaderNames.CONTENT_TYPE, "application/problem+json");
    private static final Header NO_STORE =
            HeaderValues.createCached(HeaderNames.CACHE_CONTROL, "no-store");
    private static final Header NO_SNIFF =
            HeaderValues.createCached("X-Content-Type-Options", "nosniff");
    private static final byte[] NOTHING = new byte[0];

    private final Status status;
    private final byte[] body;
    private final int length;
    private final List<Header> headers = new ArrayList<>(12);
    private boolean closes;

    private Response(Status status, Header contentType, byte[] body, int length) {
        this.status = status;
        this.body = body;
        this.length = length;
        headers.add(contentType);
        headers.add(NO_STORE);
        headers.add(NO_SNIFF);
    }

    public static Response json(Status status, JsonWriter json) {
        return new Response(status, JSON, json.buffer(), json.length());
    }

    public static Response ok(JsonWriter json) {
        return json(Status.OK_200, json);
    }

    static Response problem(Status status, JsonWriter json) {
        return new Response(status, PROBLEM, json.buffer(), json.length());
    }

    /// @param contentType with its charset, such as `text/html; charset=utf-8`
    public static Response text(Status status, String contentType, String body) {
        var bytes = body.getBytes(UTF_8);
        return new Response(
                status,
                HeaderValues.create(HeaderNames.CONTENT_TYPE, contentType),
                bytes,
                bytes.length);
    }

    /// Sends a browser to another page after a form.
    public static Response seeOther(String location) {
        return new Response(
                Status.SEE_OTHER_303,
                HeaderValues.create(HeaderNames.LOCATION, location),
                NOTHING,
                0);
    }

    public static Response noContent() {
        var response = new Response(Status.NO_CONTENT_204, JSON, NOTHING, 0);
        response.headers.removeFirst();
        return response;
    }

    /// What another server answered, as it is.
    ///
    /// @param headers all but those that are about its connection and the length of the body
    public static Response relayed(int status, List<Header> headers, byte[] body) {
        var response = new Response(Status.create(status), JSON, body, body.length);
        response.headers.clear();
        return response.with(headers);
    }

    public Response with(Header header) {
        headers.add(header);
        return this;
    }

    public Response with(List<Header> more) {
        headers.addAll(more);
        return this;
    }

    /// Closes the connection after it was sent: what comes next on it cannot be trusted.
    Response closing() {
        closes = true;
        headers.add(HeaderValues.CONNECTION_CLOSE);
        return this;
    }

    boolean closes() {
        return closes;
    }

    void send(ServerResponse out) {
        out.status(status);
        for (int i = 0; i < headers.size(); i++) {
            out.header(headers.get(i));
        }
        out.send(body, 0, length);
    }

    /// What a HEAD request gets: the length, and nothing else of the body.
    void sendHead(ServerResponse out) {
        out.status(status);
        headers.forEach(out::header);
        out.header(HeaderValues.create(HeaderNames.CONTENT_LENGTH, length));
        out.send();
    }
}
