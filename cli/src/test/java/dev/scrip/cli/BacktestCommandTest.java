package dev.scrip.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Recorded usage through two pricing files, and what `scrip plan` makes of it.
class BacktestCommandTest {

    private static final String OLD = CommandLineRun.file("examples/image-api/pricing.yaml");
    private static final String USAGE = CommandLineRun.file("examples/dynamic/calls.csv");

    @TempDir private Path folder = Path.of("");
    private String dearer = "";

    /// AI analysis costs twice as much, so it goes from 100 to 250 credits.
    @BeforeEach
    void write() throws IOException {
        var file = folder.resolve("dearer.yaml");
        Files.writeString(
                file,
                Files.readString(Path.of(OLD)).replace("unit_cost: 0.0150", "unit_cost: 0.0300"));
        dearer = file.toString();
    }

    @Test
    void totalsOperationsAndAccountsAreShownUnderBoth() {
        var run = CommandLineRun.of("backtest", USAGE, "--pricing", OLD, "--against", dearer);
        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isEqualTo(0);
        assertThat(run.out())
                .startsWith(
                        "Billed USD 24.65 → 29.30 (+18.9 %), margin at list price 81.7 % → 83.0 %\n")
                .containsPattern("credits +24,652 +29,302 +\\+18.9 %")
                .containsPattern("image.analyze +31 +0 +3,100 +7,750 +3.10 +7.75 +85.0 % +88.0 %")
                .contains("4 pay more, 0 pay less, 0 the same.")
                .containsPattern("dune +– +4.73 +6.08 +\\+1.35 +\\+28.5 %");
    }

    @Test
    void theJsonHasBothSidesOfEverything() {
        var run =
                CommandLineRun.of(
                        "backtest", USAGE, "--pricing", OLD, "--against", dearer, "-o", "json");
        assertThat(run.out())
                .contains("\"totals\"", "\"revenue\" : 24.652", "\"revenue\" : 29.302")
                .contains("\"losers\" : [ \"acme\", \"dune\", \"cube\", \"bolt\" ]")
                .contains("\"winners\" : [ ]", "\"accounts_above_20_percent\" : 3");
        var csv =
                CommandLineRun.of(
                        "backtest", USAGE, "--pricing", OLD, "--against", dearer, "-o", "csv");
        assertThat(csv.out()).contains("image.analyze,31,31,0,0,3100,7750,3.1,7.75,");
    }

    /// 1,000 credits of the free plan do not reach far.
    @Test
    void whoMayNotOweIsRefusedWhenThePlanIsSpent() {
        var run =
                CommandLineRun.of(
                        "backtest",
                        USAGE,
                        "--pricing",
                        OLD,
                        "--against",
                        dearer,
                        "--plan",
                        "free",
                        "--no-overage");
        assertThat(run.out())
                .containsPattern("calls refused +[1-9]\\d* +[1-9]\\d*")
                .contains("Billed USD 0 → 0", "The log is shorter than a month");
    }

    @Test
    void eachAccountIsOnThePlanOfItsRow() throws IOException {
        var accounts = folder.resolve("accounts.csv");
        Files.writeString(accounts, "account,plan,overage\nacme,starter,\ndune,free,refuse\n");
        var run =
                CommandLineRun.of(
                        "backtest",
                        USAGE,
                        "--pricing",
                        OLD,
                        "--against",
                        dearer,
                        "--accounts",
                        accounts.toString(),
                        "-o",
                        "json");
        assertThat(run.exitCode()).isEqualTo(0);
        assertThat(run.out()).contains("\"plan\" : \"starter\"", "\"plan\" : \"free\"");
    }

