package dev.scrip.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scrip.pricing.Circumstances;
import dev.scrip.pricing.Credits;
import dev.scrip.pricingfile.PricingFile;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CohortsCommandTest {

    private static final String STARTUP = CommandLineRun.file("examples/startup/pricing.yaml");

    @TempDir private Path folder = Path.of("");
    private Path usage = Path.of("");

    /// Account a0 makes one call in ten days, a1 two, and so on to a9.
    @BeforeEach
    void writeUsage() throws IOException {
        var lines = new ArrayList<String>();
        lines.add("account,operation,time");
        lines.add("other,image.resize,2026-03-01T00:00:00Z");
        for (int account = 0; account < 10; account++) {
            for (int call = 0; call <= account; call++) {
                lines.add("a" + account + ",image.enhance,2026-03-05T00:00:00Z");
            }
        }
        lines.add("other,image.resize,2026-03-11T00:00:00Z");
        usage = Files.write(folder.resolve("usage.csv"), lines);
    }

    private CommandLineRun cohorts(String more) {
        var args = new ArrayList<>(List.of("cohorts", usage.toString(), "--pricing", STARTUP));
        args.addAll(List.of(more.split(" ", -1)));
        return CommandLineRun.of(args.toArray(String[]::new));
    }

    @Test
    void theHeaviestKeepThePriceAndItIsSaidWhatThatGivesUp() {
        var run =
                cohorts(
                        "--operation image.enhance --to 25 --heavy-share 0.2 --holdout 0 --from"
                                + " 2026-04-01 --until 2026-06-30 -o csv");
        assertThat(run.exitCode()).isEqualTo(0);
        // Ten calls in ten days are 300 credits in 30, which would be 750: 450 × $0.001, 90 days.
        assertThat(run.out().lines())
                .startsWith(
                        "account,cohort,monthly_credits,monthly_given_up,given_up",
                        "live/a9,grandfathered,300,0.45,1.35",
                        "live/a8,grandfathered,270,0.40,1.22",
                        "live/a7,new_price,240,0.00,0.00")
                .hasSize(11);
    }

    @Test
    void thePriceGoesToTheLowestValueThatKeepsTheFloor() {
        assertThat(cohorts("--operation image.enhance --from 2026-04-01").out())
                .startsWith("image.enhance: 10 → 250 credits from 2026-04-01");
    }

    @Test
    void theBlockKeepsTheOldPriceForThoseInIt() throws IOException {
        var out =
                cohorts(
                                "--operation image.enhance --to 25 --heavy-share 0.2 --holdout 0.5"
                                        + " --seed 3 --from 2026-04-01")
                        .out();
        var start = out.indexOf("adjustments:");
        var block = out.substring(start, out.indexOf("\nAccounts", start));
        var text = Files.readString(Path.of(STARTUP)).replace("credits: 10 ", "credits: 25 ");
        var file = Files.writeString(folder.resolve("next.yaml"), text + block + "\n");
        var book = PricingFile.read(file).toPriceBook("next", Instant.EPOCH);
        var csv =
                cohorts(
                        "--operation image.enhance --to 25 --heavy-share 0.2 --holdout 0.5"
                                + " --seed 3 --from 2026-04-01 -o csv");
        var kept = 0;
        for (var line : csv.out().lines().skip(1).toList()) {
            var cells = line.split(",", -1);
            var caller =
                    Circumstances.at(Instant.EPOCH).by(cells[0], null, Credits.ZERO, Credits.ZERO);
            var quote = Objects.requireNonNull(book.quote("image.enhance", BigDecimal.ONE, caller));
            var keeps = !cells[1].equals("new_price");
            assertThat(quote.credits()).as(line).isEqualTo(Credits.of(keeps ? 10 : 25));
            kept += keeps ? 1 : 0;
        }
        assertThat(kept).isBetween(3, 9);
    }

    @Test
    void theBlockEndsByItselfWhenADayIsGiven() throws IOException {
        var args = "--operation image.enhance --to 25 --heavy-share 0.2 --from 2026-04-01";
        var out = cohorts(args + " --until 2026-06-30").out();
        var start = out.indexOf("adjustments:");
        var block = out.substring(start, out.indexOf("\nAccounts", start));
        assertThat(block).contains("    until: 2026-06-30T00:00:00Z\n");
        var text = Files.readString(Path.of(STARTUP)).replace("credits: 10 ", "credits: 25 ");
        var file = Files.writeString(folder.resolve("next.yaml"), text + block + "\n");
        var book = PricingFile.read(file).toPriceBook("next", Instant.EPOCH);
        var end = Instant.parse("2026-06-30T00:00:00Z");
        for (var at : new Instant[] {end.minusNanos(1_000), end}) {
            var heavy = Circumstances.at(at).by("live/a9", null, Credits.ZERO, Credits.ZERO);
            var quote = Objects.requireNonNull(book.quote("image.enhance", BigDecimal.ONE, heavy));
            assertThat(quote.credits()).isEqualTo(Credits.of(at.equals(end) ? 25 : 10));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--operation image.enhanced | ; known: image.upload, image.resize, image.enhance",
                "--operation image.upload | keeps its margin floor at 1 credit: say with --to",
                "--operation image.enhance --to 10 | --to (10) must be more than the 10 credits of now",
                "--operation image.enhance --holdout 10 | The holdout (10) must be a share from 0 to 1",
                "--operation image.enhance --from 2026-04-01 --until 2026-04-01 | --until (2026-04-01) must be after",
                "--operation image.enhance --heavy-share 0.1 --min-monthly-credits 5 | mutually exclusive",
                "--operation image.resize --to 50 --workspace Live | --workspace 'Live' is none; expected a lower-case letter"
            })
    void whatCannotBeUsedIsNamed(String args, String problem) {
        var run = cohorts(args);
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains(problem);
    }
}
