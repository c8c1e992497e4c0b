package dev.scrip.cli;

import dev.scrip.client.NoAnswerException;
import dev.scrip.client.RefusedException;
import java.io.UncheckedIOException;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `scrip demo`: the whole job once, on real traffic, from measured cost to margin.
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true,
        header = {
            "Does the whole job once: designs, serves and charges an hour of real calls.",
            "",
            "Examples:",
            "  scrip demo                 goes on serving afterwards, to look around",
            "  scrip demo --exit          stops when it is done",
            ""
        },
        footer = {"", "Exit codes: 0 everything held, 1 something it checked did not."})
final class DemoCommand implements Callable<Integer> {

    @Option(names = "--exit", description = "Stop when done instead of serving on.")
    private boolean exits;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            description = "8080 by default, or any that is free when that is taken.")
    private @Nullable Integer port;

    @Option(
            names = "--speed",
            paramLabel = "FACTOR",
            description =
                    "Replay so many times faster than it happened, 1 to 3600; as fast as it goes by"
                            + " default.")
    private @Nullable Integer speed;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws InterruptedException {
        if (speed != null && (speed < 1 || speed > 3_600)) {
            throw new ParameterException(
                    spec.commandLine(), "the speed (" + speed + ") must be 1 to 3600");
        }
        var command = spec.commandLine();
        var screen = new Screen(command.getOut(), command.getColorScheme().ansi(), isTerminal());
        var demonstration = new Demonstration(screen, new Demonstration.Wishes(port, speed));
        // Ctrl-C must leave neither a server nor a directory behind.
        var stopping = new AtomicBoolean();
        Runtime.getRuntime()
                .addShutdownHook(
                        new Thread(() -> {
                            stopping.set(true);
                            demonstration.close();
                        }));
        try (demonstration) {
            demonstration.play();
            if (!exits) {
                demonstration.serveOn();
            }
        } catch (NoAnswerException
                | RefusedException
                | IllegalStateException
                | UncheckedIOException e) {
            if (stopping.get()) {
                // It was us who stopped the server; the process is about to end.
                return ExitCode.DONE;
            }
            screen.check(false, String.valueOf(e.getMessage()));
        }
        return screen.checksFailed() == 0 ? ExitCode.DONE : ExitCode.FINDING;
    }

    // Release 25 answers null again when there is no terminal, which the check does not know yet.
    @SuppressWarnings("SystemConsoleNull")
    private static boolean isTerminal() {
        var console = System.console();
        return console != null && console.isTerminal();
    }
}
