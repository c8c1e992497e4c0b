package dev.scrip.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scrip.cli.demo.ServerProcess;
import dev.scrip.client.ClientSettings;
import dev.scrip.client.ScripClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;

/// Two servers as processes of their own, on one database. Each keeps its port when it is started
/// again.
final class TwoServers implements AutoCloseable {

    private static final String PRICING = "examples/image-api/pricing.yaml";

    private final Path directory;
    private final Database database;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final int[] ports = new int[2];
    private final ServerProcess[] servers = new ServerProcess[2];
    private final ScripClient[] clients = new ScripClient[2];
    private String apiKey = "";

    /// Starts both; the first becomes the writer.
    TwoServers(Path directory) throws IOException {
        this.directory = directory;
        this.database = new Database(directory.resolve("postgres"));
        try {
            startBoth();
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    private void startBoth() throws IOException {
        for (int i = 0; i < 2; i++) {
            try (var free = new ServerSocket(0)) {
                ports[i] = free.getLocalPort();
            }
            start(i);
            if (i == 0) {
                apiKey = String.valueOf(servers[0].adminKey());
            }
            clients[i] =
                    new ScripClient(
                            ClientSettings.of(servers[i].address(), apiKey)
                                    .withAttemptsMax(1)
                                    .withDeadline(Duration.ofMillis(1_500)));
        }
    }

    void start(int server) {
        servers[server] =
                ServerProcess.start(
                        directory.resolve("data-" + server),
                        Home.file(PRICING),
                        "live",
                        ports[server],
                        List.of("--journal", database.url("server-" + server)));
    }

    ServerProcess server(int server) {
        return servers[server];
    }

    /// Tries once, and not for long.
    ScripClient client(int server) {
        return clients[server];
    }

    Database database() {
        return database;
    }

    String apiKey() {
        return apiKey;
    }

    HttpRequest.Builder request(int server, String path) {
        return HttpRequest.newBuilder(address(server, path))
                .header("Authorization", "Bearer " + apiKey)
                .timeout(Duration.ofSeconds(30));
    }

    CompletableFuture<HttpResponse<String>> send(HttpRequest request) {
        return http.sendAsync(request, BodyHandlers.ofString());
    }

    /// Stops all of its threads where they are.
    void standStill(int server) throws IOException, InterruptedException {
        signal(servers[server].pid(), "STOP");
        awaitStandstill(servers[server]);
    }

    /// Lets it go on, at first without an answer from the database, so that it has nothing to go by
    /// but its own clock.
    ///
    /// @param meanwhile before the database answers it again
    void wakeUp(int server, Callable<?> meanwhile) throws Exception {
        var silenced = database.processesOf("server-" + server);
        assertThat(silenced).isNotEmpty();
        try {
            for (var process : silenced) {
                signal(process, "STOP");
            }
            signal(servers[server].pid(), "CONT");
            meanwhile.call();
        } finally {
            for (var process : silenced) {
                signal(process, "CONT");
            }
        }
    }

    private static void signal(long process, String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(process)).start().waitFor();
    }

    /// A signal is there at once, but each thread stops when it next looks.
    private static void awaitStandstill(ServerProcess server) throws IOException {
        var threads = Path.of("/proc", Long.toString(server.pid()), "task");
        if (!Files.isDirectory(threads)) {
            pause();
            return;
        }
        try (var all = Files.list(threads)) {
            for (var thread : all.toList()) {
                await(() -> read(thread.resolve("stat")).contains(") T "));
            }
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int writer() {
        await(() -> role(0).equals("writer") ^ role(1).equals("writer"));
        return role(0).equals("writer") ? 0 : 1;
    }

    /// What a server that is ready says it is; empty when it is not, or does not answer.
    String role(int server) {
        try {
            var answer =
                    http.send(
                            HttpRequest.newBuilder(address(server, "/health/ready"))
                                    .timeout(Duration.ofSeconds(1))
                                    .build(),
                            BodyHandlers.ofString());
            return answer.statusCode() == 200
                    ? answer.body().replaceFirst(".*\"role\":\"(\\w+)\".*", "$1")
                    : "";
        } catch (IOException _) {
            return "";
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private URI address(int server, String path) {
        return URI.create("http://127.0.0.1:" + ports[server] + path);
    }

    /// Has everything stored worked out again, with the read models that this server made.
    void verify(int server) {
        var run =
                CommandLineRun.of(
                        "verify",
                        "--data",
                        directory.resolve("data-" + server).toString(),
                        "--journal",
                        database.url("server-" + server));
        assertThat(run.exitCode()).as(run.out() + run.err()).isEqualTo(ExitCode.DONE);
    }

    static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("It did not happen within 20 s.");
            }
            pause();
        }
    }

    static void pause() {
        try {
            Thread.sleep(10);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Kills both, also one that stands still.
    @Override
    public void close() throws IOException {
        for (var server : servers) {
            if (server != null) {
                try {
                    server.kill();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
        }
        for (var client : clients) {
            if (client != null) {
                client.close();
            }
        }
        http.shutdownNow();
        database.close();
    }
}
