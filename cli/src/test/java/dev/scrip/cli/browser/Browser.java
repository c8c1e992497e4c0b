package dev.scrip.cli.browser;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A headless Chromium with one page, told what to do through its DevTools protocol.
final class Browser implements AutoCloseable {

    private static final int SECONDS_MAX = 30;
    private static final Pattern LISTENING = Pattern.compile("DevTools listening on (ws://\\S+)");
    private static final JsonMapper JSON = new JsonMapper();

    private final Process process;
    private final HttpClient http = HttpClient.newHttpClient();
    private final WebSocket socket;
    private final String session;
    private final AtomicInteger commands = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonNode>> waiting = new ConcurrentHashMap<>();
    private final BlockingQueue<String> loads = new LinkedBlockingQueue<>();
    private final List<String> complaints = new CopyOnWriteArrayList<>();

    /// The program, or null when this machine has none.
    static @Nullable Path program() {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
                .flatMap(folder ->
                        Stream.of("chromium", "chromium-browser", "google-chrome")
                                .map(name -> Path.of(folder, name)))
                .filter(file -> file.toFile().canExecute())
                .findFirst()
                .orElse(null);
    }

    /// @param profile an empty directory of its own
    Browser(Path program, Path profile) throws Exception {
        var builder =
                new ProcessBuilder(
                                program.toString(),
                                "--headless=new",
                                // Tests run as root in containers, where the sandbox cannot.
                                "--no-sandbox",
                                "--disable-gpu",
                                "--disable-dev-shm-usage",
                                "--remote-debugging-port=0",
                                "--user-data-dir=" + profile,
                                "about:blank")
                        .redirectErrorStream(true);
        // What it would leave in the machine's directory goes with the profile.
        builder.environment().put("TMPDIR", profile.toString());
        process = builder.start();
        socket =
                http.newWebSocketBuilder()
                        .buildAsync(address(process), new Listener())
                        .get(SECONDS_MAX, TimeUnit.SECONDS);
        var target = send(null, "Target.createTarget", Map.of("url", "about:blank"));
        session =
                send(
                                null,
                                "Target.attachToTarget",
                                Map.of(
                                        "targetId",
                                        target.path("targetId").stringValue(),
                                        "flatten",
                                        true))
                        .path("sessionId")
                        .stringValue();
        send(session, "Page.enable", Map.of());
        send(session, "Log.enable", Map.of());
        send(session, "Runtime.enable", Map.of());
    }

    private static URI address(Process process) throws IOException {
        var said = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
        var heard = new StringBuilder();
        for (var line = said.readLine(); line != null; line = said.readLine()) {
            heard.append(line).append('\n');
            var found = LISTENING.matcher(line);
            if (found.find()) {
                Thread.ofVirtual().start(() -> said.lines().forEach(_ -> {}));
                return URI.create(found.group(1));
            }
        }
        throw new IOException("The browser did not start: " + heard);
    }

    /// Goes to a page and waits until it is there.
    void show(String url) throws Exception {
        loads.clear();
        send(session, "Page.navigate", Map.of("url", url));
        awaitPage();
    }

    /// Does something that leads to another page, and waits until that is there.
    void submit(String script) throws Exception {
        loads.clear();
        var _ = evaluate(script);
        awaitPage();
    }

    private void awaitPage() throws InterruptedException, TimeoutException {
        if (loads.poll(SECONDS_MAX, TimeUnit.SECONDS) == null) {
            throw new TimeoutException("No page came.");
        }
    }

    /// What the page shows as text.
    String text() throws Exception {
        return evaluate("document.body.innerText");
    }

    /// The value of an expression of JavaScript, as text.
    String evaluate(String script) throws Exception {
        var answer =
                send(
                        session,
                        "Runtime.evaluate",
                        Map.of("expression", "String(" + script + ")", "returnByValue", true));
        return answer.path("result").path("value").asString("");
    }

    /// What the browser held against the pages: broken security policies, scripts that failed.
    List<String> complaints() {
        return List.copyOf(complaints);
    }

    private JsonNode send(@Nullable String to, String method, Map<String, ?> parameters)
            throws Exception {
        int id = commands.incrementAndGet();
        var answer = new CompletableFuture<JsonNode>();
        waiting.put(id, answer);
        var command = JSON.createObjectNode().put("id", id).put("method", method);
        command.set("params", JSON.valueToTree(parameters));
        if (to != null) {
            command.put("sessionId", to);
        }
        socket.sendText(command.toString(), true).get(SECONDS_MAX, TimeUnit.SECONDS);
        return answer.get(SECONDS_MAX, TimeUnit.SECONDS);
    }

    private void receive(JsonNode message) {
        var answered = waiting.remove(message.path("id").asInt(0));
        if (answered != null) {
            answered.complete(message.path("result"));
            return;
        }
        var parameters = message.path("params");
        switch (message.path("method").asString("")) {
            case "Page.loadEventFired" -> loads.add("loaded");
            case "Runtime.exceptionThrown" -> complaints.add(parameters.toString());
            case "Log.entryAdded" -> {
                // A page may well be answered 401 or 404; the tests look at those themselves.
                if (!parameters.path("entry").path("source").asString("").equals("network")) {
                    complaints.add(parameters.path("entry").path("text").asString(""));
                }
            }
            default -> {}
        }
    }

    private final class Listener implements WebSocket.Listener {

        private final StringBuilder text = new StringBuilder();

        @Override
        public @Nullable CompletionStage<?> onText(
                WebSocket from, CharSequence part, boolean isLast) {
            text.append(part);
            if (isLast) {
                var whole = text.toString();
                text.setLength(0);
                receive(JSON.readTree(whole));
            }
            from.request(1);
            return null;
        }
    }

    /// Ends all its processes, so that nobody writes to the profile any more.
    @Override
    public void close() {
        socket.abort();
        http.shutdownNow();
        var processes =
                Stream.concat(process.descendants(), Stream.of(process.toHandle())).toList();
        processes.forEach(ProcessHandle::destroyForcibly);
        processes.forEach(ended -> ended.onExit().join());
    }
}
