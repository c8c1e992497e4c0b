package dev.scrip.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// `scrip serve` as a process of its own, measured from outside.
final class ServedProcess implements AutoCloseable {

    private static final Pattern KEY = Pattern.compile("^ +\\S+ +(sk_live\\S+)$");
    private static final Pattern SERVING = Pattern.compile("^Scrip serves .* at (http\\S+) .*");
    private static final Pattern SAMPLE = Pattern.compile("^([a-z_]+)(\\{.*})? ([0-9.E+-]+)$");

    private final Process process;
    private final String url;
    private final String key;
    private final HttpClient http = HttpClient.newHttpClient();

    private ServedProcess(Process process, String url, String key) {
        this.process = process;
        this.url = url;
        this.key = key;
    }

    /// Starts it on a fresh directory and waits until it says that it serves.
    ///
    /// @param command that which starts it, without what to serve
    static ServedProcess start(List<String> command, Path pricing, Path data) throws IOException {
        var all = new ArrayList<>(command);
        all.addAll(List.of("--data", data.toString(), "--pricing", pricing.toString()));
        all.addAll(List.of("--port", "0"));
        var process =
                new ProcessBuilder(all)
                        .redirectError(data.resolveSibling(data.getFileName() + ".log").toFile())
                        .start();
        var said = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
        var key = "";
        for (var line = said.readLine(); line != null; line = said.readLine()) {
            var isKey = KEY.matcher(line);
            if (isKey.matches()) {
                key = isKey.group(1);
            }
            var serving = SERVING.matcher(line);
            if (serving.matches()) {
                return new ServedProcess(process, serving.group(1), key);
            }
        }
        throw new IOException("The server ended instead of serving: " + all);
    }

    long pid() {
        return process.pid();
    }

    String url() {
        return url;
    }

    String key() {
        return key;
    }

    void post(String path, String idempotencyKey, String body) throws IOException {
        var answer =
                send(
                        HttpRequest.newBuilder(URI.create(url + path))
                                .header("Content-Type", "application/json")
                                .header("Idempotency-Key", idempotencyKey)
                                .POST(HttpRequest.BodyPublishers.ofString(body)));
        if (!answer.contains("\"object\"")) {
            throw new IOException(path + " was answered with " + answer);
        }
    }

    /// What the server counts, summed over labels; a label `outcome` is kept as `name:outcome`.
    Map<String, Double> metrics() throws IOException {
        var sums = new HashMap<String, Double>();
        send(HttpRequest.newBuilder(URI.create(url + "/metrics")))
                .lines()
                .map(SAMPLE::matcher)
                .filter(Matcher::matches)
                .forEach(sample -> {
                    double value = Double.parseDouble(sample.group(3));
                    sums.merge(sample.group(1), value, Double::sum);
                    var labels = sample.group(2);
                    if (labels != null && labels.contains("outcome=\"charged\"")) {
                        sums.merge(sample.group(1) + ":charged", value, Double::sum);
                    }
                });
        return sums;
    }

    private String send(HttpRequest.Builder request) throws IOException {
        try {
            return http.send(
                            request.header("Authorization", "Bearer " + key).build(),
                            BodyHandlers.ofString())
                    .body();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    @Override
    public void close() {
        http.close();
        process.destroy();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException _) {
            process.destroyForcibly();
        }
    }
}
