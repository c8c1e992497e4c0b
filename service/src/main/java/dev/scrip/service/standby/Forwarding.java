package dev.scrip.service.standby;

import dev.scrip.service.http.Handler;
import dev.scrip.service.http.Problem;
import dev.scrip.service.http.ProblemException;
import dev.scrip.service.http.ProblemType;
import dev.scrip.service.http.Request;
import dev.scrip.service.http.Response;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Passes requests on to the writer and its answers back, as they are but for what is about the
/// connections.
///
/// An answer is taken whole before it is passed back, so that one that breaks off becomes a problem
/// rather than half an answer. Whoever waits for a writer that is no longer the writer is told at
/// once: it may stand still, and answer nothing for long.
public final class Forwarding implements Handler, AutoCloseable {

    private static final Duration CONNECT_WITHIN = Duration.ofSeconds(1);

    /// More than the writer itself takes before it says that it is too late.
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(15);

    /// Far above the longest page of entries.
    private static final int ANSWER_BYTES_MAX = 32 << 20;

    /// What is about one connection and not the request, and what the client sets itself.
    private static final Set<String> OF_THE_CONNECTION =
            Set.of(
                    "connection",
                    "content-length",
                    "date",
                    "expect",
                    "host",
                    "http2-settings",
                    "keep-alive",
                    "proxy-authenticate",
                    "proxy-authorization",
                    "te",
                    "trailer",
                    "transfer-encoding",
                    "upgrade",
                    Request.FORWARDED_HOST.lowerCase());

    private static final Set<String> CHANGING_NOTHING = Set.of("GET", "HEAD");

    private final Supplier<@Nullable Writer> writers;
    private final HttpClient client =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .connectTimeout(CONNECT_WITHIN)
                    .executor(Executors.newVirtualThreadPerTaskExecutor())
                    .build();
    private final Set<UnderWay> underWay = ConcurrentHashMap.newKeySet();

    /// A request that the writer of a term has. A class, since each is only itself.
    private static final class UnderWay {

        final long epoch;
        final CompletableFuture<?> answer;

        UnderWay(long epoch, CompletableFuture<?> answer) {
            this.epoch = epoch;
            this.answer = answer;
        }
    }

    /// @param writers who is the writer at the moment; null when nobody is, or cannot be reached
    public Forwarding(Supplier<@Nullable Writer> writers) {
        this.writers = writers;
    }

    @Override
    public Response handle(Request request) {
        // Read first: what cannot be read is the client's matter, whoever the writer is.
        var body = request.body();
        var writer = writers.get();
        if (writer == null || request.headers().contains(Request.FORWARDED_HOST)) {
            throw noWriter();
        }
        var answer = send(writer, forwarded(request, writer, body));
        return Response.relayed(answer.statusCode(), headers(answer.headers()), answer.body());
    }

    private static HttpRequest forwarded(Request request, Writer writer, byte[] body) {
        try {
            // The body of a HEAD is left out where its answer is sent, here.
            var method = request.method().equals("HEAD") ? "GET" : request.method();
            var forwarded =
                    HttpRequest.newBuilder(URI.create(writer.url() + request.target()))
                            .timeout(ANSWER_WITHIN)
                            .method(
                                    method,
                                    body.length == 0
                                            ? BodyPublishers.noBody()
                                            : BodyPublishers.ofByteArray(body));
            for (var header : request.headers()) {
                if (!OF_THE_CONNECTION.contains(header.headerName().lowerCase())) {
                    header.allValues().forEach(value -> forwarded.header(header.name(), value));
                }
            }
            var host = request.host();
            return forwarded
                    .header(Request.FORWARDED_HOST.defaultCase(), host == null ? "" : host)
                    .build();
        } catch (IllegalArgumentException e) {
            throw Problem.of(
                            ProblemType.BAD_REQUEST,
                            "The path, the method or a header breaks the rules of HTTP: "
                                    + e.getMessage())
                    .toException();
        }
    }

    private HttpResponse<byte[]> send(Writer writer, HttpRequest request) {
        var answer =
                client.sendAsync(
                        request,
                        BodyHandlers.limiting(BodyHandlers.ofByteArray(), ANSWER_BYTES_MAX));
        var sent = new UnderWay(writer.epoch(), answer);
        underWay.add(sent);
        try {
            return answer.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof ConnectException
                            || e.getCause() instanceof HttpConnectTimeoutException
                    ? noWriter()
                    : broken(request);
        } catch (CancellationException _) {
            throw broken(request);
        } catch (InterruptedException _) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw broken(request);
        } finally {
            underWay.remove(sent);
        }
    }

    private static List<Header> headers(HttpHeaders headers) {
        var relayed = new ArrayList<Header>();
        for (var header : headers.map().entrySet()) {
            var name = header.getKey().toLowerCase(Locale.ROOT);
            if (!OF_THE_CONNECTION.contains(name)) {
                relayed.add(
                        HeaderValues.create(
                                HeaderNames.create(header.getKey()),
                                header.getValue().toArray(String[]::new)));
            }
        }
        return relayed;
    }

    private static ProblemException broken(HttpRequest request) {
        return CHANGING_NOTHING.contains(request.method())
                ? noWriter()
                : retryable(
                        ProblemType.OUTCOME_UNKNOWN,
                        "The writer was lost while it had the request, which may have been carried"
                                + " out or not. Send it again with the same Idempotency-Key: it"
                                + " then happens once and you get its answer.");
    }

    private static ProblemException noWriter() {
        return retryable(
                ProblemType.NO_WRITER,
                "No server can be reached that may write at the moment; one takes over within"
                        + " seconds. Nothing was done; send it again in a moment.");
    }

    private static ProblemException retryable(ProblemType type, String detail) {
        return Problem.of(type, detail)
                .with(HeaderValues.create(HeaderNames.RETRY_AFTER, "1"))
                .toException();
    }

    /// Lets nobody wait for whoever is the writer no longer.
    void giveUpOldOnes() {
        var writer = writers.get();
        for (var sent : underWay) {
            if (writer == null || sent.epoch != writer.epoch()) {
                sent.answer.cancel(true);
            }
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
