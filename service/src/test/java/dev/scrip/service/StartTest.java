package dev.scrip.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StartTest {

    @TempDir private Path folder;

    @Test
    void everythingIsStillThereAfterARestart() {
        try (var server = new TestServer(folder)) {
            server.open("kept", "starter");
            var body = TestServer.charge("kept", "image.analyze", "");
            var before = server.post("/v1/charges", server.admin(), "over", body).is(201);
            server.clock.advance(Duration.ofMinutes(5));
            server.restart();

            var after = server.post("/v1/charges", server.admin(), "over", body).is(201);
            assertThat(after.body()).isEqualTo(before.body());
            assertThat(after.header("Idempotent-Replayed")).isEqualTo("true");
            assertThat(server.get("/v1/accounts/kept", server.admin()).body())
                    .contains("\"available\":49900,");
            assertThat(server.get("/v1/accounts/kept/usage", server.admin()).body())
                    .contains("\"calls\":1,");
        }
    }

    @Test
    void aPricingFileIsPublishedOnceAndAgainWhenItSaysSomethingNew() throws IOException {
        try (var server = new TestServer(folder)) {
            var file = folder.resolve("pricing.yaml");
            assertThat(server.server().priceBookVersion()).isEqualTo("pb_1");

            server.clock.advance(Duration.ofHours(1));
            Files.writeString(file, "# a comment changes nothing\n" + Files.readString(file));
            server.restartWith(file);
            assertThat(server.server().priceBookVersion()).isEqualTo("pb_1");

            server.open("book", "starter");
            var old =
                    server.post(
                            "/v1/charges",
                            server.admin(),
                            "old-price",
                            TestServer.charge("book", "image.analyze", ""));
            Files.writeString(
                    file, Files.readString(file).replace("credits: 100,", "credits: 250,"));
            server.restartWith(file);
            assertThat(server.server().priceBookVersion()).isEqualTo("pb_2");
            assertThat(server.charge("book", "image.analyze").is(201).text("/price/price_table"))
                    .isEqualTo("pb_2");
            assertThat(
                            server.post(
                                            "/v1/charges",
                                            server.admin(),
                                            "old-price",
                                            TestServer.charge("book", "image.analyze", ""))
                                    .body())
                    .as("a replay keeps the price it had")
                    .isEqualTo(old.body());

            server.restart();
            assertThat(server.server().priceBookVersion()).isEqualTo("pb_2");
        }
    }

    @Test
    void withoutAnyPriceBookItSaysWhatIsMissing() {
        assertThatThrownBy(() -> ScripServer.start(ServeOptions.of(folder.resolve("d"))))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("No price book was published")
                .hasMessageContaining("pricing file");
    }

    @Test
    void aBadPricingFileIsNamedWithItsProblems() throws IOException {
        var file = folder.resolve("bad.yaml");
        Files.writeString(file, "format: scrip-pricing/1\ncurency: USD\n");
        var options = ServeOptions.of(folder.resolve("d")).withPricingFile(file);

        assertThatThrownBy(() -> ScripServer.start(options))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("bad.yaml:2")
                .hasMessageContaining("curency");
    }

    @Test
    void twoServersCannotShareADataDirectoryAndTheFirstOneServesOn() {
        try (var server = new TestServer(folder)) {
            var options =
                    ServeOptions.of(folder.resolve("data"))
                            .withAddress("127.0.0.1", 0)
                            .withPricingFile(folder.resolve("pricing.yaml"));
            assertThatThrownBy(() -> ScripServer.start(options))
                    .isInstanceOf(StartException.class)
                    .hasMessageContaining("Another process");
            var _ = server.get("/v1/price-book", server.admin()).is(200);
        }
    }

    @Test
    void aPortThatIsTakenIsNamedAndTheDataDirectoryFreedAgain() throws IOException {
        var data = folder.resolve("d");
        var pricing = TestServer.pricingFile(folder);
        var options = ServeOptions.of(data).withPricingFile(pricing);
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var port = taken.getLocalPort();
            assertThatThrownBy(() -> ScripServer.start(options.withAddress("127.0.0.1", port)))
                    .isInstanceOf(StartException.class)
                    .hasMessageContaining(Integer.toString(port));
        }
        ScripServer.start(options.withAddress("127.0.0.1", 0)).close();
    }

    @Test
    void closingTwiceIsHarmlessAndThePortIsFree() {
        var options =
                ServeOptions.of(folder.resolve("d"))
                        .withPricingFile(TestServer.pricingFile(folder))
                        .withAddress("127.0.0.1", 0)
                        .withWorkspaces(List.of("acme"));
        var server = ScripServer.start(options);
        assertThat(server.newAdminKeys()).hasSize(1);
        assertThat(server.url()).isEqualTo("http://127.0.0.1:" + server.port());
        server.close();
        server.close();
        ScripServer.start(options.withAddress("127.0.0.1", server.port())).close();
    }

    @Test
    void badOptionsAreNamed() {
        var options = ServeOptions.of(folder);
        assertThatThrownBy(() -> options.withAddress("127.0.0.1", 70_000))
                .hasMessageContaining("The port (70000)");
        assertThatThrownBy(() -> options.withWorkspaces(List.of("Live")))
                .hasMessageContaining("\"Live\"");
        assertThatThrownBy(() -> options.withWorkspaces(List.of("a", "a")))
                .hasMessageContaining("each named once");
        assertThatThrownBy(() -> options.withTopUpUrl("https://x.example/a b"))
                .hasMessageContaining("The top-up URL");
    }
}