    @Test
    void anAccountSpendsNoMoreThanItsCaps() throws IOException {
        var accounts = folder.resolve("accounts.csv");
        Files.writeString(accounts, "monthly_cap,account,daily_cap,plan\n,acme,0,\n,dune,,\n");
        var run =
                CommandLineRun.of(
                        "backtest",
                        USAGE,
                        "--pricing",
                        OLD,
                        "--against",
                        dearer,
                        "--accounts",
                        accounts.toString(),
                        "-o",
                        "json");
        assertThat(run.out())
                .containsPattern("\"acme\",[^}]+}[^{]+[{]\\s+\"calls\" : 0,\\s+\"refused\" : 95")
                .containsPattern("\"dune\",[^}]+}[^{]+[{]\\s+\"calls\" : 47,\\s+\"refused\" : 0");
        Files.writeString(accounts, "account,plan,weekly_cap\nacme,,much\n");
        var refused =
                CommandLineRun.of(
                        "backtest",
                        USAGE,
                        "--pricing",
                        OLD,
                        "--against",
                        dearer,
                        "--accounts",
                        accounts.toString());
        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.err())
                .contains(
                        "accounts.csv:2:weekly_cap: \"much\" is no limit; expected nothing, or"
                                + " credits such as 0.5 or 100");
    }

    /// Two workspaces may have accounts of one name.
    @Test
    void anAccountIsOfItsWorkspace() throws IOException {
        Files.writeString(
                Path.of(dearer),
                Files.readString(Path.of(OLD))
                        + "adjustments:\n  agreed:\n    accounts: {test/acme: {factor: 0.5}}\n");
        var calls = folder.resolve("calls.csv");
        Files.writeString(
                calls,
                """
                customer,operation,time
                live/acme,image.analyze,2026-03-01
                acme,image.analyze,2026-03-01
                test/acme,image.analyze,2026-03-01
                numbered/0,image.analyze,2026-03-01
                prod/bolt,image.analyze,2026-03-01
                prod/cube,image.analyze,2026-03-01
                """);
        var accounts = folder.resolve("accounts.csv");
        Files.writeString(accounts, "account,plan\nlive/acme,\nbolt,\nprod/cube,\ndune,\n");
        var run =
                CommandLineRun.of(
                        "backtest",
                        calls.toString(),
                        "--pricing",
                        OLD,
                        "--against",
                        dearer,
                        "--accounts",
                        accounts.toString(),
                        "-o",
                        "json");
        assertThat(run.out())
                .contains("\"winners\" : [ \"test/acme\" ]", "\"losers\" : [ ]")
                .contains("\"acme\"", "\"numbered/0\"", "\"prod/bolt\"")
                .doesNotContain("\"live/acme\"");
        assertThat(run.err()).contains("1 account without a call", ": dune");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "acme,huge,|accounts.csv:2:plan: \"huge\" is no plan of both pricing files; expected one of free",
                "acme,free,soon|accounts.csv:2:overage: \"soon\" is no limit; expected unlimited",
            })
    void aBadRowIsNamed(String row, String problem) throws IOException {
        var accounts = folder.resolve("accounts.csv");
        Files.writeString(accounts, "account,plan,overage\n" + row + "\n");
        var run =
                CommandLineRun.of(
                        "backtest",
                        USAGE,
                        "--pricing",
                        OLD,
                        "--against",
                        dearer,
                        "--accounts",
                        accounts.toString());
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains(problem);
    }

    /// A log names accounts as the company does; a price of its own still finds its account.
    @Test
    void accountsMayHaveAnyName() throws IOException {
        Files.writeString(
                Path.of(dearer),
                Files.readString(Path.of(OLD))
                        + "adjustments:\n  agreed:\n    accounts: {live/acme: {factor: 0.5}}\n");
        var calls = folder.resolve("calls.csv");
        Files.writeString(
                calls,
                """
                customer,operation,time
                ada@example.com,image.analyze,2026-03-01
                Müller & Söhne,image.analyze,2026-03-01
                株式会社,image.analyze,2026-03-01
                a/b c,image.analyze,2026-03-01
                live/acme,image.analyze,2026-03-01
                1,image.analyze,2026-03-01
                """);
        var accounts = folder.resolve("accounts.csv");
        Files.writeString(accounts, "account,plan\n株式会社,\nadda@example.com,\n");
        var run =
                CommandLineRun.of(
                        "backtest",
                        calls.toString(),
                        "--pricing",
                        OLD,
                        "--against",
                        dearer,
                        "--accounts",
                        accounts.toString(),
                        "-o",
                        "json");
        assertThat(run.out())
                .contains("\"ada@example.com\"", "\"Müller & Söhne\"", "\"株式会社\"", "\"a/b c\"")
                .contains("\"winners\" : [ \"acme\" ]", "\"losers\" : [ ]");
        assertThat(run.err()).contains("1 account without a call", "adda@example.com");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "` `|calls.csv:2:customer: \" \" is blank or has control characters; expected the name of an",
                "a\u0007b|calls.csv:2:customer: \"a\\u0007b\" is blank or has control characters",
            })
    void anAccountThatIsNoNameIsNamed(String account, String problem) throws IOException {
        var calls = folder.resolve("calls.csv");
        Files.writeString(calls, "operation,customer\nimage.resize,\"" + account + "\"\n");
        var run =
                CommandLineRun.of(
                        "backtest", calls.toString(), "--pricing", OLD, "--against", dearer);
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains(problem);
    }

    @Test
    void callsWithoutAPriceAreTold() throws IOException {
        var calls = folder.resolve("calls.csv");
        Files.writeString(
                Path.of(dearer),
                Files.readString(Path.of(OLD)).replace("  image.analyze:", "  image.improve:"));
        Files.writeString(calls, "operation\nimage.rotate\nimage.analyze\nimage.resize\n");
        var run =
                CommandLineRun.of(
                        "backtest", calls.toString(), "--pricing", OLD, "--against", dearer);
        assertThat(run.out())
                .contains("1 account made the calls")
                .containsSubsequence(
                        "in neither pricing file", "image.rotate (1 call).",
                        "only in the old pricing file", "image.analyze (1 call).")
                .doesNotContain("no call has a price", "only in the new");
        Files.writeString(calls, "operation\nGET /resize\nGET /resize\n");
        var strangers =
                CommandLineRun.of(
                        "backtest", calls.toString(), "--pricing", OLD, "--against", dearer);
        assertThat(strangers.out())
                .containsSubsequence(
                        "GET /resize (2 calls).", "no call has a price", "usage.operation");
    }

    /// A fee for a log of no length, or a period that begins with a late call, is a wrong bill.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "operation;image.resize|calls.csv:2:time: there is no time|1 call without a time",
                "time,operation;2026-03-05T00:00:00Z,image.resize;2026-03-01T00:00:00Z,image.resize"
                        + "|calls.csv:3:time: 2026-03-01T00:00:00Z is before 2026-03-05T00:00:00Z"
                        + "|1 call older than one above",
            })
    void plansNeedCallsByTime(String log, String problem, String remark) throws IOException {
        var calls = folder.resolve("calls.csv");
        Files.writeString(calls, log.replace(';', '\n') + "\n");
        var refused =
                CommandLineRun.of(
                        "backtest",
                        calls.toString(),
                        "--pricing",
                        OLD,
                        "--against",
                        dearer,
                        "--plan",
                        "starter");
        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.err()).contains(problem);
        var remarked =
                CommandLineRun.of(
                        "backtest", calls.toString(), "--pricing", OLD, "--against", dearer);
        assertThat(remarked.exitCode()).isEqualTo(0);
        assertThat(remarked.err()).contains(remark);
    }

    @Test
    void aPlanSaysWhichRulesItBreaksAndTheBillsThatRise() throws IOException {
        Files.writeString(
                Path.of(dearer),
                Files.readString(Path.of(dearer))
                        + """
                        rules:
                          max_price_rise: 0.2
                          max_bill_rise: 0.25
                          min_blended_margin: 0.9
                        """);
        var run = CommandLineRun.of("plan", dearer, "--against", OLD, "--usage", USAGE);
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out())
                .startsWith("3 rules are broken")
                .contains("It gets 150 % dearer at once, more than 20 %.")
                .contains("The bill of account dune rises by 28.5 %, more than 25 %.")
                .contains("All calls together keep 83 %, less than 90 %.")
                .contains("On recorded usage");

        var without = CommandLineRun.of("plan", dearer, "--against", OLD);
        assertThat(without.out()).startsWith("A rule is broken");
        assertThat(without.err()).contains("Not checked without --usage");
    }

    @Test
    void aPlanWithoutRulesCanBePublished() {
        var run = CommandLineRun.of("plan", dearer, "--against", OLD, "-o", "json");
        assertThat(run.exitCode()).isEqualTo(0);
        assertThat(run.out()).contains("\"violations\" : [ ]", "\"backtest\" : null");
        assertThat(CommandLineRun.of("plan", dearer).err()).contains("Say what to compare with");
    }
}
