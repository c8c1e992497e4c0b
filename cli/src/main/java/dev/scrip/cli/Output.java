package dev.scrip.cli;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/// The option of every command that prints a result.
final class Output {

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            converter = Format.Converter.class,
            defaultValue = "table",
            description = "table (default), json, csv, md or html (one file, opens offline).")
    private Format format = Format.TABLE;

    void print(Result result, CommandLine command) {
        var out = command.getOut();
        lines(result, command).forEach(out::println);
        out.flush();
    }

    private List<String> lines(Result result, CommandLine command) {
        return switch (format) {
            case TABLE -> result.report().toText(command.getColorScheme().ansi());
            case JSON -> List.of(result.json());
            case CSV -> result.csv();
            case MD -> result.report().toMarkdown();
            case HTML -> List.of(result.report().toHtml());
        };
    }
}
