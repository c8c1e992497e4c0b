package dev.scrip.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scrip.service.ScripServer;
import dev.scrip.service.ServeOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ApplyCommandTest {

    private static final Path IMAGE_API =
            Path.of(CommandLineRun.file("examples/image-api/pricing.yaml"));

    @TempDir private Path folder = Path.of("");
    private ScripServer server;
    private Path keyFile;

    @BeforeEach
    void start() throws IOException {
        server =
                ScripServer.start(
                        ServeOptions.of(folder.resolve("data"))
                                .withPricingFile(IMAGE_API)
                                .withAddress("127.0.0.1", 0));
        keyFile = folder.resolve("key");
        Files.writeString(keyFile, server.newAdminKeys().getFirst().secret() + "\n");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aChangeIsPublishedComparedListedAndTakenBack() throws IOException {
        var applied = run("apply", dearer(""), "--reason", "analysis costs more");
        assertThat(applied.err()).isEmpty();
        assertThat(applied.exitCode()).isEqualTo(0);
        assertThat(applied.out())
                .startsWith("Published as pb_2, in force from 20")
                .contains("What changes beside pb_1", "1 dearer;")
                .containsPattern("image.analyze +changed +100 → 250");

        var again = run("apply", dearer(""));
        assertThat(again.exitCode()).isEqualTo(0);
        assertThat(again.out())
                .isEqualToIgnoringNewLines(
                        "Nothing to change: pb_2, the last price book, says the same.");

        assertThat(run("diff", IMAGE_API.toString()).out()).startsWith("1 cheaper;");
        assertThat(run("diff", "pb_1", "pb_2").out()).startsWith("1 dearer;");
        assertThat(run("diff", "pb_2", dearer(""), "--exit-code").exitCode()).isEqualTo(0);

        var back = run("apply", "--rollback", "pb_1", "-o", "json");
        assertThat(back.err()).contains("No rules were checked");
        assertThat(back.out())
                .contains("\"outcome\" : \"published\"", "\"version\" : \"pb_3\"")
                .contains("\"based_on\" : \"pb_2\"");
        assertThat(run("diff", "pb_1", "pb_3", "--exit-code").exitCode()).isEqualTo(0);

        assertThat(run("history").out().lines().toList())
                .anyMatch(line -> line.matches("pb_3 .* in force .* back to pb_1 *"))
                .anyMatch(line -> line.matches("pb_2 .* analysis costs more *"))
                .anyMatch(line -> line.matches("pb_1 .* a start *"));
        assertThat(run("history").out().lines().skip(1))
                .allMatch(line -> line.matches("pb_\\d +[-0-9]+T[:0-9]{8}Z .*"));
        assertThat(run("history", "-o", "csv").out().lines().skip(1).findFirst().orElseThrow())
                .startsWith("pb_3,")
                .contains(",true,")
                .endsWith(",back to pb_1,");
    }

    @Test
    void aBrokenRuleRefusesUnlessItIsOverriddenWithAReason() throws IOException {
        var rules = "rules: {max_price_rise: 0.2, notice_days: 30, max_bill_rise: 0.1}\n";
        var refused = run("apply", dearer(rules));
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.err())
                .isEqualToIgnoringNewLines(
                        "Not checked, for want of recorded usage: max_bill_rise. --usage"
                                + " FILE checks them.");
        assertThat(refused.out())
                .startsWith("Nothing was published: 2 rules are broken.")
                .contains(
                        "image.analyze max_price_rise", "gets 150 % dearer at once, more than 20 %")
                .contains("image.analyze notice_days");
        assertThat(run("history").out()).doesNotContain("pb_2");

        // The rules of the file hold for a way back, too.
        assertThat(run("apply", dearer(rules), "-o", "json").out())
                .contains("\"outcome\" : \"refused\"", "\"rule\" : \"notice_days\"");
        var _ = run("apply", dearer(rules), "--override", " ");
        assertThat(run("history").out()).doesNotContain("pb_2");

        var overridden = run("apply", dearer(rules), "--override", "agreed with all");
        assertThat(overridden.exitCode()).isEqualTo(0);
        assertThat(overridden.out())
                .startsWith("Published as pb_2, in force from ")
                .contains("although it breaks its rules.");
        assertThat(run("history").out()).contains("[rules broken: agreed with all]");

        var cheaper = run("apply", dearer(rules), "--rollback", "pb_1");
        assertThat(cheaper.exitCode()).isEqualTo(0);
        assertThat(run("history").out()).contains("pb_3").containsOnlyOnce("rules broken");
        var forth = run("apply", dearer(rules), "--rollback", "pb_2");
        assertThat(forth.exitCode()).isEqualTo(1);
        assertThat(forth.out()).contains("image.analyze max_price_rise");
    }

    @Test
    void aRuleAboutBillsRefusesByRecordedUsage() throws IOException {
        var calls = CommandLineRun.file("examples/dynamic/calls.csv");
        var rules = "rules: {max_bill_rise: 0.25, min_blended_margin: 0.5}\n";
        var refused = run("apply", dearer(rules), "--usage", calls);
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.err()).doesNotContain("Not checked");
        assertThat(refused.out())
                .startsWith("Nothing was published: a rule is broken.")
                .contains("The bill of account dune rises by 28.5 %, more than 25 %.");
        assertThat(run("history").out()).doesNotContain("pb_2");
        var accounts = folder.resolve("accounts.csv");
        Files.writeString(accounts, "account,plan\ncube,pro\n");
        var alone = run("apply", dearer(rules), "--accounts", accounts.toString());
        assertThat(alone.exitCode()).isEqualTo(2);
        assertThat(alone.err()).contains("add --usage FILE");
        var overridden = run("apply", dearer(rules), "--usage", calls, "--override", "agreed");
        assertThat(overridden.exitCode()).isEqualTo(0);
        assertThat(run("history").out()).contains("pb_2", "[rules broken: agreed]");

        var back = run("apply", IMAGE_API.toString(), "--usage", calls, "--override", "in vain");
        assertThat(back.exitCode()).isEqualTo(0);
        assertThat(run("history").out()).contains("pb_3").doesNotContain("in vain");
        var noFile = run("apply", "--rollback", "pb_1", "--usage", calls);
        assertThat(noFile.exitCode()).isEqualTo(2);
        assertThat(noFile.err()).contains("--usage is for the rules of a pricing file");
    }

    @Test
    void onTheirPlansNobodyPaysMore() throws IOException {
        var calls = CommandLineRun.file("examples/dynamic/calls.csv");
        var rules = "rules: {max_bill_rise: 0.01}\n";
        var applied = run("apply", dearer(rules), "--usage", calls, "--plan", "pro");
        assertThat(applied.out()).startsWith("Published as pb_2");
        assertThat(applied.exitCode()).isEqualTo(0);
    }

    @Test
    void itTakesEffectWhenItIsSaid() throws IOException {
        var day = Instant.now().truncatedTo(ChronoUnit.DAYS).plus(40, ChronoUnit.DAYS);
        var rules = "rules: {notice_days: 30}\n";
        var applied = run("apply", dearer(rules), "--effective", day.toString().substring(0, 10));
        assertThat(applied.out()).startsWith("Published as pb_2, in force from " + day);
        assertThat(server.priceBookVersion()).isEqualTo("pb_1");
        assertThat(run("history").out())
                .containsPattern("pb_2 .* to come")
                .containsPattern("pb_1 .* in force");

        var later = day.plus(1, ChronoUnit.DAYS).toString();
        var image = IMAGE_API.toString();
        assertThat(run("plan", image, "--effective", later).out()).doesNotContain("call off");
        assertThat(run("plan", image).out())
                .contains("would call off what is still to come: pb_2.");
        assertThat(run("plan", image, "-o", "json").out())
                .contains("\"called_off\" : [ \"pb_2\" ]");

        var withdrawn = run("apply", "--rollback", "pb_1");
        assertThat(withdrawn.exitCode()).isEqualTo(0);
        assertThat(withdrawn.out())
                .startsWith("Published as pb_3, in force from ")
                .contains("Called off by it: pb_2.");
        assertThat(server.priceBookVersion()).isEqualTo("pb_3");
        assertThat(run("history").out())
                .containsPattern("pb_3 .* in force")
                .containsPattern("pb_2 .* called off");
        var past = run("apply", dearer(""), "--effective", "2020-01-01T00:00:00Z");
        assertThat(past.exitCode()).isEqualTo(1);
        assertThat(past.err()).contains("cannot take effect before now");
    }

    @Test
    void whatIsMissingIsSaid() throws IOException {
        var noServer = CommandLineRun.of("apply", IMAGE_API.toString());
        assertThat(noServer.exitCode()).isEqualTo(2);
        assertThat(noServer.err()).contains("--server URL");
        var noFile = CommandLineRun.of("apply", "--server", server.url());
        assertThat(noFile.exitCode()).isEqualTo(2);
        assertThat(noFile.err()).contains("Name a pricing file, or a version with --rollback");
        assertThat(run("apply", "--rollback", "pb_7").err())
                .contains(
                        "404 unknown_price_book: There is no price book \"pb_7\". The last one is pb_1");
        assertThat(run("apply", IMAGE_API.toString(), "--effective", "soon").err())
                .contains("'soon' is no day such as 2027-01-01");
        assertThat(CommandLineRun.of("diff", "pb_1", "pb_2").err()).contains("add --server URL");
        assertThat(CommandLineRun.of("diff", IMAGE_API.toString()).err())
                .contains("Name two pricing files, or one and a server");

        Files.writeString(keyFile, "sk_live_wrong");
        var refused = run("history");
        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.err()).contains("401 unauthorized").doesNotContain("sk_live_wrong");
    }

    private CommandLineRun run(String... args) {
        var all = new ArrayList<>(List.of(args));
        all.addAll(List.of("--server", server.url(), "--key-file", keyFile.toString()));
        return CommandLineRun.of(all.toArray(String[]::new));
    }

    private String dearer(String more) throws IOException {
        var file = folder.resolve("dearer.yaml");
        Files.writeString(
                file,
                more
                        + Files.readString(IMAGE_API)
                                .replace("unit_cost: 0.0150", "unit_cost: 0.0300"));
        return file.toString();
    }
}
