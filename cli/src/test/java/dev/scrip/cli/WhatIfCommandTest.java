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

class WhatIfCommandTest {

    @TempDir Path folder = Path.of("");

    @BeforeEach
    void write() throws IOException {
        Files.writeString(
                folder.resolve("pricing.yaml"),
                """
                format: scrip-pricing/1
                currency: USD
                third_party_prices: {file: list.csv, models: {big: big-model-2026}}
                credit_price: {amount: 1, per: 1000}
                operations:
                  chat: {credits: 10, monthly_calls: 1000, use: {third_party: {big.input_token: 1000, big.output_token: 200}}}
                  mail: {unit_cost: 0.0002}
                """);
        // 0.002 + 0.002 for 10 credits, which are 0.01: a margin of 60 %.
        Files.writeString(
                folder.resolve("list.csv"),
                "model,input_usd_per_token,output_usd_per_token\nbig-model-2026,2e-06,1e-05\n");
    }

    @Test
    void aDearerModelIsSaidWithWhatToDo() {
        var run = whatIf("--cost", "big=+30%", "--from", "2026-03-01");
        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isEqualTo(0);
        assertThat(run.out())
                .contains("2026-03-01: big +30 %; blended margin 60.0 % → 48.0 %")
                .contains("under floor")
                .contains("  chat\n    it keeps less than its floor. 25 credits keep the floor;")
                .doesNotContain("mail");
    }

    @Test
    void datedPriceChangesGiveDatedMargins() throws IOException {
        Files.writeString(
                folder.resolve("changes.csv"),
                """
                date,model,provider,mode,old_input_usd,new_input_usd,old_output_usd,new_output_usd
                2025-01-01,big-model-2026,p,chat,1e-06,2e-06,1e-05,1e-05
                2026-02-01,other,p,chat,1e-06,9e-06,1e-06,9e-06
                2026-03-01,big-model-2026,p,chat,2e-06,4e-06,1e-05,1e-05
                2026-06-01,big-model-2026,p,chat,4e-06,8e-06,1e-05,2e-05
                2026-07-01,big-model-2026,p,chat,,8e-06,,
                """);
        var changes = folder.resolve("changes.csv").toString();
        var lines =
                whatIf("--price-changes", changes, "--since", "2026-01-01", "-o", "csv")
                        .out()
                        .lines()
                        .toList();
        assertThat(lines)
                .containsExactly(
                        "from,operation,credits,unit_cost_before,unit_cost,margin_before,margin,margin_floor,verdict,new_credits,glide_months",
                        "2026-03-01,chat,10,0.004,0.006,0.6,0.4,0.5,under_floor,25,6",
                        "2026-06-01,chat,10,0.004,0.012,0.6,-0.2,0.5,under_water,25,6");
        assertThat(whatIf("--price-changes", changes, "-o", "json").out().replaceAll("\\s+", ""))
                .contains("\"from\":\"2025-01-01\"", "\"monthly_loss\":10");
    }

    @ParameterizedTest
    @CsvSource({
        "+30%, under-floor, 1",
        "+30%, under-water, 0",
        "+200%, under-water, 1",
        "+1%, under-floor, 0"
    })
    void aVerdictCanFailTheBuild(String change, String verdict, int exitCode) {
        assertThat(whatIf("--cost", "big=" + change, "--fail-on", verdict).exitCode())
                .isEqualTo(exitCode);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--cost=bug=+30% | --cost bug is no cost of this pricing file; expected compute, memory, storage, bandwidth, third_party or one of big.input_token",
                "--cost=big=30 | --cost big=30 is not understood; expected such as gpt-4o=+30%",
                "--cost=big=-101% | would make it negative; expected -100% or more",
                "--since=2026-01-01 | nothing changes; expected --cost NAME=+N% or --price-changes FILE"
            })
    void aBadChangeIsNamed(String option, String problem) {
        var run = whatIf(option);
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains(problem);
    }

    @Test
    void aFileWithoutThirdPartyUnitsIsOfferedNone() {
        var run =
                CommandLineRun.of(
                        "what-if",
                        CommandLineRun.file("examples/image-api/pricing.yaml"),
                        "--cost",
                        "bug=+30%");
        assertThat(run.err())
                .contains("expected compute, memory, storage, bandwidth or third_party\n");
    }

    private CommandLineRun whatIf(String... more) {
        var args = new ArrayList<String>();
        args.add("what-if");
        args.add(folder.resolve("pricing.yaml").toString());
        args.addAll(List.of(more));
        return CommandLineRun.of(args.toArray(String[]::new));
    }
}
