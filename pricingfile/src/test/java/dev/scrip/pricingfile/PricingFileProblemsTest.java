package dev.scrip.pricingfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PricingFileProblemsTest {

    @TempDir Path temporary = Path.of("");
    private Folder folder = new Folder(temporary);

    @BeforeEach
    void openFolder() {
        folder = new Folder(temporary);
    }

    /// One line of a good file is replaced; the problem names line, field, value and what is right.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                // the head
                "format: scrip-pricing/1 | format: scrip-pricing/2 | pricing.yaml:1: format: \"scrip-pricing/2\" is not a known format; expected scrip-pricing/1",
                "format: scrip-pricing/1 | base_credits: 1 | pricing.yaml:1: format: is missing",
                "currency: USD | currency: usd | pricing.yaml:2: currency: \"usd\" is no currency",
                "currency: USD | currency: | pricing.yaml:2: currency: has no value",
                "currency: USD | currency: [USD] | pricing.yaml:2: currency: is a list",
                "currency: USD | curency: USD | pricing.yaml:2: curency: is not a known field. Did you mean currency?",
                "currency: USD | format: scrip-pricing/1 | pricing.yaml:2: format: is there twice, first in line 1",
                "currency: USD | currency: !!java.io.File USD | pricing.yaml:2: the tag tag:yaml.org,2002:java.io.File is not allowed",
                "currency: USD | [a, b]: USD | pricing.yaml:2: a field name is a list or a group",
                "currency: USD | currency: USD,,,ladder: 1-2-3 | pricing.yaml:3: ladder: \"1-2-3\" is no ladder. Did you mean 1-2-5?",
                "currency: USD | currency: USD,,,ladder: [1, 5, 2.5] | pricing.yaml:3: ladder[3]: 2.5 comes after 5; expected a value greater than the one before it",
                "currency: USD | currency: USD,,,ladder: [1, 1] | pricing.yaml:3: ladder[2]: 1 comes after 1",
                "currency: USD | currency: USD,,,ladder: [0, 1] | pricing.yaml:3: ladder[1]: 0 is too small",
                "currency: USD | currency: USD,,,ladder: [] | pricing.yaml:3: ladder: has no value to use",
                "currency: USD | currency: USD,,,margin_floor: 50 | pricing.yaml:3: margin_floor: 50 is no share. Maybe 0.50 is meant",
                "currency: USD | currency: USD,,,base_operation: image.uplod | pricing.yaml:3: base_operation: \"image.uplod\" is no operation. Did you mean image.upload?",
                // amounts
                "0.0034 | 1e5 | pricing.yaml:3: cost_rates.compute_per_second: \"1e5\" is no plain decimal",
                "0.0034 | NaN | \"NaN\" is no plain decimal",
                "0.0034 | .inf | \".inf\" is no plain decimal",
                "0.0034 | 0x10 | \"0x10\" is no plain decimal",
                "0.0034 | 1_000 | \"1_000\" is no plain decimal",
                "0.0034 | 0o17 | \"0o17\" is no plain decimal",
                "0.0034 | ０.５ | \"０.５\" is no plain decimal",
                "0.0034 | \"0.5\" | \"0.5\" is text, not a figure",
                "0.0034 | -1 | cost_rates.compute_per_second: -1 is too small",
                "0.0034 | 99999999999999999999 | \"99999999999999999999\" is no plain decimal",
                "0.0034 | 1000000001 | 1000000001 is too large",
                "0.0034 | true | \"true\" is no plain decimal",
                "0.0034 | {a: 1} | cost_rates.compute_per_second: has fields of its own",
                "compute_per_second | compute_per_secnd | cost_rates.compute_per_secnd: is not a known field. Did you mean compute_per_second?",
                "model.token: 0.000002 | model.token: free | cost_rates.third_party.model.token: \"free\" is no plain decimal",
                // credit price
                "target_margin: 0.70 | target_margin: 70 | pricing.yaml:4: credit_price.target_margin: 70 is no share. Maybe 0.70 is meant",
                "target_margin: 0.70 | target_margin: 1 | credit_price.target_margin: 1 is no share. Maybe 0.01 is meant",
                "target_margin: 0.70 | target_margin: -0.1 | credit_price.target_margin: -0.1 is too small",
                "target_margin: 0.70, | `` | credit_price.target_margin: is missing",
                "blended_cost_per_credit: 0.0003 | blended_cost_per_credit: 0 | credit_price: blended_cost_per_credit is 0",
                "blended_cost_per_credit: 0.0003 | blended_cost_per_credit: 0.0003, amount: 1 | credit_price: says in several ways",
                "target_margin: 0.70, blended_cost_per_credit: 0.0003 | amount: 1 | credit_price.per: is missing",
                "target_margin: 0.70, blended_cost_per_credit: 0.0003 | per: 1 | credit_price.amount: is missing",
                "target_margin: 0.70, blended_cost_per_credit: 0.0003 | amount: 0, per: 1000 | credit_price.amount: 0 is too small",
                "target_margin: 0.70, blended_cost_per_credit: 0.0003 | amount: 1, per: 0.5 | credit_price.per: 0.5 has too many decimals",
                "target_margin: 0.70, blended_cost_per_credit: 0.0003 | amount: 1, per: 3 | pricing.yaml: The credit price (1 per 3)",
                "credit_price | credit_prize | pricing.yaml:4: credit_prize: is not a known field. Did you mean credit_price?",
                // operations
                "{unit_cost: 0.0002} | {title: Upload} | pricing.yaml:6: operations.image.upload: has no cost; expected one of unit_cost, use, measured, or free: true",
                "{unit_cost: 0.0002} | 0.0002 | operations.image.upload: \"0.0002\" is a single value",
                "{unit_cost: 0.0002} | `` | operations.image.upload: has no value",
                "{unit_cost: 0.0002} | {unit_cost: 0.00000000001} | operations.image.upload.unit_cost: 0.00000000001 has too many decimals",
                "{unit_cost: 0.0002} | {unit_cost: -0.1} | operations.image.upload.unit_cost: -0.1 is too small",
                "{unit_cost: 0.0002} | {unit_cost: 1, value_multiplier: 0, value_reason: x} | operations.image.upload.value_multiplier: 0 is too small; expected a factor greater than 0",
                "{unit_cost: 0.0002} | {unit_cost: 1, value_multiplier: -1, value_reason: x} | value_multiplier: -1 is too small",
                "{unit_cost: 0.0002} | {unit_cost: 1, value_multiplier: 1000000000, value_reason: x} | value_multiplier: 1000000000 is too large",
                "{unit_cost: 0.0002} | {unit_cost: 1, value_multiplier: 1.5} | operations.image.upload.value_reason: is missing",
                "{unit_cost: 0.0002} | {unit_cost: 1, valu_multiplier: 1.5} | operations.image.upload.valu_multiplier: is not a known field. Did you mean value_multiplier?",
                "{unit_cost: 0.0002} | {unit_cost: 1, monthly_calls: 1.5} | monthly_calls: 1.5 has too many decimals",
                "{unit_cost: 0.0002} | {unit_cost: 1, monthly_calls: -1} | monthly_calls: -1 is too small",
                "{unit_cost: 0.0002} | {unit_cost: 1, margin_floor: 50} | margin_floor: 50 is no share. Maybe 0.50 is meant",
                "{unit_cost: 0.0002} | {unit_cost: 1, credits: 0.0005} | credits: 0.0005 has too many decimals",
                "{unit_cost: 0.0002} | {unit_cost: 1, free: yes} | operations.image.upload.free: \"yes\" is neither; expected true or false",
                "{unit_cost: 0.0002} | {unit_cost: 1, free: true, credits: 5} | operations.image.upload: is free and has credits",
                "{unit_cost: 0.0002} | {unit_cost: 0} | nothing to measure the others by",
                "{unit_cost: 0.0002} | {unit_cost: 1, title: \"a\\nb\"} | operations.image.upload.title: \"a\\u000ab\" is blank, too long or has control characters",
                "{unit_cost: 0.0002} | {use: {compute_sm: 5}} | operations.image.upload.use.compute_sm: is not a known field. Did you mean compute_ms?",
                "{unit_cost: 0.0002} | {use: {third_party: {model.tokn: 5}}} | operations.image.upload.use.third_party.model.tokn: has no rate. Did you mean model.token?",
                "{unit_cost: 0.0002} | {unit_cost: 1, competitors: {name: A}} | operations.image.upload.competitors: has fields of its own",
                "{unit_cost: 0.0002} | {unit_cost: 1, competitors: [{name: A}]} | operations.image.upload.competitors[1]: must say what a call costs there",
                "{unit_cost: 0.0002} | {unit_cost: 1, competitors: [{credits: 1}]} | operations.image.upload.competitors[1].name: is missing",
                "{unit_cost: 0.0002} | {unit_cost: 1, competitors: [{name: A, price_per_call: 0}]} | competitors[1].price_per_call: 0 is too small",
                "{unit_cost: 0.0002} | {unit_cost: 1, competitors: [{name: A, price_per_credit: 1}]} | competitors[1]: must say what a call costs there",
                "image.upload | Image.Upload | pricing.yaml:6: operations.Image.Upload: is no operation id",
                "image.upload | \"a\\e[31m\" | operations.\"a\\u001b[31m\": is no operation id",
                "image.upload: {unit_cost: 0.0002} | image.upload: {unit_cost: 1},,,  image.upload: {unit_cost: 2} | pricing.yaml:7: operations.image.upload: is there twice, first in line 6",
                "image.upload: {unit_cost: 0.0002} | {} | pricing.yaml:5: operations: is empty",
                // plans
                "currency: USD | currency: USD,,,plans: {free: {title: F, included_credits: 1}} | pricing.yaml:3: plans.free.monthly_fee: is missing",
                "currency: USD | currency: USD,,,plans: {free: {monthly_fee: -1, included_credits: 1}} | plans.free.monthly_fee: -1 is too small",
                "currency: USD | currency: USD,,,plans: {free: {monthly_fee: 0, included_credits: 1e3}} | plans.free.included_credits: \"1e3\" is no plain decimal",
                "currency: USD | currency: USD,,,plans: {Free: {monthly_fee: 0, included_credits: 1}} | plans.Free: is no plan id",
                "currency: USD | currency: USD,,,plans: [free] | plans: is a list",
                "currency: USD | currency: USD,,,plans: {p: {interval: yearly, monthly_fee: 1, included_credits: 1}} | pricing.yaml:3: plans.p.interval: \"yearly\" is none. Did you mean year?; expected one of day, week, month, year",
                "currency: USD | currency: USD,,,plans: {p: {interval: year, monthly_fee: 1, included_credits: 1}} | pricing.yaml:3: plans.p.monthly_fee: is not the fee of a plan with the interval year; expected fee, for each year",
                "currency: USD | currency: USD,,,plans: {p: {fee: 1, included_credits: 1}} | plans.p.fee: is not the fee of a plan with the interval month; expected monthly_fee, for each month",
                "currency: USD | currency: USD,,,plans: {p: {interval: week, included_credits: 1}} | plans.p.fee: is missing",
                "currency: USD | currency: USD,,,plans: {p: {monthly_fee: 1, included_credits: 1, rollover: some}} | pricing.yaml:3: plans.p.rollover: \"some\" is no rollover; expected all, or share and perhaps cap",
                "currency: USD | currency: USD,,,plans: {p: {monthly_fee: 1, included_credits: 1, rollover: {cap: 5}}} | plans.p.rollover.share: is missing",
                "currency: USD | currency: USD,,,plans: {p: {monthly_fee: 1, included_credits: 1, rollover: {share: 50}}} | plans.p.rollover.share: 50 is no share. Maybe 0.50 is meant",
                "currency: USD | currency: USD,,,plans: {p: {monthly_fee: 1, included_credits: 1, rollover: {share: 0}}} | plans.p.rollover.share: 0 is too small",
                "currency: USD | currency: USD,,,plans: {p: {monthly_fee: 1, included_credits: 1, rollover: {share: 1, cap: 0}}} | plans.p.rollover.cap: 0 is too small",
                "currency: USD | currency: USD,,,plans: {p: {monthly_fee: 1, included_credits: 1, rollover: {share: 1, max: 5}}} | plans.p.rollover.max: is not a known field",
                "currency: USD | currency: USD,,,burn_order: free_frist | pricing.yaml:3: burn_order: \"free_frist\" is none. Did you mean free_first?; expected one of expiry_first, free_first",
                // measured
                "{unit_cost: 0.0002} | {measured: {log: no.csv, use: {compute_ms: 1}}} | no.csv: there is no such file",
                "{unit_cost: 0.0002} | {measured: {log: no.csv}} | operations.image.upload.measured: says nothing of what a call uses",
                "{unit_cost: 0.0002} | {measured: {use: {compute_ms: 1}}} | operations.image.upload.measured.log: is missing",
                "{unit_cost: 0.0002} | {unit_cost: 1, measured: {log: a, use: {compute_ms: 1}}} | operations.image.upload: is measured and has unit_cost",
                "{unit_cost: 0.0002} | {measured: {log: a, use: {compute_ms: 1}, bands: {by: T, up_to: {s: 5, m: 5}}}} | measured.bands.up_to.m: 5 comes after 5",
                "{unit_cost: 0.0002} | {measured: {log: a, use: {compute_ms: 1}, bands: {by: T, up_to: {S: 5}}}} | measured.bands.up_to.S: is no band id",
                "{unit_cost: 0.0002} | {measured: {log: a, use: {compute_ms: 1}, bands: {up_to: {s: 5}}}} | measured.bands.by: is missing",
                "{unit_cost: 0.0002} | {credits: 5, measured: {log: a, use: {compute_ms: 1}, bands: {by: T, up_to: {s: 5}}}} | operations.image.upload: has size bands and one number of credits",
                "{unit_cost: 0.0002} | {unit: {name: token}, measured: {log: a, use: {compute_ms: 1}}} | operations.image.upload.measured.quantity: is missing; expected the column that says how many of unit token a call is",
                "{unit_cost: 0.0002} | {measured: {log: a, quantity: 0, use: {compute_ms: 1}}} | measured.quantity: 0 is too small; expected a column, or a figure greater than 0",
                "{unit_cost: 0.0002} | {measured: {log: a, use: {compute_ms: 1}, bands: {by: T, up_to: {s: 5}}}, variants: {c: {multiplier: 1, reason: x, monthly_calls: 5}}} | variants.c: is of several size bands and has monthly_calls",
                "{unit_cost: 0.0002} | {measured: {log: a, use: {compute_ms: 1e5}}} | measured.use.compute_ms: \"1e5\" is no plain decimal",
                // YAML itself
                "currency: USD | `\tcurrency: USD` | pricing.yaml:2: this is not YAML (a tab is used for indentation)",
                "currency: USD | currency: [USD | this is not YAML",
                "currency: USD | currency: *unknown | pricing.yaml:2: this is not YAML (found undefined alias unknown)",
                "currency: USD | currency: USD,,,---,,,a: 1 | a second document starts"
            })
    void aSpoiltLineIsNamed(String good, String bad, String problem) {
        assertThat(Folder.GOOD).contains(good);
        assertThat(folder.problems(Folder.GOOD.replace(good, bad.replace(",,,", "\n"))))
                .contains(problem);
    }

    @Test
    void allProblemsAreSaidAtOnceInTheOrderOfTheFile() {
        assertThat(
                        folder.problems(
                                """
                                format: scrip-pricing/1
                                currency: usd
                                credit_price: {target_margin: 70}
                                operations:
                                  a: {unit_cost: 1e5}
                                  a: {unit_cost: 1}
                                  b: {}
                                plans: {p: {}}
                                """))
                .isEqualTo(
                        """
                        pricing.yaml:2: currency: "usd" is no currency; expected an ISO 4217 code such as USD
                        pricing.yaml:3: credit_price.target_margin: 70 is no share. Maybe 0.70 is meant; expected a share from 0 up to, but not including, 1, such as 0.70
                        pricing.yaml:5: operations.a.unit_cost: "1e5" is no plain decimal; expected an amount such as 0.0002 or 29
                        pricing.yaml:6: operations.a: is there twice, first in line 5; expected it once
                        pricing.yaml:7: operations.b: has no cost; expected one of unit_cost, use, measured, or free: true
                        pricing.yaml:8: plans.p.monthly_fee: is missing; expected an amount such as 0.0002 or 29
                        pricing.yaml:8: plans.p.included_credits: is missing; expected credits such as 0.5 or 100, in steps of 0.001\
                        """);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "# only a remark\n", "---\n"})
    void anEmptyFileIsNamed(String text) {
        assertThat(folder.problems(text)).startsWith("pricing.yaml:").contains("scrip-pricing/1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "text", "- a\n- b\n", "null"})
    void somethingElseThanFieldsIsNamed(String text) {
        assertThat(folder.problems(text)).contains("pricing.yaml:1: ");
    }

    @Test
    void aMissingFolderOrFileIsNamed() {
        assertThatThrownBy(() -> PricingFile.read(temporary.resolve("no.yaml")))
                .isInstanceOf(PricingFileException.class)
                .hasMessageContaining("no.yaml: there is no such file");
        assertThatThrownBy(() -> PricingFile.read(temporary))
                .isInstanceOf(PricingFileException.class)
                .hasMessageContaining("cannot be read");
    }

    @Test
    void aFileAboveItsBoundIsNotReadToItsEnd() throws IOException {
        var path = temporary.resolve("pricing.yaml");
        try (var file = new RandomAccessFile(path.toFile(), "rw")) {
            file.setLength(10L << 30);
        }
        assertThatThrownBy(() -> PricingFile.read(path))
                .hasMessageContaining("is larger than 1 MiB");
    }

    @Test
    void latinOneIsNamed() {
        var path =
                folder.write(
                        "pricing.yaml",
                        (Folder.GOOD + "  é: {}\n").getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> PricingFile.read(path)).hasMessageContaining("is not UTF-8");
    }

    @Test
    void anAnchorBombIsDefused() {
        var bomb = new StringBuilder(Folder.GOOD).append("x0: &x0 [a,a,a,a,a,a,a,a,a,a]\n");
        for (int i = 1; i < 5; i++) {
            bomb.append("x").append(i).append(": &x").append(i).append(" [");
            bomb.append(("*x" + (i - 1) + ",").repeat(10)).append("]\n");
        }
        assertThat(folder.problems(bomb.toString())).contains("aliases multiply the file");
    }

    @Test
    void aThousandAliasesAreTooMany() {
        var text = Folder.GOOD + "a: &a 1\nb: [" + "*a,".repeat(1_000) + "]\n";
        assertThat(folder.problems(text)).contains("too many aliases");
    }

    @Test
    void aValueThatContainsItselfIsRefused() {
        assertThat(folder.problems(Folder.GOOD + "a: &a [*a]\n")).contains("pricing.yaml:7");
    }

    @Test
    void aMillionBracketsAreTooDeep() {
        assertThat(folder.problems(Folder.GOOD + "a: " + "[".repeat(500_000)))
                .contains("pricing.yaml:7: fields are nested too deep");
        assertThat(folder.problems("a: ".repeat(100_000))).contains("pricing.yaml:1");
    }

    @Test
    void aThousandProblemsAreCutShort() {
        var text = new StringBuilder(Folder.GOOD);
        for (int i = 0; i < 1_000; i++) {
            text.append("  op").append(i).append(": {}\n");
        }
        assertThat(folder.problems(text.toString()).lines())
                .hasSize(51)
                .last()
                .asString()
                .endsWith("and 950 more problems");
    }

    @ParameterizedTest
    @CsvSource({"unit_cst, unit_cost", "ladder, ladder", "zzzzzzzz, "})
    void theNearestWordIsMeant(String word, String meant) {
        assertThat(Wording.nearest(word, List.of("unit_cost", "ladder"))).isEqualTo(meant);
    }
}
