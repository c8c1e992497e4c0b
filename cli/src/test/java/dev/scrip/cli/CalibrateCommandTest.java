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

class CalibrateCommandTest {

    private static final String FOCUS =
            """
            BilledCost,EffectiveCost,BillingCurrency,ChargeCategory,ServiceCategory,ServiceName,ChargePeriodStart,ChargePeriodEnd
            90,80,USD,Usage,Compute,Virtual Machines,2026-03-01T00:00:00Z,2026-04-01T00:00:00Z
            12,10.5,USD,Usage,AI and Machine Learning,Model API,2026-03-01T00:00:00Z,2026-04-01T00:00:00Z
            -0.5,-0.5,USD,Credit,AI and Machine Learning,Model API,2026-03-01T00:00:00Z,2026-04-01T00:00:00Z
            5,5,USD,Usage,Management and Governance,Monitoring,2026-03-01T00:00:00Z,2026-04-01T00:00:00Z
            9,9,USD,Tax,Compute,Virtual Machines,2026-03-01T00:00:00Z,2026-04-01T00:00:00Z
            40,40,USD,Usage,Other,Batch GPU,2026-03-01T00:00:00Z,2026-04-01T00:00:00Z
            """;

    @TempDir Path folder = Path.of("");

    @BeforeEach
    void write() throws IOException {
        Files.writeString(
                folder.resolve("pricing.yaml"),
                """
                format: scrip-pricing/1
                currency: USD
                cost_rates: {compute_per_second: 0.01, third_party: {model.token: 0.000001}}
                credit_price: {amount: 1, per: 1000}
                bill: {services: {Batch GPU: compute}}
                operations:
                  chat: {unit_cost: 0.01}
                """);
        // 6,000 s of compute: 60; 20 million tokens: 20.
        Files.writeString(
                folder.resolve("calls.csv"),
                "operation,time,compute_ms,model.token\n"
                        + "chat,2026-03-03,3000000,10000000\n".repeat(2));
        Files.writeString(folder.resolve("bill.csv"), FOCUS);
    }

    @Test
    void aFocusBillScalesTheRates() {
        var run = calibrate();
        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isEqualTo(0);
        assertThat(run.out())
                .contains(
                        "Billed (EffectiveCost, USD)",
                        "compute      2026-03     120        60       2         120         0",
                        "third_party  2026-03      10        20     0.5          10         0",
                        "Monitoring                    5",
                        "tax on Virtual Machines       9",
                        "  compute_per_second: 0.02",
                        "    model.token: 0.0000005");
    }

    /// 60 MB of storage for 3; nothing tells memory from compute, which has a rate.
    @Test
    void whatIsUsedAndHasNoRateIsSaidWithOneThatAddsUp() throws IOException {
        Files.writeString(
                folder.resolve("calls.csv"),
                "operation,time,compute_ms,memory_mb,storage_kb\n"
                        + "chat,2026-03-03,3000000,500,30000\n".repeat(2));
        Files.writeString(folder.resolve("bill.csv"), "category,amount\ncompute,120\nstorage,3\n");
        var out = calibrate().out();
        assertThat(out.replaceAll("\\s+", " "))
                .contains(
                        "storage_per_gb It is 0, so none of the 3 billed for storage goes to it,"
                                + " though recorded calls used 0.06. 50 would make its use add up",
                        "memory_per_gb_second It is 0, so none of the 120 billed for compute goes",
                        "used 3000. That line pays for other use too",
                        "storage_per_gb: 0 # or 50, by the bill of storage")
                .doesNotContain("no recorded call uses it");
        assertThat(calibrate("-o", "json").out().replaceAll("\\s+", ""))
                .contains("\"field\":\"storage_per_gb\"", "\"proposed_rate\":50}")
                .contains("\"billed\":120,\"proposed_rate\":null}");

        var pricing = Files.readString(folder.resolve("pricing.yaml"));
        Files.writeString(
                folder.resolve("pricing.yaml"),
                pricing.replace("{compute_per_second", "{storage_per_gb: 50, compute_per_second"));
        assertThat(calibrate("-o", "csv").out()).contains("storage,,3,3,3,0");
    }

