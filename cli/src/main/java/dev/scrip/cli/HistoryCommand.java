package dev.scrip.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `scrip history`: the price books of a running server.
@Command(
        name = "history",
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true,
        header = {
            "Lists the price books of a running server, the newest first, with who published them and why.",
            "",
            "Example:",
            "  scrip history --server http://127.0.0.1:8080",
            ""
        },
        footer = {
            "",
            "The admin key is taken from SCRIP_API_KEY or --key-file.",
            "Exit codes: 0 done, 2 unusable input."
        })
final class HistoryCommand implements Callable<Integer> {

    @Mixin private ServerOption server = new ServerOption();

    @Mixin private Output output = new Output();

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        try (var books = server.priceBooks()) {
            output.print(new HistoryResult(books.history()), spec.commandLine());
        }
        return ExitCode.DONE;
    }
}
