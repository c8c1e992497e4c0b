package dev.scrip.client;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// Sends a call until it has an answer, its attempts are used up or its deadline is over.
///
/// Every attempt sends the same bytes and the same idempotency key, so an attempt whose answer got
/// lost is found again by the next one. The deadline covers everything, the body of the answer
/// included, which the timeout of [HttpRequest] does not. What was sent last is cancelled when it
/// passes.
final class Transport implements AutoCloseable {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

    private static final int NOT_IMPLEMENTED = 501;

    private final ClientSettings settings;
    private final HttpClient http;
    private final Semaphore places;

    Transport(ClientSettings settings) {
        this.settings = settings;
        this.http =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .connectTimeout(CONNECT_TIMEOUT)
                        .executor(Executors.newVirtualThreadPerTaskExecutor())
                        .build();
        this.places = new Semaphore(settings.concurrentCallsMax());
    }

    private sealed interface Attempt {

        record Answered(HttpResponse<byte[]> answer) implements Attempt {}

        /// @param notBefore how long the server asked to be left alone
        record Failed(String why, @Nullable Throwable cause, Duration notBefore)
                implements Attempt {}
    }

    /// @throws NoAnswerException if there is no answer
    HttpResponse<byte[]> send(HttpRequest request) {
        var deadline = Deadline.after(settings.deadline());
        var backoff = new Backoff();
        for (int sent = 1; ; sent++) {
            switch (attempt(request, deadline)) {
                case Attempt.Answered(var answer) -> {
                    return answer;
                }
                case Attempt.Failed(var why, var cause, var notBefore) -> {
                    long pauseNanos = backoff.nextNanos(notBefore);
                    if (sent == settings.attemptsMax() || pauseNanos >= deadline.nanosLeft()) {
                        throw noAnswer(request, sent, why, cause);
                    }
                    pause(request, sent, pauseNanos);
                }
            }
        }
    }

    private Attempt attempt(HttpRequest request, Deadline deadline) {
        boolean placed = false;
        try {
            placed = places.tryAcquire(deadline.nanosLeft(), TimeUnit.NANOSECONDS);
            return placed
                    ? exchange(request, deadline)
                    : new Attempt.Failed(
                            "all " + settings.concurrentCallsMax() + " calls at a time are taken",
                            null,
                            Duration.ZERO);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NoAnswerException(what(request) + " was interrupted.", e);
        } finally {
            if (placed) {
                places.release();
            }
        }
    }

    private Attempt exchange(HttpRequest request, Deadline deadline) throws InterruptedException {
        var capped = BodyHandlers.limiting(BodyHandlers.ofByteArray(), settings.answerBytesMax());
        var coming = http.sendAsync(request, capped);
        try {
            return judged(coming.get(deadline.nanosLeft(), TimeUnit.NANOSECONDS));
        } catch (TimeoutException e) {
            return new Attempt.Failed("the deadline is over", e, Duration.ZERO);
        } catch (ExecutionException | CancellationException e) {
            var cause = e.getCause() == null ? e : e.getCause();
            var why = cause instanceof IOException ? cause.getMessage() : cause.toString();
            return new Attempt.Failed(
                    why == null ? cause.getClass().getSimpleName() : why, cause, Duration.ZERO);
        } finally {
            // Frees the connection when we stop waiting; does nothing to a call that ended.
            coming.cancel(true);
        }
    }

    private static Attempt judged(HttpResponse<byte[]> response) {
        // What the server could not finish it may have done or not: only asking again can tell.
        if (response.statusCode() < 500 || response.statusCode() == NOT_IMPLEMENTED) {
            return new Attempt.Answered(response);
        }
        var problem = Wire.problem(response.statusCode(), response.body());
        return new Attempt.Failed(problem.toString(), null, retryAfter(response.headers()));
    }

    private static Duration retryAfter(HttpHeaders headers) {
        var value = headers.firstValue("Retry-After").orElse("");
        // The other form, a date, would need a clock that agrees with the server's.
        return value.matches("\\d{1,6}")
                ? Duration.ofSeconds(Long.parseLong(value))
                : Duration.ZERO;
    }

    private static void pause(HttpRequest request, int sent, long nanos) {
        try {
            TimeUnit.NANOSECONDS.sleep(nanos);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NoAnswerException(
                    what(request) + " was interrupted after " + sent + " attempts.", e);
        }
    }

    private NoAnswerException noAnswer(
            HttpRequest request, int sent, String why, @Nullable Throwable cause) {
        return new NoAnswerException(
                what(request)
                        + " had no answer within "
                        + settings.deadline().toMillis()
                        + " ms and "
                        + sent
                        + (sent == 1 ? " attempt; it ended with: " : " attempts; the last: ")
                        + why,
                cause);
    }

    private static String what(HttpRequest request) {
        return request.method() + " " + request.uri();
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
