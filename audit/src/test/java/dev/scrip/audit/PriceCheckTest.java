package dev.scrip.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import dev.scrip.ledger.AccountId;
import dev.scrip.ledger.Fact;
import dev.scrip.ledger.RatedUsage;
import dev.scrip.pricing.AdjustmentKind;
import dev.scrip.pricing.AppliedAdjustment;
import dev.scrip.pricing.Credits;
import dev.scrip.pricing.Money;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PriceCheckTest {

    private static final AppliedAdjustment NIGHT =
            step(AdjustmentKind.OFF_PEAK, "0.7", null, "1750");
    private static final AppliedAdjustment COMMITTED =
            step(AdjustmentKind.COMMITMENT, "0.6", null, "1050");

    @Test
    void whatFollowsFromBaseAndFactorsHolds() {
        holds("2500", "1050", NIGHT, COMMITTED);
    }

    @Test
    void otherCreditsDoNot() {
        differs("the credits", "2500", "1051", NIGHT, COMMITTED);
        differs("the credits", "2500", "2500", NIGHT, COMMITTED);
        differs(
                "the credits",
                "2501",
                "1050",
                step(AdjustmentKind.OFF_PEAK, "0.42", null, "1050.42"));
    }

    @Test
    void aStepThatDoesNotFollowIsNamed() {
        differs(
                "the credits after commitment",
                "2500",
                "1050",
                NIGHT,
                step(AdjustmentKind.COMMITMENT, "0.6", null, "1051"));
    }

    @Test
    void fixedCreditsTakeThePlaceOfWhatWasBefore() {
        holds("2500", "7.5", NIGHT, step(AdjustmentKind.PLAN, null, "7.5", "7.5"));
        differs(
                "the credits after plan",
                "2500",
                "7.5",
                step(AdjustmentKind.PLAN, null, "8", "7.5"));
    }

    @Test
    void aBaseThatWasShownRoundedLeavesRoom() {
        // 0.0000005 credits, shown as 0.000001, × 1000: anything that rounds so.
        holds("0.000001", "0.001", step(AdjustmentKind.LOAD, "1000", null, "0.0005"));
        differs(
                "the credits",
                "0.000001",
                "0.003",
                step(AdjustmentKind.LOAD, "1000", null, "0.001"));
    }

    @Test
    void limitsCutInOnlyWhereTheyMust() {
        holds(
                "2500",
                "1250",
                NIGHT,
                COMMITTED,
                step(AdjustmentKind.LOWEST_FACTOR, "0.5", null, "1250"));
        differs(
                "what the lowest factor raised",
                "2500",
                "1250",
                NIGHT,
                step(AdjustmentKind.LOWEST_FACTOR, "0.5", null, "1250"));
        differs(
                "what the highest factor lowered",
                "2500",
                "1250",
                NIGHT,
                step(AdjustmentKind.HIGHEST_FACTOR, "1.5", null, "3750"));
        holds(
                "2500",
                "1200",
                NIGHT,
                COMMITTED,
                step(AdjustmentKind.COST_FLOOR, null, null, "1200"));
        differs(
                "what cost_floor raised",
                "2500",
                "1000",
                NIGHT,
                COMMITTED,
                step(AdjustmentKind.COST_FLOOR, null, null, "1000"));
    }

    private static AppliedAdjustment step(
            AdjustmentKind kind, @Nullable String factor, @Nullable String fixed, String after) {
        return new AppliedAdjustment(
                kind.word(),
                kind,
                factor == null ? null : new BigDecimal(factor),
                fixed == null ? null : Credits.parse(fixed),
                Credits.parse(after));
    }

    private static void holds(String base, String credits, AppliedAdjustment... steps) {
        assertThatNoException().isThrownBy(() -> check(base, credits, steps));
    }

    private static void differs(
            String what, String base, String credits, AppliedAdjustment... steps) {
        assertThatExceptionOfType(Mismatch.class)
                .isThrownBy(() -> check(base, credits, steps))
                .satisfies(found -> assertThat(found.difference().toString()).contains(what));
    }

    private static void check(String base, String credits, AppliedAdjustment... steps) {
        var usage =
                new RatedUsage(
                                "op",
                                BigDecimal.ONE,
                                Credits.parse(base),
                                Credits.parse(credits),
                                Money.ZERO,
                                Money.ZERO,
                                "pb_1")
                        .adjusted(List.of(steps));
        PriceCheck.require(
                new Fact.Expired(
                        1,
                        Instant.EPOCH,
                        new AccountId("live", "acme"),
                        1,
                        Credits.ZERO,
                        Instant.EPOCH,
                        Credits.ZERO),
                usage);
    }
}
