package dev.scrip.pricing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlanTest {

    @ParameterizedTest
    @CsvSource({
        "29, 50000, 0.00058",
        "99, 250000, 0.000396",
        "0, 1000, 0",
        "0, 0, 0",
        "29, 0, 0",
        "1, 3, 0.333333333",
        "0.000000003, 2, 0.000000002",
        "0.000000001, 2, 0"
    })
    void aBurnedCreditYieldsItsShareOfTheFee(String fee, String credits, String yield) {
        var plan = new Plan("p", "P", Money.parse(fee), Credits.parse(credits));
        assertThat(plan.costBasisPerCredit()).isEqualTo(Money.parse(yield));
    }

    @Test
    void aNegativeFeeOrAllowanceIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Plan("p", "P", Money.parse("-1"), Credits.ZERO))
                .withMessageContaining("fee (-1) of plan (p)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Plan("p", "P", Money.ZERO, Credits.of(-1)))
                .withMessageContaining("included credits (-1) of plan (p)");
    }
}
