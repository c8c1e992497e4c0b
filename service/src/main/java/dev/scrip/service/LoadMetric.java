package dev.scrip.service;

import dev.scrip.metering.LoadWatch;
import dev.scrip.metering.PriceBooks;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.InstantSource;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads the load from a page of metrics in the text format of Prometheus, now and then.
///
/// A page that does not answer, or does not have the metric, is no news: after a while the load
/// counts as not known.
final class LoadMetric implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(LoadMetric.class.getName());
    private static final Duration EVERY = Duration.ofSeconds(15);
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(5);
    private static final int HTTP_OK = 200;
    private static final Pattern PLAIN =
            Pattern.compile("\\d{1,9}(\\.\\d{1,30})?([eE][-+]?\\d{1,2})?");
    private static final int DECIMALS = 6;

    private final Source source;
    private final LoadWatch loads;
    private final PriceBooks priceBooks;
    private final InstantSource clock;
    private final HttpClient http;
    private final Thread thread;
    private volatile boolean closing;

    /// Where the load is read.
    ///
    /// @param name of the metric, with its labels as the page writes them when it has some
    record Source(URI page, String name) {

        private static final Pattern NAME = Pattern.compile("[a-zA-Z_:][a-zA-Z0-9_:]*(\\{.*})?");

        /// @param text such as `http://127.0.0.1:9100/metrics#gpu_load`
        /// @throws IllegalArgumentException if it is none
        static Source parse(String text) {
            int hash = text.indexOf('#');
            var name = hash < 0 ? "" : text.substring(hash + 1);
            var page = hash < 0 ? text : text.substring(0, hash);
            if (!page.matches("https?://[^\\s]+") || !NAME.matcher(name).matches()) {
                throw new IllegalArgumentException(
                        "The load metric ("
                                + text
                                + ") must be a page and the name of a metric, such as"
                                + " http://127.0.0.1:9100/metrics#gpu_load.");
            }
            return new Source(URI.create(page), name);
        }

        /// The value of the metric on a page; null when it is not there, or is no load.
        @Nullable BigDecimal find(String text) {
            for (var line : text.lines().toList()) {
                if (line.startsWith(name + " ") || line.startsWith(name + "\t")) {
                    var value = line.substring(name.length()).strip().split("\\s+", 2)[0];
                    return PLAIN.matcher(value).matches()
                            ? new BigDecimal(value).setScale(DECIMALS, RoundingMode.HALF_EVEN)
                            : null;
                }
            }
            return null;
        }
    }

    LoadMetric(Source source, LoadWatch loads, PriceBooks priceBooks, InstantSource clock) {
        this.source = source;
        this.loads = loads;
        this.priceBooks = priceBooks;
        this.clock = clock;
        this.http = HttpClient.newBuilder().connectTimeout(ANSWER_WITHIN).build();
        this.thread = Thread.ofPlatform().daemon().name("scrip-load-metric").start(this::run);
    }

    private void run() {
        while (!closing) {
            try {
                look();
                Thread.sleep(EVERY);
            } catch (InterruptedException _) {
                return;
            }
        }
    }

    private void look() throws InterruptedException {
        try {
            var answer =
                    http.send(
                            HttpRequest.newBuilder(source.page()).timeout(ANSWER_WITHIN).build(),
                            BodyHandlers.ofString());
            var load = answer.statusCode() == HTTP_OK ? source.find(answer.body()) : null;
            // A standby may not have its price books yet, and prices nothing.
            if (load != null && !priceBooks.all().isEmpty()) {
                var now = clock.instant();
                loads.putEverywhere(load, priceBooks.at(now), now);
            } else if (load == null) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "There is no load on " + source.page() + " by the name " + source.name());
            }
        } catch (IOException | IllegalArgumentException | IllegalStateException e) {
            LOG.log(System.Logger.Level.WARNING, "The load cannot be read: " + e.getMessage());
        }
    }

    @Override
    public void close() {
        closing = true;
        thread.interrupt();
        http.shutdownNow();
    }
}
