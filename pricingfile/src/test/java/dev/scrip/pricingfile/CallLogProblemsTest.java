package dev.scrip.pricingfile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallLogProblemsTest {

    private static final String PRICING =
            Folder.GOOD
                    + """
                      chat:
                        measured:
                          log: log.csv
                          third_party: {model.token: Tokens}
                          bands: {by: Tokens, up_to: {s: 10, l: 20}}
                    """;

    private static final String PRICE_LIST =
            """
            format: scrip-pricing/1
            currency: USD
            third_party_prices:
              file: list.csv
              models: {big: big-model}
              units: {in: input, out: output}
            credit_price: {target_margin: 0.70, blended_cost_per_credit: 0.0003}
            operations:
              chat: {use: {third_party: {big.in: 100, big.out: 10}}}
            """;

    @TempDir Path temporary = Path.of("");
    private Folder folder = new Folder(temporary);

    @BeforeEach
    void openFolder() {
        folder = new Folder(temporary);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`` | log.csv: is empty",
                "Time,Tokens | log.csv: has a header line only",
                "Time,Token~1,5 | log.csv:1:Tokens: there is no such column. Did you mean Token?; expected one of \"Time\", \"Token\"",
                "Time;Tokens~1;5 | log.csv:1:Tokens: there is no such column",
                "Time;Tokens~1;5 | Maybe the file is separated by semicolons",
                "Tokens,Tokens~1,5 | log.csv:1:\"Tokens\": the column is there twice",
                "Time,Tokens~1,5~2~3,7 | log.csv:3: the row has 1 cells; expected 2 as in the header",
                "Time,Tokens~1,5,6 | log.csv:2: the row has 3 cells",
                "Time,Tokens~1,\"5 | log.csv:2: the row cannot be read",
                "Time,Tokens~1,`\"1.000,50\"` | log.csv:2:Tokens: \"1.000,50\" is not a plain decimal",
                "Time,Tokens~1,$5 | log.csv:2:Tokens: \"$5\" is not a plain decimal",
                "Time,Tokens~1,(5) | \"(5)\" is not a plain decimal",
                "Time,Tokens~1,`5 ` | \"5 \" is not a plain decimal",
                "Time,Tokens~1,1e3 | \"1e3\" is not a plain decimal",
                "Time,Tokens~1,TRUE | \"TRUE\" is not a plain decimal",
                "Time,Tokens~1,=1+1 | \"=1+1\" is not a plain decimal",
                "Time,Tokens~1,`` | \"\" is not a plain decimal",
                "Time,Tokens~1,-5 | log.csv:2:Tokens: -5 is too small",
                "Time,Tokens~1,５ | \"５\" is not a plain decimal",
                "Time,Tokens~1,5~1,21 | log.csv:3:Tokens: the size 21 is above the last band of chat; expected at most 20",
                "Time,Tokens~1,5 | log.csv: has no call of chat.l, so its cost is unknown"
            })
    void aBadLogIsNamedByRowAndColumn(String log, String problem) {
        folder.write("log.csv", log.replace("~", "\n").replace("`", ""));
        assertThat(folder.problems(PRICING)).contains(problem);
    }

    @Test
    void severalBadRowsAreNamedButNotAllOfMany() {
        folder.write("log.csv", "Tokens\n" + "x\n".repeat(1_000));
        assertThat(folder.problems(PRICING).lines()).hasSize(10);
    }

    @Test
    void aNulAndAHugeCellAreNamed() {
        folder.write("log.csv", "Tokens\n5\0\n");
        assertThat(folder.problems(PRICING)).contains("log.csv:2:Tokens: \"5\\u0000\"");
        folder.write("log.csv", "Tokens\n5\n\"" + "9".repeat(1 << 20) + "\"\n");
        assertThat(folder.problems(PRICING)).contains("log.csv:3: the row cannot be read");
    }

    @Test
    void latinOneIsNamedByRow() {
        folder.write("log.csv", "Tokens\n5\n6é\n".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(folder.problems(PRICING)).contains("log.csv:3: the text is not UTF-8");
    }

    @Test
    void aFolderOrAVastFileIsNotRead() throws IOException {
        assertThat(folder.problems(PRICING.replace("log.csv", "."))).contains("is a folder");
        try (var file = new RandomAccessFile(temporary.resolve("log.csv").toFile(), "rw")) {
            file.setLength(10L << 30);
        }
        assertThat(folder.problems(PRICING)).contains("log.csv: is larger than 1 GiB");
    }

    @Test
    void aPriceListGivesItsPricesExactly() {
        folder.write("list.csv", "model,input,output\nsmall,1,\nbig-model,2.5e-06,0.00001\n");
        var file = folder.read(PRICE_LIST);
        assertThat(file.costRates().thirdParty().get("big.in")).isEqualByComparingTo("0.0000025");
        assertThat(file.design().operation("chat").unitCost()).isEqualByComparingTo("0.00035");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "model,input,output~big-modl,1,2 | list.csv: column model has no \"big-model\". Did you mean big-modl?",
                "model,input~big-model,1 | list.csv:1:output: there is no such column",
                "model,input,output~big-model,1, | list.csv:2:output: \"\" is no price",
                "model,input,output~big-model,1e99999999,2 | list.csv:2:input: \"1e99999999\" is no price",
                "model,input,output~big-model,1e-99,2 | \"1e-99\" is no price",
                "model,input,output~big-model,-1,2 | \"-1\" is no price",
                "model,input,output~big-model,1,2~big-model,1,2 | list.csv:3:input: big.in is priced a second time"
            })
    void aBadPriceListIsNamedByRowAndColumn(String list, String problem) {
        folder.write("list.csv", list.replace("~", "\n"));
        assertThat(folder.problems(PRICE_LIST)).contains(problem);
    }

    @Test
    void aUnitPricedTwiceIsNamed() {
        folder.write("list.csv", "model,input,output\nbig-model,1,2\n");
        assertThat(folder.problems(PRICE_LIST + "cost_rates: {third_party: {big.in: 0.1}}\n"))
                .contains("pricing.yaml:10: cost_rates.third_party.big.in: has a price from");
    }
}
