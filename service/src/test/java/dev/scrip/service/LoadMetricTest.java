package dev.scrip.service;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class LoadMetricTest {

    private static final String PAGE =
            """
            # HELP gpu_load of all cards
            # TYPE gpu_load gauge
            gpu_load_total 7
            gpu_load{card="0"} 0.25
            gpu_load 0.9321234567 1700000000000
            broken NaN
            idle 0
            tiny 5e-01
            """;

    @ParameterizedTest
    @CsvSource({
        "gpu_load, 0.932123",
        "'gpu_load{card=\"0\"}', 0.25",
        "idle, 0",
        "tiny, 0.5",
        "broken,",
        "gpu, ",
        "missing,"
    })
    void aMetricIsFoundByItsWholeName(String name, @Nullable String expected) {
        var found = LoadMetric.Source.parse("http://127.0.0.1:9100/metrics#" + name).find(PAGE);
        if (expected == null) {
            assertThat(found).isNull();
        } else {
            assertThat(found).isEqualByComparingTo(expected);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1/metrics",
                "http://127.0.0.1/metrics#",
                "http://127.0.0.1/metrics#two words",
                "127.0.0.1/metrics#load",
                "file:///etc/hosts#load"
            })
    void aPlaceThatIsNoneIsRefused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LoadMetric.Source.parse(text))
                .withMessageContaining("http://127.0.0.1:9100/metrics#gpu_load");
    }

    @Test
    void aServerReadsItsLoadFromThePage(@TempDir Path folder) throws Exception {
        var page = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        page.createContext(
                "/metrics",
                exchange -> {
                    exchange.sendResponseHeaders(200, 0);
                    try (var body = exchange.getResponseBody()) {
                        body.write(PAGE.getBytes(UTF_8));
                    }
                });
        page.start();
        var metric = "http://127.0.0.1:" + page.getAddress().getPort() + "/metrics#gpu_load";
        try (var server =
                ScripServer.start(
                        ServeOptions.of(folder.resolve("data"))
                                .withPricingFile(TestServer.pricingFile(folder))
                                .withAddress("127.0.0.1", 0)
                                .withLoadMetric(metric),
                        new SettableClock(TestServer.START))) {
            var key = server.newAdminKeys().getFirst().secret();
            assertThat(load(server.port(), key)).contains("\"load\":0.932123");
        } finally {
            page.stop(0);
        }
    }

    /// Once it is known.
    private static String load(int port, String key) throws IOException, InterruptedException {
        var request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/v1/load"))
                        .header("Authorization", "Bearer " + key)
                        .build();
        try (var http = HttpClient.newHttpClient()) {
            for (int i = 0; i < 100; i++) {
                var body = http.send(request, BodyHandlers.ofString()).body();
                if (!body.contains("\"load\":null")) {
                    return body;
                }
                LockSupport.parkNanos(100_000_000);
            }
        }
        return "still not known";
    }
}
