package dev.scrip.cli;

import dev.scrip.service.ScripServer;
import dev.scrip.service.ServeOptions;
import dev.scrip.service.StartException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `scrip serve`: runs the server until it is told to stop.
///
/// SIGTERM and Ctrl-C let the requests under way finish; then the exit code is 0.
@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true,
        header = {
            "Serves the HTTP API and the pages, with everything kept in one directory.",
            "",
            "Examples:",
            "  scrip serve --data data --pricing pricing.yaml",
            "  scrip serve --data data --port 9000 --host 0.0.0.0 --workspace live,test",
            "  scrip serve --data a --journal jdbc:postgresql://db/scrip?user=scrip",
            "      --host 10.0.0.1 --advertise http://10.0.0.1:8080",
            "",
            "Several servers with one --journal, each with a --data of its own: one is the writer, the",
            "others stand by, pass requests on to it, and one takes over within 3 s when it is gone.",
            ""
        },
        footer = {
            "",
            "The admin keys are printed at the first start and never again. SIGTERM stops it.",
            "Exit codes: 0 stopped as asked, 2 unusable input."
        })
final class ServeCommand implements Callable<Integer> {

    @Option(
            names = "--data",
            paramLabel = "DIR",
            required = true,
            description = "Where everything is kept; created when missing.")
    private Path data = Path.of("");

    @Option(
            names = "--journal",
            paramLabel = "URL",
            description =
                    "The PostgreSQL database that keeps journal, price books and keys instead, as"
                            + " jdbc:postgresql://HOST/DATABASE?user=USER. The password is best"
                            + " left to ~/.pgpass.")
    private @Nullable String journal;

    @Option(
            names = "--pricing",
            paramLabel = "FILE",
            description =
                    "The pricing file to publish when it says something new. Needed at the first"
                            + " start only, and of no effect once scrip apply has published.")
    private @Nullable Path pricing;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            description = "8080 by default; 0 takes any that is free.")
    private int port = ServeOptions.PORT_DEFAULT;

    @Option(
            names = "--host",
            paramLabel = "HOST",
            description = "The address to listen on; 127.0.0.1 by default.")
    private String host = "127.0.0.1";

    @Option(
            names = "--advertise",
            paramLabel = "URL",
            description =
                    "Where other servers of the same journal reach this one, as http://HOST:PORT."
                            + " By default the address and port it listens on.")
    private @Nullable String advertised;

    @Option(
            names = "--workspace",
            paramLabel = "NAME",
            split = ",",
            description = "A tenant or an environment; live and test by default.")
    private List<String> workspaces = List.of("live", "test");

    @Option(
            names = "--top-up-url",
            paramLabel = "URL",
            description =
                    "Where customers buy credits; {account} in it stands for the account. The page"
                            + " of this server by default.")
    private @Nullable String topUpUrl;

    @Option(
            names = "--quote-seconds",
            paramLabel = "SECONDS",
            description =
                    "How long a quoted price holds when its caller does not say: 1 to 900, 60 by"
                            + " default.")
    private int quoteSeconds = 60;

    @Option(
            names = "--load-metric",
            paramLabel = "URL#NAME",
            description =
                    "Where the load is read for load prices: a page in the text format of"
                            + " Prometheus and the name of a metric, of which 1 is full capacity.")
    private @Nullable String loadMetric;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws InterruptedException {
        ServerLog.configure();
        var command = spec.commandLine();
        try {
            var server = ScripServer.start(options());
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server, command.getOut())));
            for (var warning : server.pricingWarnings()) {
                command.getErr()
                        .println(
                                "Warning: "
                                        + (warning.operation() == null
                                                ? ""
                                                : warning.operation() + ": ")
                                        + warning.message());
            }
            if (server.pricingNotPublished() != null) {
                command.getErr().println("Warning: " + server.pricingNotPublished());
            }
            announce(server, command.getOut());
        } catch (StartException e) {
            command.getErr().println(command.getColorScheme().errorText(e.getMessage()));
            return ExitCode.UNUSABLE_INPUT;
        }
        // For ever: the process ends in the shutdown hook.
        new CountDownLatch(1).await();
        return ExitCode.DONE;
    }

    private ServeOptions options() {
        var options =
                ServeOptions.of(data)
                        .withJournal(journal)
                        .withPricingFile(pricing)
                        .withAddress(host, port)
                        .withAdvertised(advertised)
                        .withWorkspaces(workspaces)
                        .withQuoteLife(Duration.ofSeconds(quoteSeconds))
                        .withLoadMetric(loadMetric);
        return topUpUrl == null ? options : options.withTopUpUrl(topUpUrl);
    }

    private void announce(ScripServer server, PrintWriter out) {
        if (server.isStandby()) {
            announceStandby(server, out);
            return;
        }
        var keys = server.newAdminKeys();
        if (!keys.isEmpty()) {
            out.println("Admin keys, shown this once and stored nowhere:");
            int width = keys.stream().mapToInt(key -> key.workspace().length()).max().orElse(0);
            for (var key : keys) {
                out.println("  " + padded(key.workspace(), width) + "  " + key.secret());
            }
            out.println();
        }
        out.println(
                "Scrip serves price book "
                        + server.priceBookVersion()
                        + " at "
                        + server.url()
                        + " from "
                        + data
                        + ". Ctrl-C stops it.");
        out.flush();
    }

    private void announceStandby(ScripServer server, PrintWriter out) {
        if (pricing != null) {
            out.println(
                    "The pricing file was not published: another server is the writer, and only a"
                            + " start that becomes the writer publishes.");
        }
        var writer = server.writerUrl();
        out.println(
                "Scrip stands by at "
                        + server.url()
                        + " for "
                        + (writer == null ? "a writer that is starting" : writer)
                        + ", from "
                        + data
                        + ". Ctrl-C stops it.");
        out.flush();
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(width - text.length());
    }

    /// Runs in the shutdown hook, where only halting can still set the exit code: a program that
    /// was stopped as asked has not failed.
    private static void stop(ScripServer server, PrintWriter out) {
        int exitCode = ExitCode.DONE;
        try {
            server.close();
            out.println("Stopped.");
        } catch (RuntimeException e) {
            out.println("Stopped, but not cleanly: " + e.getMessage());
            exitCode = ExitCode.DEFECT;
        }
        out.flush();
        Runtime.getRuntime().halt(exitCode);
    }
}
