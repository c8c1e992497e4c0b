package dev.scrip.cli;

import dev.scrip.audit.Audit;
import dev.scrip.audit.AuditException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
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

    @Mixin private DataOptions data = new DataOptions();

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        var command = spec.commandLine();
        var text = new AuditText(command);
        try {
            var report = Audit.of(data.directory(), data.journal(), text::progress);
            return text.show(report);
        } catch (AuditException e) {
            return text.refuse(e);
        }
    }
}
