package dev.scrip.pricingfile;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import dev.scrip.pricing.DesignWarning;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDate;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UsageCostsTest {

    private static final LocalDate TODAY = LocalDate.of(2026, 3, 31);

    @TempDir Path temporary = Path.of("");
    private Folder folder = new Folder(temporary);

    @BeforeEach
    void openFolder() {
        folder = new Folder(temporary);
    }

    @Test
    void whatCallsCostTakesThePlaceOfWhatIsStated() {
        var file =
                measured(
                        "  chat: {unit_cost: 9}\n",
                        "operation,model.token,compute_ms\nchat,1000,0\nchat,0,1000\nchat,0,0.5\n");
        // 0.002 + 0.0034 + 0.0000017, over three calls
        var chat = file.design().operation("chat");
        assertThat(chat.unitCost())
                .isCloseTo(
                        new BigDecimal("0.001800566666666666666666666666666"),
                        Offset.offset(new BigDecimal("1e-30")));
        assertThat(chat.costBreakdown().thirdParty().multiply(BigDecimal.valueOf(3)))
                .isCloseTo(new BigDecimal("0.002"), Offset.offset(new BigDecimal("1e-30")));
        assertThat(chat.monthlyCalls()).isEqualTo(3);
        assertThat(file.design().operation("image.upload").unitCost())
                .isEqualByComparingTo("0.0002");
    }

    @Test
    void whatNoUseAccountsForIsAddedForEachUnit() {
        // Of the stated 0.01, the use explains 0.0034: a licence of 0.0066 remains.
        var file =
                measured(
                        "  chat: {unit_cost: 0.01, use: {compute_ms: 1000}}\n",
                        "operation,compute_ms,quantity\nchat,1000,2\nchat,2000,1\n");
        var profile = requireNonNull(requireNonNull(file.costs().usage()).profiles().get("chat"));
        assertThat(profile.units()).isEqualByComparingTo("3");
        // (3 × 0.0034 + 3 × 0.0066) / 3
        assertThat(file.design().operation("chat").unitCost()).isEqualByComparingTo("0.01");
        assertThat(profile.p50().toBigDecimal()).isEqualByComparingTo("0.0083");
        assertThat(profile.max().toBigDecimal()).isEqualByComparingTo("0.0134");
    }

    @Test
    void aCostInTheLogIsTheCost() {
        var file =
                measured(
                        "  chat: {unit_cost: 0.01, use: {compute_ms: 1000}}\n",
                        "operation,compute_ms,cost\nchat,1000,0.02\nchat,1000,0.04\n");
        assertThat(file.design().operation("chat").unitCost()).isEqualByComparingTo("0.03");
    }

    @Test
    void anOperationMayLeaveItsCostToTheLog() {
        var log = "operation,cost\nchat,0.02\n";
        assertThat(measured("  chat: {}\n", log).design().operation("chat").unitCost())
                .isEqualByComparingTo("0.02");
        assertThatThrownBy(() -> measured("  chat: {}\n  lost: {}\n", log))
                .hasMessageContaining("pricing.yaml:8: operations.lost: has no cost");
    }

    @Test
    void callsAreThoseOfThirtyDays() {
        var log = "operation,cost,time\nchat,1,2026-03-01\nchat,1,2026-03-05\nchat,1,2026-03-11\n";
        assertThat(measured("  chat: {}\n", log).design().operation("chat").monthlyCalls())
                .isEqualTo(9);
        assertThat(
                        measured("  chat: {monthly_calls: 7}\n", log)
                                .design()
                                .operation("chat")
                                .monthlyCalls())
                .isEqualTo(7);
    }

    @Test
    void whatIsMissingIsSaid() {
        var file =
                measured(
                        "  chat: {unit_cost: 0.01}\n  quiet: {unit_cost: 0.01}\n",
                        "operation,cost\nchat,0.02\nimage.upload,\nnew.thing,1\nnew.thing,1\n");
        assertThat(file.costWarnings(TODAY))
                .extracting(DesignWarning::code, DesignWarning::operation)
                .containsExactly(
                        tuple("cost_missing", "image.upload"),
                        tuple("cost_missing", "quiet"),
                        tuple("usage_unknown", null));
        assertThat(file.costWarnings(TODAY).getLast().message()).contains("new.thing (2)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "`` | `` | 0",
                "measured_at: 2026-01-01 | `` | 0",
                "max_age_days: 30 | `` | 1",
                "measured_at: 2026-03-01 | max_age_days: 30 | 0",
                "measured_at: 2026-02-28 | max_age_days: 30 | 1",
                "measured_at: 2026-04-01 | `` | 1"
            },
            quoteCharacter = '`')
    void anOldCostIsSaid(String one, String other, int warnings) {
        var file = folder.read(Folder.GOOD + one + "\n" + other + "\n");
        assertThat(file.costWarnings(TODAY))
                .hasSize(warnings)
                .allMatch(warning -> warning.code().equals("cost_stale"));
    }

    @Test
    void anOperationHasItsOwnDateAndTheLogANewerOne() {
        var pricing =
                """
                  chat: {unit_cost: 0.01, measured_at: 2025-01-01}
                  slow: {unit_cost: 0.01, max_age_days: 1000}
                measured_at: 2026-03-30
                max_age_days: 30
                """;
        assertThat(folder.read(Folder.GOOD + pricing).costWarnings(TODAY))
                .extracting(DesignWarning::operation)
                .containsExactly("chat");
        var file =
                measured(
                        pricing,
                        "operation,cost,time\nchat,0.02,2026-03-20\nslow,1,2026-03-20\nimage.upload,1,2026-02-01\n");
        assertThat(file.costWarnings(TODAY))
                .extracting(DesignWarning::operation)
                .containsExactly("image.upload");
    }

    @Test
    void aDayThatIsNoneIsNamed() {
        assertThat(folder.problems(Folder.GOOD + "measured_at: yesterday\n"))
                .contains(
                        "pricing.yaml:7: measured_at: \"yesterday\" is no day; expected a day such"
                                + " as 2026-03-01");
    }

    private PricingFile measured(String operations, String log) {
        return PricingFile.readWithUsage(
                folder.write("pricing.yaml", Folder.GOOD + operations),
                folder.write("usage.csv", log));
    }
}
