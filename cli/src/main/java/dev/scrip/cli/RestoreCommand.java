package dev.scrip.cli;

import dev.scrip.audit.AuditException;
import dev.scrip.audit.AuditReport;
import dev.scrip.audit.Backup;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `scrip restore`: makes a data directory of a copy, after checking the copy.
@Command(
        name = "restore",
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true,
        header = {
            "Restores a data directory from a copy, if the copy is sound.",
            "",
            "Examples:",
            "  scrip restore --from backups/monday --data data",
            ""
        },
        footer = {
            "",
            "Snapshot and projections are built anew by the server that starts there.",
            "Exit codes: 0 restored, 1 the copy is not sound, 2 unusable input."
        })
final class RestoreCommand implements Callable<Integer> {

    @Option(
            names = "--from",
            paramLabel = "DIR",
            required = true,
            description = "A copy that scrip backup made.")
    private Path from = Path.of("");

    @Option(
            names = "--data",
            paramLabel = "NEWDIR",
            required = true,
            description = "The data directory to make: empty or not there yet.")
    private Path data = Path.of("");

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        var command = spec.commandLine();
        var text = new AuditText(command);
        try {
            var report = Backup.restore(from, data, text::progress);
            int exitCode = text.show(report);
            switch (report) {
                case AuditReport.Sound _ ->
                        command.getOut().println("Restored " + from + " to " + data + ".");
                case AuditReport.Unsound _ ->
                        command.getErr().println("Nothing was restored. Try an older copy.");
            }
            return exitCode;
        } catch (AuditException e) {
            return text.refuse(e);
        }
    }
}
