package dev.scrip.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scrip.cli.demo.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ServeCommandTest {

    private static final String PRICING = "examples/image-api/pricing.yaml";

    @TempDir private Path directory;

    @Test
    void itStopsCleanlyWhenToldAndShowsItsKeysOnce() throws Exception {
        var data = directory.resolve("data");

        try (var first = ServerProcess.start(data, Home.file(PRICING), "live", 0)) {
            assertThat(first.adminKey()).startsWith("sk_live_");
            assertThat(first.stop()).as("SIGTERM ends it with exit code 0").isTrue();
        }
        try (var second = ServerProcess.start(data, Home.file(PRICING), "live", 0)) {
            assertThat(second.adminKey()).isNull();
            assertThat(second.stop()).isTrue();
        }
        assertThat(Files.readAllLines(directory.resolve("data.log")))
                .as("warned of its plans when they are published, and of nothing else")
                .hasSize(2)
                .allMatch(line -> line.startsWith("Warning: The plan "));
    }

    @Test
    void aDirectoryThatIsServedAlreadyIsRefused() {
        var data = directory.resolve("data");
        try (var first = ServerProcess.start(data, Home.file(PRICING), "live", 0)) {
            assertThat(first.address().getPort()).isPositive();

            refused("serve", "--data", data.toString(), "--port", "0");
        }
    }

    @Test
    void aPortThatIsTakenIsRefused() {
        try (var first =
                ServerProcess.start(directory.resolve("one"), Home.file(PRICING), "live", 0)) {
            var port = Integer.toString(first.address().getPort());

            assertThat(serve("two", "--port", port)).contains(port);
        }
    }

    @Test
    void unusableInputIsNamed() throws IOException {
        assertThat(refused("serve")).contains("--data");
        assertThat(refused("serve", "--data", path("a"))).contains("pricing file");
        assertThat(refused("serve", "--data", path("a"), "--pricing", "nowhere.yaml"))
                .contains("nowhere.yaml");
        assertThat(serve("a", "--port", "70000")).contains("70000");
        assertThat(serve("a", "--port", "http")).contains("http");
        assertThat(serve("a", "--workspace", "Live")).contains("Live");
        assertThat(serve("a", "--host", "no such host")).contains("no such host");
        assertThat(serve("a", "--journal", "postgresql://u:hush@localhost/db"))
                .contains("jdbc:postgresql://HOST/DATABASE")
                .doesNotContain("hush");
        assertThat(serve("a", "--journal", "jdbc:postgresql://localhost:1/db?password=hush"))
                .contains("localhost:1")
                .doesNotContain("hush");

        assertThat(serve("a", "--advertise", "10.0.0.1:8080"))
                .contains("10.0.0.1:8080")
                .contains("http://HOST:PORT");
        assertThat(serve("a", "--journal", "jdbc:postgresql://localhost:1/db", "--host", "0.0.0.0"))
                .contains("--advertise");

        var file = Files.writeString(directory.resolve("file"), "not a directory");
        assertThat(serve(file.getFileName().toString())).contains("file");
    }

    private String serve(String data, String... options) {
        var command = new String[options.length + 5];
        command[0] = "serve";
        command[1] = "--data";
        command[2] = path(data);
        command[3] = "--pricing";
        command[4] = CommandLineRun.file(PRICING);
        System.arraycopy(options, 0, command, 5, options.length);
        return refused(command);
    }

    private String path(String name) {
        return directory.resolve(name).toString();
    }

    /// What it says, after checking that it is said as an explanation of unusable input.
    private static String refused(String... command) {
        var run = CommandLineRun.of(command);
        assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.UNUSABLE_INPUT);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).isNotBlank().doesNotContain("\tat ");
        return run.err();
    }
}
