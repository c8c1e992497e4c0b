package dev.scrip.service;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What a client library would not let us send.
final class TransportTest {

    private static final Pattern INSIDES =
            Pattern.compile("(java|dev\\.scrip|helidon)\\.|Exception|Helidon|\\bat [a-z]+\\.");

    @TempDir private static Path folder;
    private static TestServer server;

    @BeforeAll
    static void start() {
        server = new TestServer(folder);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Socket connect() throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), server.server().port());
    }

    /// Sends bytes as they are and reads until the server closes.
    private static String send(byte[]... parts) throws IOException {
        try (var socket = connect()) {
            socket.setSoTimeout(10_000);
            var out = socket.getOutputStream();
            try {
                for (var part : parts) {
                    out.write(part);
                    out.flush();
                }
            } catch (IOException e) {
                // The server has read enough and closed; its answer is there to be read.
                assertThat(e).isNotNull();
            }
            return readAnswer(socket);
        }
    }

    private static String readAnswer(Socket socket) throws IOException {
        var in = socket.getInputStream();
        var text = new StringBuilder();
        var buffer = new byte[8_192];
        while (true) {
            int head = text.indexOf("\r\n\r\n");
            if (head >= 0) {
                var length =
                        Pattern.compile("(?i)content-length: (\\d+)")
                                .matcher(text.substring(0, head));
                if (length.find()
                        && text.length() >= head + 4 + Integer.parseInt(length.group(1))) {
                    break;
                }
            }
            int read = in.read(buffer);
            if (read < 0) {
                break;
            }
            text.append(new String(buffer, 0, read, ISO_8859_1));
        }
        assertThat(INSIDES.matcher(text).find()).as(text.toString()).isFalse();
        return text.toString();
    }

    private static String send(String request) throws IOException {
        return send(request.replace("\n", "\r\n").getBytes(ISO_8859_1));
    }

    private static String head(String more) {
        return ("POST /v1/charges HTTP/1.1\nHost: localhost\nAuthorization: Bearer "
                        + server.admin()
                        + "\nIdempotency-Key: t\nContent-Type: application/json\n"
                        + more
                        + "\n\n")
                .replace("\n", "\r\n");
    }

    @Test
    void aBodyTooLargeByItsLengthIsRefusedUnread() throws IOException {
        var answer = send(head("Content-Length: 10485760").getBytes(UTF_8), new byte[1_000]);

        assertThat(answer).startsWith("HTTP/1.1 413 ").contains("\"code\":\"body_too_large\"");
        assertThat(answer).contains("Content-Type: application/problem+json");
    }

    @Test
    void aChunkedBodyIsRefusedWhereItBecomesTooLarge() throws IOException {
        var chunk = "10000\r\n" + "1".repeat(0x10000) + "\r\n";
        var parts = new byte[162][];
        parts[0] = head("Transfer-Encoding: chunked").getBytes(UTF_8);
        for (int i = 1; i < parts.length - 1; i++) {
            parts[i] = chunk.getBytes(UTF_8);
        }
        parts[161] = "0\r\n\r\n".getBytes(UTF_8);
        var answer = send(parts);

        // The answer may be lost when the client keeps sending into the closed connection.
        if (!answer.isEmpty()) {
            assertThat(answer).startsWith("HTTP/1.1 413 ").contains("\"code\":\"body_too_large\"");
        }
    }

    @Test
    void oneChunkTooLargeIsRefused() throws IOException {
        var answer = send((head("Transfer-Encoding: chunked") + "A00000\r\n1").getBytes(UTF_8));

        assertThat(answer).startsWith("HTTP/1.1 413 ").contains("\"code\":\"body_too_large\"");
    }

    @Test
    void aChunkedBodyIsRead() throws IOException {
        var answer =
                send(
                        (head("Transfer-Encoding: chunked") + "1\r\n{\r\n1\r\n}\r\n0\r\n\r\n")
                                .getBytes(UTF_8));

        assertThat(answer).startsWith("HTTP/1.1 400 ").contains("\"code\":\"missing_field\"");
    }

    @Test
    void aBodyThatStopsShortIsNotAnswered() throws IOException {
        try (var socket = connect()) {
            socket.getOutputStream().write((head("Content-Length: 100") + "{").getBytes(UTF_8));
            socket.shutdownOutput();
            assertThat(readAnswer(socket)).doesNotContain("HTTP/1.1 2");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET / HTTP/1.1~~|400",
                "GET / HTTP/1.1~Host: a~Host: b~~|400",
                "GET / HTTP/1.1~Host: ~~|400",
                "GET /health/live HTTP/1.1~Host: localhost~Host : x~~|400",
                "GET /health/live HTTP/1.1~Host: localhost~X: a\u0001b~~|400",
                "POST /v1/charges HTTP/1.1~Host: a~Content-Length: 2~Transfer-Encoding: chunked~~|400",
                "POST /v1/charges HTTP/1.1~Host: a~Content-Length: -1~~|400",
                "POST /v1/charges HTTP/1.1~Host: a~Content-Length: 2~Content-Length: 3~~|400",
                "POST /v1/charges HTTP/1.1~Host: a~Transfer-Encoding: xchunked~~|400",
                "POST /v1/charges HTTP/1.1~Host: a~Transfer-Encoding: gzip, chunked~~|501",
                "GET /%zz HTTP/1.1~Host: a~~|400",
            })
    void aRequestThatBreaksTheRulesIsRefusedAndTheConnectionClosed(String request, int status)
            throws IOException {
        var answer = send(request.replace('~', '\n'));

        assertThat(answer)
                .startsWith("HTTP/1.1 " + status + " ")
                .contains("application/problem+json")
                .contains("\"status\":" + status)
                .containsIgnoringCase("connection: close");
    }

    @Test
    void whatIsNotHttpIsHungUpOn() throws IOException {
        assertThat(send("NONSENSE\n\n")).isEmpty();
    }

    @Test
    void aUrlOrHeadersTooLongAreRefused() throws IOException {
        assertThat(send("GET /" + "x".repeat(20_000) + " HTTP/1.1\nHost: a\n\n"))
                .startsWith("HTTP/1.1 414 ")
                .contains("\"code\":\"uri_too_long\"");
        assertThat(send("GET /health/live HTTP/1.1\nHost: a\nX: " + "x".repeat(100_000) + "\n\n"))
                .startsWith("HTTP/1.1 4")
                .contains("application/problem+json");
    }

    @Test
    void traceIsNotServed() throws IOException {
        assertThat(send("TRACE /health/live HTTP/1.1\nHost: a\nCookie: secret\n\n"))
                .startsWith("HTTP/1.1 405 ")
                .contains("Allow: GET, HEAD")
                .doesNotContain("secret");
    }

    /// All that the server says until it closes, which it must do by itself.
    private static String readToTheEnd(String request) throws IOException {
        try (var socket = connect()) {
            socket.setSoTimeout(5_000);
            socket.getOutputStream().write(request.getBytes(UTF_8));
            return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
        }
    }

    @Test
    void aConnectionThatIsToBeClosedIsClosed() throws IOException {
        assertThat(
                        readToTheEnd(
                                "GET /health/live HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 200 ");
        assertThat(readToTheEnd(head("Content-Length: 2\nConnection: close") + "[]"))
                .startsWith("HTTP/1.1 400 ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"zz\r\nabc\r\n", "ffffffffff\r\nabc\r\n", "-1\r\nabc\r\n"})
    void badChunksAreTheClientsFaultAndTheLastThingOnAConnection(String chunks) throws IOException {
        var next = "GET /health/live HTTP/1.1\r\nHost: a\r\n\r\n";
        var answer = readToTheEnd(head("Transfer-Encoding: chunked") + chunks + next);

        assertThat(answer).matches("(?s)HTTP/1.1 4(00|13) .*").doesNotContain("HTTP/1.1 200");
    }

    @Test
    void theRestOfABodyThatWasRefusedIsNotTakenForRequests() throws IOException {
        var hidden = "GET /health/live HTTP/1.1\r\nHost: a\r\n\r\n".repeat(30_000);
        try (var socket = connect()) {
            socket.setSoTimeout(5_000);
            var sender =
                    Thread.startVirtualThread(() -> {
                        try {
                            socket.getOutputStream()
                                    .write(
                                            (head("Transfer-Encoding: chunked")
                                                            + Integer.toHexString(hidden.length())
                                                            + "\r\n"
                                                            + hidden
                                                            + "\r\n0\r\n\r\n")
                                                    .getBytes(UTF_8));
                        } catch (IOException _) {
                            // The server has closed, as it should.
                        }
                    });
            assertThat(readAnswer(socket)).doesNotContain("HTTP/1.1 200");
            sender.join();
        } catch (IOException e) {
            // Closed while there was still something to be read.
            assertThat(e).hasMessageContaining("reset");
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void theFirstLineMayHaveTheWholeUrl() throws IOException {
        assertThat(send("GET http://a/health/live HTTP/1.1\nHost: a\n\n"))
                .startsWith("HTTP/1.1 200 ");
    }

    @Test
    void theConnectionStaysUsableAfterAProblem() throws IOException {
        try (var socket = connect()) {
            var out = socket.getOutputStream();
            out.write((head("Content-Length: 2") + "[]").getBytes(UTF_8));
            assertThat(readAnswer(socket)).startsWith("HTTP/1.1 400 ");
            out.write("GET /health/live HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(UTF_8));
            assertThat(readAnswer(socket)).startsWith("HTTP/1.1 200 ");
        }
    }

    @Test
    void aBodyThatNobodyReadDoesNotBecomeTheNextRequest() throws IOException {
        try (var socket = connect()) {
            var out = socket.getOutputStream();
            var body = "GET /health/ready HTTP/1.1\r\nHost: a\r\n\r\n";
            out.write(
                    ("POST /v1/charges HTTP/1.1\r\nHost: a\r\nContent-Length: "
                                    + body.length()
                                    + "\r\n\r\n"
                                    + body
                                    + "GET /health/live HTTP/1.1\r\nHost: a\r\n\r\n")
                            .getBytes(UTF_8));
            assertThat(readAnswer(socket)).startsWith("HTTP/1.1 401 ");
        }
    }
}
