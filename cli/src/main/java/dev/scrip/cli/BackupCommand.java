package dev.scrip.cli;

import dev.scrip.audit.AuditException;
import dev.scrip.audit.Backup;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `scrip backup`: copies what must not be lost.
@Command(
        name = "backup",
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true,
        header = {
            "Copies the journal, the price books and the keys; a server may run meanwhile.",
            "",
            "Examples:",
            "  scrip backup --data data --to backups/monday",
            "  scrip verify --data backups/monday",
            ""
        },
        footer = {
            "",
            "A journal in PostgreSQL is backed up with pg_dump --schema=scrip.",
            "Exit codes: 0 copied, 2 unusable input."
        })
final class BackupCommand implements Callable<Integer> {

    @Option(
            names = "--data",
            paramLabel = "DIR",
            required = true,
            description = "The data directory of a server.")
    private Path data = Path.of("");

    @Option(
            names = "--to",
            paramLabel = "NEWDIR",
            required = true,
            description = "Where the copy goes: a directory that is empty or not there yet.")
    private Path to = Path.of("");

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        var command = spec.commandLine();
        try {
            Backup.make(data, to);
        } catch (AuditException e) {
            return new AuditText(command).refuse(e);
        }
        command.getOut()
                .println("Copied " + data + " to " + to + ". Check it: scrip verify --data " + to);
        return ExitCode.DONE;
    }
}
