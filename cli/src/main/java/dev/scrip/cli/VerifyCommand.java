package dev.scrip.cli;

import dev.scrip.audit.Audit;
import dev.scrip.audit.AuditException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `scrip verify`: works the whole journal out again and compares.
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true,
        header = {
            "Verifies what is stored: every fact is worked out again by a second hand.",
            "",
            "Examples:",
            "  scrip verify --data data",
            "  scrip verify --data data --journal jdbc:postgresql://db/scrip?user=scrip",
            ""
        },
        footer = {
            "",
            "A server may run meanwhile; nothing is written.",
            "Exit codes: 0 all is well, 1 something differs, 2 unusable input."
        })
final class VerifyCommand implements Callable<Integer> {

    @Option(
            names = "--data",
            paramLabel = "DIR",
            required = true,
            description = "The data directory of a server, or a copy of it.")
    private Path data = Path.of("");

    @Option(
            names = "--journal",
            paramLabel = "URL",
            description = "The PostgreSQL database that has the journal, as given to serve.")
    private @Nullable String journal;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        var command = spec.commandLine();
        var text = new AuditText(command);
        try {
            var report = Audit.of(data, journal, text::progress);
            return text.show(report);
        } catch (AuditException e) {
            return text.refuse(e);
        }
    }
}
