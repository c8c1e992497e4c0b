package dev.scrip.pricingfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UsageLogTest {

    private static final String PRICING =
            Folder.GOOD
                    + """
                    usage:
                      operation: endpoint
                      account: who
                      third_party: {model.token: tokens}
                      names: {POST /resize: image.resize}
                    """;

    private static final String CSV =
            """
            who,endpoint,time,tokens,compute_ms,quantity,cost
            ann,chat,2026-03-01T12:00:00Z,1000,250,1,
            bob,POST /resize,2026-03-01 13:00:00.5+01:00,,1e-3,2.5,
            ,chat,1772366400,0,,,0.25
            """;

    private static final String JSON_LINES =
            """
            {"who":"ann","endpoint":"chat","time":"2026-03-01T12:00:00Z","tokens":1000,"compute_ms":250,"quantity":1,"other":[1,{"tokens":5}]}
            {"who":"bob","endpoint":"POST /resize","time":"2026-03-01 13:00:00.5+01:00","compute_ms":1e-3,"quantity":2.5}

            {"endpoint":"chat","time":1772366400,"tokens":0,"who":null,"cost":0.25}
            """;

    @TempDir Path temporary = Path.of("");
    private Folder folder = new Folder(temporary);

    @BeforeEach
    void openFolder() {
        folder = new Folder(temporary);
    }

    @ParameterizedTest
    @CsvSource({"usage.csv", "usage.jsonl"})
    void aCallIsReadFromEitherKind(String name) {
        folder.write(name, name.endsWith("csv") ? CSV : JSON_LINES);
        var events = events(PRICING, name);

        assertThat(events)
                .extracting(UsageEvent::operation)
                .containsExactly("chat", "image.resize", "chat");
        assertThat(events).extracting(UsageEvent::account).containsExactly("ann", "bob", null);
        assertThat(events)
                .extracting(UsageEvent::at)
                .containsExactly(
                        Instant.parse("2026-03-01T12:00:00Z"),
                        Instant.parse("2026-03-01T12:00:00.5Z"),
                        Instant.parse("2026-03-01T12:00:00Z"));
        assertThat(events.get(0).use().thirdParty())
                .containsEntry("model.token", new BigDecimal("1000"));
        assertThat(events.get(1).use().computeMs()).isEqualByComparingTo("0.001");
        assertThat(events.get(1).quantity()).isEqualByComparingTo("2.5");
        assertThat(events.get(2).cost()).isEqualByComparingTo("0.25");
        assertThat(events.get(2).use().isNothing()).isTrue();
        assertThat(events.get(2).isMeasured()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "usage.csv | endpoint~chat | usage.csv:1:who: there is no such column, which usage.account of the pricing file names",
                "usage.csv | who,endpont,tokens~a,chat,1 | usage.csv:1:endpoint: there is no such column, which usage.operation of the pricing file names. Did you mean endpont?",
                "usage.csv | who,endpoint,tokens~a,,1 | usage.csv:2:endpoint: is empty; expected an operation",
                "usage.csv | who,endpoint,tokens~a,chat,x | usage.csv:2:tokens: \"x\" is not a plain decimal; expected a figure",
                "usage.csv | who,endpoint,tokens~a,chat,-1 | usage.csv:2:tokens: -1 is too small",
                "usage.csv | who,endpoint,tokens,quantity~a,chat,1,0 | usage.csv:2:quantity: \"0\" is no quantity; expected a plain decimal above 0",
                "usage.csv | who,endpoint,tokens,quantity~a,chat,1,0.0000001 | usage.csv:2:quantity: \"0.0000001\" is no quantity",
                "usage.csv | who,endpoint,tokens,time~a,chat,1,yesterday | usage.csv:2:time: \"yesterday\" is no time; expected such as 2026-03-01T12:00:00Z",
                "usage.csv | who,endpoint,tokens,time~a,chat,1,2026-02-30 | usage.csv:2:time: \"2026-02-30\" is no time",
                "usage.csv | who,endpoint,tokens | usage.csv: has a header line only",
                "usage.jsonl | [1] | usage.jsonl:1: there is a START_ARRAY; expected one object a line",
                "usage.jsonl | {\"endpoint\":\"chat\"}~{\"endpoint\" | usage.jsonl:2: this is not JSON",
                "usage.jsonl | {\"tokens\":5} | usage.jsonl:1:endpoint: is empty; expected an operation",
                "usage.jsonl | {\"endpoint\":\"chat\",\"tokens\":\"5k\"} | usage.jsonl:1:tokens: \"5k\" is not a plain decimal",
                "usage.jsonl | ~ | usage.jsonl: has no row; expected one for each call",
                "usage.parquet | PAR1 | usage.parquet: .parquet files are read by the part duckdb, which is not installed; expected .csv or .jsonl. To install it, once: ./scrip install duckdb",
                "usage.txt | x | usage.txt: its name does not say what it is; expected a name that ends in .csv, .jsonl, .ndjson"
            })
    void aBadLogIsNamedByRowAndColumn(String name, String text, String problem) {
        folder.write(name, text.replace("~", "\n"));
        assertThatThrownBy(() -> events(PRICING, name)).hasMessageContaining(problem);
    }

    @Test
    void aMissingLogAndAFolderAreNamed() {
        assertThatThrownBy(() -> events(PRICING, "none.csv"))
                .hasMessageContaining("none.csv: there is no such file; expected a usage log");
        assertThatThrownBy(() -> events(PRICING, ".")).hasMessageContaining("is a folder");
    }

    @Test
    void manyBadRowsAreNamedTenTimes() {
        folder.write("usage.csv", "who,endpoint,tokens\n" + "a,chat,x\n".repeat(1_000));
        assertThatThrownBy(() -> events(PRICING, "usage.csv"))
                .satisfies(e -> assertThat(String.valueOf(e.getMessage()).lines()).hasSize(10));
    }

    @Test
    void defaultNamesAreEnough() {
        folder.write("usage.csv", "op,customer,timestamp,model.token\nchat,ann,2026-03-01,7\n");
        assertThat(events(Folder.GOOD, "usage.csv"))
                .singleElement()
                .satisfies(
                        event -> assertThat(event.account()).isEqualTo("ann"),
                        event ->
                                assertThat(event.at())
                                        .isEqualTo(Instant.parse("2026-03-01T00:00:00Z")),
                        event ->
                                assertThat(event.use().thirdParty())
                                        .containsEntry("model.token", new BigDecimal("7")));
    }

    @Test
    void aFamilyIsSplitByItsBands() {
        folder.write("old.csv", "tokens\n5\n15\n");
        folder.write("usage.csv", "operation,tokens\nchat,10\nchat,11\nchat.l,1\n");
        var pricing =
                Folder.GOOD
                        + """
                          chat:
                            measured:
                              log: old.csv
                              third_party: {model.token: tokens}
                              bands: {by: tokens, up_to: {s: 10, l: 20}}
                        """;
        assertThat(events(pricing, "usage.csv"))
                .extracting(UsageEvent::operation)
                .containsExactly("chat.s", "chat.l", "chat.l");
    }

    @Test
    void decimalsAreReadAsTheyAreWritten() {
        var random = new SplittableRandom(7);
        for (int i = 0; i < 10_000; i++) {
            var value =
                    BigDecimal.valueOf(
                            random.nextLong(-1_000_000_000_000L, 1_000_000_000_000L),
                            random.nextInt(0, 13));
            assertThat(PlainDecimal.of(value.toPlainString())).isEqualByComparingTo(value);
        }
        assertThat(PlainDecimal.of("0.1000000000000000055511151231257827"))
                .isEqualByComparingTo("0.1000000000000000055511151231257827");
        assertThat(List.of("", "-", ".5", "5.", "1.2.3", "1,5", "0x1", "1e", "1e+999", "５", "NaN"))
                .allSatisfy(text -> assertThat(PlainDecimal.of(text)).isNull());
    }

    private List<UsageEvent> events(String pricing, String log) {
        var events = new ArrayList<UsageEvent>();
        folder.read(pricing).usageLog(temporary.resolve(log)).forEach(events::add);
        return events;
    }
}
