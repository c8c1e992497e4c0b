package dev.scrip.pricingfile;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.scrip.pricing.Credits;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnitsTest {

    private static final String EMBED =
            "  embed: {unit_cost: 0.001, unit: {name: token, per: 1000, included: 100},"
                    + " variants: {cached: {multiplier: 0.5, reason: answered before}}}\n";

    @TempDir Path temporary = Path.of("");
    private Folder folder = new Folder(temporary);

    @BeforeEach
    void openFolder() {
        folder = new Folder(temporary);
    }

    @Test
    void aTableOfUnitsBecomesAPriceBook() {
        var file = folder.read(Folder.GOOD + EMBED);
        var embed = file.design().operation("embed");
        assertThat(embed.credits()).hasToString("5");
        assertThat(embed.why())
                .contains("1,000 tokens cost $0.001 as stated.")
                .anyMatch(why ->
                        why.startsWith("That is 5 credits per 1,000 tokens, first 100 included."));
        var book = file.toPriceBook("pb_1", Instant.EPOCH);
        var tokens = new BigDecimal("1234");
        assertThat(requireNonNull(book.quote("embed", tokens)).credits()).hasToString("5.67");
        assertThat(requireNonNull(book.quote("embed.cached", tokens)).credits())
                .hasToString("2.835");
        var text = PriceBookDocument.write(book);
        assertThat(PriceBookDocument.read("book", text)).isEqualTo(book);
        assertThat(text)
                .contains(
                        "    unit:\n      name: \"token\"\n      per: 1000\n      included: 100\n");
    }

    @Test
    void anOperationWithoutAUnitIsWrittenAsBefore() {
        var book = folder.read(Folder.GOOD).toPriceBook("pb_1", Instant.EPOCH);
        assertThat(PriceBookDocument.write(book)).doesNotContain("unit:");
    }

    @Test
    void aLogOfRawUnitsIsCostedByWhatTheCreditsAreFor() {
        var file =
                PricingFile.readWithUsage(
                        folder.write(
                                "pricing.yaml",
                                Folder.GOOD + EMBED + "base_operation: image.upload\n"),
                        folder.write(
                                "log.csv",
                                "operation,quantity,cost\nembed,500,0.004\nembed,1500,0.004\n"));
        var embed = file.design().operation("embed");
        // 0.008 for 2,000 tokens
        assertThat(embed.unitCost()).isEqualByComparingTo("0.004");
        assertThat(embed.monthlyCalls()).isEqualTo(2);
        assertThat(embed.credits()).isEqualTo(Credits.of(25));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{per: 1000} | operations.embed.unit.name: is missing",
                "{name: token, per: 0} | operations.embed.unit.per: 0 is too small",
                "{name: token, per: 1.5} | operations.embed.unit.per: 1.5 has too many decimals",
                "{name: token, included: -1} | operations.embed.unit.included: -1 is too small",
                "{name: to/ken} | is no name of a unit; expected the name of one, such as token",
                "{name: token, par: 1000} | par: is not a known field. Did you mean per?",
                "token | is a single value; expected name, and per and included where they matter"
            })
    void aBadUnitIsNamed(String unit, String problem) {
        assertThat(folder.problems(Folder.GOOD + "  embed: {unit_cost: 1, unit: " + unit + "}\n"))
                .contains(problem);
    }
}
