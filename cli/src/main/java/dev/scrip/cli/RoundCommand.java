package dev.scrip.cli;

import dev.scrip.pricing.Ladder;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/// `scrip round`: figures to friendly numbers.
@Command(
        name = "round",
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true,
        header = {
            "Rounds figures to the values of a ladder; ties go to the lower.",
            "",
            "Examples:",
            "  scrip round 1 4 112.5 240 2500",
            "  scrip round 75 --mode nearest",
            "  scrip round 7 --ladder 1,5,10,50 --mode up -o json",
            ""
        })
final class RoundCommand implements Callable<Integer> {

    @Parameters(
            paramLabel = "VALUE",
            arity = "1..*",
            description = "Figures greater than 0, such as 112.5.")
    private List<String> values = List.of();

    @Option(
            names = "--ladder",
            paramLabel = "LADDER",
            defaultValue = "1-2.5-5",
            description = {
                "1-2.5-5 (default), 1-2-5, 1-2-5-10-25 or 1-5-10-50,",
                "or values such as 1,5,10,50."
            })
    private Ladder ladder = Ladder.DEFAULT;

    @Option(
            names = "--mode",
            paramLabel = "MODE",
            converter = ModeConverter.class,
            defaultValue = "nearest-log",
            description = {
                "nearest-log (default): the nearer by ratio;",
                "nearest: the nearer by difference; up; down."
            })
    private Ladder.Rounding mode = Ladder.Rounding.NEAREST_LOG;

    @Mixin private Output output = new Output();

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        var rows = new ArrayList<Rounded.Row>();
        for (var text : values) {
            var value = figure(text);
            rows.add(new Rounded.Row(value, ladder.round(value, mode)));
        }
        output.print(new Rounded(ladder, rows), spec.commandLine());
        return ExitCode.DONE;
    }

    /// Not read by picocli, which takes a later figure that it cannot read for an argument that
    /// nobody expects, and says no more.
    private BigDecimal figure(String text) {
        try {
            return Converters.figure(text);
        } catch (TypeConversionException e) {
            throw new ParameterException(spec.commandLine(), "Invalid VALUE: " + e.getMessage(), e);
        }
    }

    private static final class ModeConverter extends WordConverter<Ladder.Rounding> {

        ModeConverter() {
            super(Ladder.Rounding.class);
        }
    }
}