    /// Two suppliers' units on one line of the bill cannot be told apart.
    @Test
    void severalUnitsWithoutARateHaveNoProposal() throws IOException {
        var pricing = Files.readString(folder.resolve("pricing.yaml"));
        Files.writeString(
                folder.resolve("pricing.yaml"),
                pricing.replace("{model.token: 0.000001}", "{model.token: 0, model.page: 0}"));
        Files.writeString(
                folder.resolve("calls.csv"),
                "operation,time,model.token,model.page\nchat,2026-03-03,5,5\n");
        Files.writeString(folder.resolve("bill.csv"), "category,amount\nthird_party,10\n");
        assertThat(calibrate().out())
                .contains("third_party.model.token", "third_party.model.page")
                .contains("nothing tells")
                .doesNotContain("would make", "# or");
    }

    @Test
    void theBlockToPasteIsReadBack() throws IOException {
        var out = calibrate().out();
        var pricing = Files.readString(folder.resolve("pricing.yaml"));
        var pasted =
                pricing.replaceFirst("cost_rates: .*\n", out.substring(out.indexOf("cost_rates:")));
        Files.writeString(folder.resolve("pricing.yaml"), pasted);
        assertThat(calibrate("-o", "csv").out())
                .contains("compute,2026-03,120,120,120,0", "third_party,2026-03,10,10,10,0");
    }

    @Test
    void severalMonthsAreFitted() throws IOException {
        Files.writeString(
                folder.resolve("calls.csv"),
                """
                operation,time,compute_ms
                chat,2026-01-03,1000000
                chat,2026-02-03,2000000
                chat,2026-03-03,3000000
                """);
        Files.writeString(
                folder.resolve("bill.csv"),
                """
                category,period,amount
                compute,2026-01,27
                compute,2026-02,34
                compute,2026-03,41
                """);
        var out = calibrate("--method", "fit", "-o", "json").out();
        assertThat(out).contains("\"compute_per_second\" : 0.007", "\"factors\"");
        assertThat(out.replaceAll("\\s+", "")).contains("\"fixed\":{\"compute\":20");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "category,amount~comput,5 | bill.csv:2:category: \"comput\" is no category; expected total, one of compute, memory",
                "category,amount~compute,five | bill.csv:2:amount: \"five\" is no amount; expected a plain decimal such as 1234.56",
                "category,amount,period~compute,5,March | bill.csv:2:period: \"March\" is no time",
                "what,amount~compute,5 | bill.csv:1:category: there is no such column",
                "BilledCost,ServiceCategory,ChargePeriodStart,BillingCurrency~5,Compute,2026-03-01T00:00:00Z,EUR | bill.csv:2:BillingCurrency: \"EUR\" is not the pricing file's currency; expected USD",
                "BilledCost,ServiceCategory,ChargePeriodStart~5,Compute,2026-03-01 | bill.csv:1:BillingCurrency: there is no such column"
            })
    void aBadBillIsNamedByRowAndColumn(String bill, String problem) throws IOException {
        Files.writeString(folder.resolve("bill.csv"), bill.replace("~", "\n"));
        var run = calibrate();
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains(problem);
    }

    @Test
    void aCallWithoutTimeHasNoMonth() throws IOException {
        Files.writeString(folder.resolve("calls.csv"), "operation,compute_ms\nchat,5\n");
        var run = calibrate();
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err())
                .contains("calls.csv:2: the call has no time, and the bill is by month");
    }

    private CommandLineRun calibrate(String... more) {
        var args = new ArrayList<String>();
        args.add("calibrate");
        args.add(folder.resolve("pricing.yaml").toString());
        args.add("--usage");
        args.add(folder.resolve("calls.csv").toString());
        args.add("--bill");
        args.add(folder.resolve("bill.csv").toString());
        args.addAll(List.of(more));
        return CommandLineRun.of(args.toArray(String[]::new));
    }
}
