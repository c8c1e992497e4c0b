package dev.scrip.service.standby;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.scrip.service.access.ApiKey;
import dev.scrip.service.access.ApiKeys;
import dev.scrip.service.access.KeyStore;
import dev.scrip.service.http.Request;
import dev.scrip.service.http.Router;
import dev.scrip.service.http.Transport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A standby between a client and a writer that answers what a test wants.
final class ForwardingTest {

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Forwarding forwarding = new Forwarding(() -> this.writer);
    private HttpServer server;
    private Transport transport;
    private volatile @Nullable Writer writer;
    private volatile HttpHandler behaviour = ForwardingTest::echo;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> behaviour.handle(exchange));
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
        writer = writer(1, server.getAddress().getPort());
        var keys = new ApiKeys(new NoKeys(), InstantSource.system());
        transport =
                Transport.start("127.0.0.1", 0, 1 << 20, new Router(keys, List.of(), forwarding));
    }

    @AfterEach
    void stop() {
        transport.close();
        forwarding.close();
        server.stop(0);
        http.close();
    }

    private static Writer writer(long epoch, int port) {
        return new Writer(epoch, URI.create("http://127.0.0.1:" + port));
    }

    /// Answers with what it was asked.
    private static void echo(HttpExchange exchange) throws IOException {
        var body =
                exchange.getRequestMethod()
                        + " "
                        + exchange.getRequestURI()
                        + "\n"
                        + exchange.getRequestHeaders().getFirst("Idempotency-Key")
                        + "\n"
                        + exchange.getRequestHeaders()
                                .getFirst(Request.FORWARDED_HOST.defaultCase())
                        + "\n"
                        + new String(exchange.getRequestBody().readAllBytes(), UTF_8);
        exchange.getResponseHeaders().add("X-One", "1");
        exchange.getResponseHeaders().add("Set-Cookie", "a=1");
        exchange.getResponseHeaders().add("Set-Cookie", "b=2");
        exchange.getResponseHeaders().add("Content-Type", "text/plain");
        var bytes = body.getBytes(UTF_8);
        exchange.sendResponseHeaders(409, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private HttpRequest.Builder request(String target) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + transport.port() + target))
                .timeout(Duration.ofSeconds(20));
    }

    private HttpRequest post(String body) {
        return request("/v1/charges?a=%2F&b=c%20d")
                .header("Idempotency-Key", "k")
                .POST(BodyPublishers.ofString(body))
                .build();
    }

    private HttpResponse<String> send(HttpRequest request)
            throws IOException, InterruptedException {
        return http.send(request, BodyHandlers.ofString());
    }

    private static void assertRefused(HttpResponse<String> answer, String code) {
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Content-Type"))
                .hasValue("application/problem+json");
        assertThat(answer.headers().firstValue("Retry-After")).hasValue("1");
        assertThat(answer.body())
                .contains("\"code\":\"" + code + "\"")
                .contains("\"retryable\":true");
    }

    @Test
    void requestAndAnswerPassAsTheyAre() throws Exception {
        var answer = send(post("{\"é\":1}"));

        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(answer.body())
                .isEqualTo(
                        "POST /v1/charges?a=%2F&b=c%20d\nk\nlocalhost:"
                                + transport.port()
                                + "\n{\"é\":1}");
        assertThat(answer.headers().firstValue("X-One")).hasValue("1");
        assertThat(answer.headers().allValues("Set-Cookie")).containsExactly("a=1", "b=2");
        assertThat(answer.headers().allValues("Content-Type")).containsExactly("text/plain");
        assertThat(answer.headers().allValues("Date")).hasSizeLessThan(2);
    }

    @Test
    void aHeadHasTheLengthAndNoBody() throws Exception {
        var get = send(request("/v1/prices").GET().build());
        var head = send(request("/v1/prices").HEAD().build());

        assertThat(head.statusCode()).isEqualTo(409);
        assertThat(head.body()).isEmpty();
        assertThat(head.headers().firstValue("Content-Length"))
                .isEqualTo(get.headers().firstValue("Content-Length"));
    }

    @Test
    void withoutAWriterNothingIsDone() throws Exception {
        writer = null;
        assertRefused(send(post("{}")), "no_writer");

        try (var free = new ServerSocket(0)) {
            writer = writer(1, free.getLocalPort());
        }
        assertRefused(send(post("{}")), "no_writer");
    }

    @Test
    void whatAnotherStandbyPassedOnIsNotPassedOnAgain() throws Exception {
        var looping =
                request("/v1/charges")
                        .header(
                                Request.FORWARDED_HOST.defaultCase().toLowerCase(Locale.ROOT),
                                "example.com")
                        .build();
        assertRefused(send(looping), "no_writer");
    }

    @Test
    void anAnswerThatBreaksOffIsUnknownWhenItMayHaveChangedSomething() throws Exception {
        behaviour =
                exchange -> {
                    exchange.sendResponseHeaders(201, 1_000);
                    exchange.getResponseBody().write(new byte[10]);
                    exchange.getResponseBody().flush();
                    exchange.close();
                };
        assertRefused(send(post("{}")), "outcome_unknown");
        assertRefused(send(request("/v1/accounts/a").build()), "no_writer");
    }

    @Test
    void nobodyWaitsForAWriterThatIsNoLongerTheWriter() throws Exception {
        behaviour =
                exchange -> {
                    try {
                        Thread.sleep(Duration.ofSeconds(60));
                    } catch (InterruptedException _) {
                        exchange.close();
                    }
                };
        var waiting = http.sendAsync(post("{}"), BodyHandlers.ofString());
        Thread.sleep(200);
        forwarding.giveUpOldOnes();
        Thread.sleep(200);
        assertThat(waiting.isDone()).as("it is still the writer").isFalse();

        writer = writer(2, server.getAddress().getPort());
        forwarding.giveUpOldOnes();
        assertRefused(waiting.get(5, TimeUnit.SECONDS), "outcome_unknown");
    }

    private static final class NoKeys implements KeyStore {

        @Override
        public List<ApiKey> all() {
            return List.of();
        }

        @Override
        public void remove(String id) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void add(ApiKey key) {
            throw new UnsupportedOperationException();
        }
    }
}
