package dev.scrip.pricingfile;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VariantsTest {

    @TempDir Path temporary = Path.of("");
    private Folder folder = new Folder(temporary);

    @BeforeEach
    void openFolder() {
        folder = new Folder(temporary);
    }

    @Test
    void aCachedCallIsHalfACredit() {
        var file = folder.read(Folder.GOOD + variants());
        var look = file.design().operation("lookup");
        var cached = file.design().operation("lookup.cached");
        assertThat(look.credits()).hasToString("1");
        assertThat(cached.credits()).hasToString("0.5");
        assertThat(cached.unitCost()).isEqualByComparingTo("0.00002");
        assertThat(cached.title()).isEqualTo("Lookup, cached");
        assertThat(cached.why()).anyMatch(why -> why.contains("answered from the cache"));
        assertThat(file.design().operation("lookup.deep").credits()).hasToString("3");
        assertThat(file.design().operation("lookup.deep").unitCost())
                .isEqualByComparingTo("0.0002");
        var quote = file.toPriceBook("pb_1", Instant.EPOCH).quote("lookup.cached", BigDecimal.ONE);
        assertThat(requireNonNull(quote).credits()).hasToString("0.5");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "cached: {multiplier: 0.5} | operations.lookup.variants.cached.reason: is missing; expected why it costs that",
                "cached: {reason: x} | operations.lookup.variants.cached.multiplier: is missing",
                "cached: {multiplier: 0, reason: x} | operations.lookup.variants.cached.multiplier: 0 is too small",
                "cached: {multiplier: 0.00055, reason: x} | operations.lookup.variants.cached: comes to 0.00055 credits, 0.00055 times those of lookup; expected a multiplier that gives steps of 0.001",
                "Cached!: {multiplier: 1, reason: x} | is no variant id",
                "cached: {multiplier: 1, reason: x, unitcost: 5} | unitcost: is not a known field. Did you mean unit_cost?"
            })
    void aBadVariantIsNamed(String variant, String problem) {
        assertThat(
                        folder.problems(
                                Folder.GOOD
                                        + "  lookup: {unit_cost: 0.0002, variants: {"
                                        + variant
                                        + "}}\n"))
                .contains(problem);
    }

    private static String variants() {
        return """
          lookup:
            title: Lookup
            unit_cost: 0.0002
            variants:
              cached: {multiplier: 0.5, reason: answered from the cache, unit_cost: 0.00002}
              deep: {multiplier: 3, reason: looks everywhere}
        """;
    }
}
