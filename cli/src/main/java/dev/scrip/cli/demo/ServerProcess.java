package dev.scrip.cli.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// `scrip serve` as a process of its own: the same Java, the same jar.
public final class ServerProcess implements AutoCloseable {

    private static final Pattern KEY = Pattern.compile("^ +(\\S+) +(sk_\\S+)$");
    private static final Pattern SERVING =
            Pattern.compile("^Scrip (?:serves price book \\S+|stands by) at (http\\S+) .*");
    private static final Duration STOP_WITHIN = Duration.ofSeconds(30);
    private static final int LOG_CHARS_SHOWN = 2_000;

    private final Process process;
    private final URI address;
    private final @Nullable String adminKey;
    private final Duration startUp;

    private ServerProcess(
            Process process, URI address, @Nullable String adminKey, Duration startUp) {
        this.process = process;
        this.address = address;
        this.adminKey = adminKey;
        this.startUp = startUp;
    }

    /// Starts a server and waits until it serves.
    ///
    /// @param port 0 for any that is free
    /// @throws IllegalStateException if it ends instead, with what it said
    public static ServerProcess start(Path data, Path pricing, String workspace, int port) {
        return start(data, pricing, workspace, port, List.of());
    }

    /// As [#start(Path, Path, String, int)], with more options of `scrip serve`.
    ///
    /// @throws IllegalStateException if it ends instead, with what it said
    public static ServerProcess start(
            Path data, Path pricing, String workspace, int port, List<String> more) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ownFlags());
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.addAll(List.of("dev.scrip.cli.Main", "serve", "--data", data.toString()));
        command.addAll(List.of("--pricing", pricing.toString(), "--workspace", workspace));
        command.addAll(List.of("--port", Integer.toString(port)));
        command.addAll(more);
        var log = data.resolveSibling(data.getFileName() + ".log");
        long start = System.nanoTime();
        try {
            var process =
                    new ProcessBuilder(command)
                            .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                            .start();
            return awaitServing(process, start, log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The flags of this process, so that both run alike; agents are nobody's business but ours.
    private static List<String> ownFlags() {
        return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(flag -> !flag.startsWith("-javaagent") && !flag.startsWith("-agentlib"))
                .toList();
    }

    private static ServerProcess awaitServing(Process process, long start, Path log)
            throws IOException {
        var said = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
        String adminKey = null;
        for (var line = said.readLine(); line != null; line = said.readLine()) {
            var key = KEY.matcher(line);
            if (key.matches()) {
                adminKey = key.group(2);
            }
            var serving = SERVING.matcher(line);
            if (serving.matches()) {
                var startUp = Duration.ofNanos(System.nanoTime() - start);
                return new ServerProcess(process, URI.create(serving.group(1)), adminKey, startUp);
            }
        }
        var text = Files.readString(log);
        throw new IllegalStateException(
                "The server ended instead of serving: "
                        + text.substring(Math.max(0, text.length() - LOG_CHARS_SHOWN)).strip());
    }

    public URI address() {
        return address;
    }

    /// The admin key of its workspace; null when it was made at an earlier start.
    public @Nullable String adminKey() {
        return adminKey;
    }

    /// From starting the process until it said that it serves.
    public Duration startUp() {
        return startUp;
    }

    public long pid() {
        return process.pid();
    }

    /// Ends it at once, as a power cut would: SIGKILL where there are signals.
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /// Waits until somebody else ends it.
    public void await() throws InterruptedException {
        process.waitFor();
    }

    /// Asks it to stop, and kills it when it does not.
    ///
    /// @return whether it stopped by itself without a complaint
    public boolean stop() throws InterruptedException {
        process.destroy();
        if (process.waitFor(STOP_WITHIN.toSeconds(), TimeUnit.SECONDS)) {
            return process.exitValue() == 0;
        }
        kill();
        return false;
    }

    /// Does nothing when it is gone already.
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(STOP_WITHIN.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
