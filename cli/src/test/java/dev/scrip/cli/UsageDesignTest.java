package dev.scrip.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UsageDesignTest {

    private static final String PRICING =
            """
            format: scrip-pricing/1
            currency: USD
            cost_rates: {third_party: {model.token: 0.000001}}
            credit_price: {amount: 2, per: 1000}
            operations:
              chat: {}
              mail: {unit_cost: 0.0005}
            measured_at: 2026-03-01
            max_age_days: 30
            """;

    @TempDir Path folder = Path.of("");

    /// 90 calls of 100 tokens and 10 of 10,000: the mean is 1,090, and hides that.
    @BeforeEach
    void write() throws IOException {
        Files.writeString(folder.resolve("pricing.yaml"), PRICING);
        Files.writeString(
                folder.resolve("calls.csv"),
                "operation,model.token\n" + "chat,100\n".repeat(90) + "chat,10000\n".repeat(10));
    }

    @Test
    void theTableIsDesignedFromTheCalls() {
        var run = design("--today", "2026-03-31");
        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isEqualTo(0);
        assertThat(run.out())
                .contains(
                        "A call costs $0.00109 in the mean of 100 measured",
                        "Measured: 100 calls in calls.csv",
                        "chat         100    100  0.00109  0.0001  0.01  0.01      100",
                        "Size bands: one price for all calls hides these margins",
                        "cost_missing mail")
                .doesNotContain("cost_stale");
    }

    @Test
    void theBandsAreSaidWithTheMarginThatTheMeanHides() {
        var out = design("-o", "json", "--today", "2026-03-31").out();
        assertThat(out.replaceAll("\\s+", ""))
                .contains(
                        "\"size_bands\":[{\"operation\":\"chat\",\"unit\":\"model.token\",\"bands\":["
                                + "{\"name\":\"s\",\"up_to\":100,\"calls\":90,\"mean_cost\":0.0001,");
        // chat is a credit of $0.002: a small call keeps 95 %, a large one costs five times that.
        assertThat(out).contains("\"margin_at_one_price\" : 0.95", "\"margin_at_one_price\" : -4");
    }

    @ParameterizedTest
    @CsvSource({"2026-03-31, 0", "2026-04-01, 1"})
    void anOldCostCanFailTheBuild(String today, int exitCode) {
        assertThat(design("--today", today, "--fail-on", "cost_stale").exitCode())
                .isEqualTo(exitCode);
    }

    @Test
    void aLogThatCannotBeReadIsTheOnlyThingSaid() throws IOException {
        Files.writeString(folder.resolve("calls.csv"), "operation,model.token\nchat,x\n");
        var run = design();
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err().lines())
                .singleElement()
                .asString()
                .endsWith(
                        "calls.csv:2:model.token: \"x\" is not a plain decimal; expected a figure"
                                + " such as 50 or 0.5");
    }

    private CommandLineRun design(String... more) {
        var args = new ArrayList<String>();
        args.add("design");
        args.add(folder.resolve("pricing.yaml").toString());
        args.add("--usage");
        args.add(folder.resolve("calls.csv").toString());
        args.addAll(List.of(more));
        return CommandLineRun.of(args.toArray(String[]::new));
    }
}
