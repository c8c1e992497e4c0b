package dev.scrip.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Time from starting the process to the first 200 of `/health/ready`, each on a fresh data
/// directory, in turn without and with a start-up cache.
public final class StartUp {

    private static final int ROUNDS = 10;
    private static final String REQUEST =
            "GET /health/ready HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";

    private StartUp() {}

    /// Arguments: the pricing file, the start-up cache, the jar, the java command with its flags.
    public static void main(String[] args) throws IOException, InterruptedException {
        var jar = Path.of(args[2]);
        var java = List.of(args).subList(3, args.length);
        var plain = new double[ROUNDS];
        var cached = new double[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            plain[round] = readyMillis(java, jar, args[0]);
            var withCache = new ArrayList<>(java);
            withCache.add("-XX:AOTCache=" + args[1]);
            cached[round] = readyMillis(withCache, jar, args[0]);
        }
        System.out.printf(
                "Start: %.0f ms to ready, %.0f ms with a start-up cache, ratio %.2f; jar %.1f MB,"
                        + " cache %.1f MB%n",
                Figures.median(plain),
                Figures.median(cached),
                Figures.medianRatio(cached, plain),
                Files.size(jar) / 1e6,
                Files.size(Path.of(args[1])) / 1e6);
    }

    private static double readyMillis(List<String> java, Path jar, String pricing)
            throws IOException, InterruptedException {
        var directory = Files.createTempDirectory("scrip-bench");
        int port = freePort();
        var command = new ArrayList<>(java);
        command.addAll(List.of("-jar", jar.toString(), "serve", "--pricing", pricing));
        command.addAll(List.of("--data", directory.resolve("data").toString()));
        command.addAll(List.of("--port", Integer.toString(port)));
        long start = System.nanoTime();
        var process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(directory.resolve("log").toFile())
                        .start();
        try {
            while (!isReady(port)) {
                if (!process.isAlive()) {
                    throw new IOException(Files.readString(directory.resolve("log")));
                }
                Thread.sleep(1);
            }
            return (System.nanoTime() - start) / 1e6;
        } finally {
            process.destroy();
            process.waitFor();
            Figures.delete(directory);
        }
    }

    private static boolean isReady(int port) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            socket.getOutputStream().write(REQUEST.getBytes(StandardCharsets.US_ASCII));
            var answer =
                    new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
            return answer.equals("HTTP/1.1 200");
        } catch (IOException _) {
            // Not there yet.
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
