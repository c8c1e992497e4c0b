package dev.scrip.pricing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.scrip.pricing.PriceBookDiff.Kind;
import dev.scrip.pricing.PriceBookRules.Violation;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PriceBookDiffTest {

    private static final Instant TODAY = Instant.parse("2026-03-01T00:00:00Z");
    private static final PriceBook OLD =
            book("0.001", "2026-01-01T00:00:00Z", Map.of("read", "1", "train", "100", "gone", "5"));

    @Test
    void itSaysWhatCameWentAndMoved() {
        var diff =
                PriceBookDiff.between(
                        OLD,
                        book(
                                "0.001",
                                "2026-04-01T00:00:00Z",
                                Map.of("read", "1", "train", "120", "new", "2")));
        assertThat(diff.operations())
                .extracting(PriceBookDiff.OperationChange::operation)
                .containsExactly("gone", "new", "read", "train");
        assertThat(diff.operations())
                .extracting(PriceBookDiff.OperationChange::kind)
                .containsExactly(Kind.REMOVED, Kind.ADDED, Kind.SAME, Kind.CHANGED);
        var train = diff.operations().getLast();
        assertThat(train.priceChange()).isEqualByComparingTo("0.2");
        assertThat(train.marginBefore()).isEqualByComparingTo("0.9");
        assertThat(diff.isEmpty()).isFalse();
        assertThat(PriceBookDiff.between(OLD, OLD).isEmpty()).isTrue();
    }

    /// The same credits at another price are another price, and ten times the credits at a tenth of
    /// it are the same.
    @Test
    void aPriceMayMoveWithoutItsCreditsAndCreditsWithoutTheirPrice() {
        var dearer = book("0.002", "2026-04-01T00:00:00Z", Map.of("read", "1"));
        var read = change(dearer, "read");
        assertThat(read.kind()).isEqualTo(Kind.CHANGED);
        assertThat(read.priceChange()).isEqualByComparingTo("1");

        var redenominated = book("0.0001", "2026-04-01T00:00:00Z", Map.of("read", "10"));
        assertThat(change(redenominated, "read").kind()).isEqualTo(Kind.CHANGED);
        assertThat(change(redenominated, "read").priceMoves()).isFalse();
    }

    @Test
    void booksOfTwoCurrenciesAreNotCompared() {
        var euros =
                new PriceBook(
                        "pb",
                        TODAY,
                        "EUR",
                        OLD.creditPrice(),
                        OLD.costRates(),
                        OLD.operations(),
                        OLD.plans());
        assertThatThrownBy(() -> PriceBookDiff.between(OLD, euros))
                .hasMessageContaining("in USD and in EUR");
    }

    @ParameterizedTest
    @CsvSource({
        // credits of train, effective from, the rules that break
        "120, 2026-04-01, ''",
        "121, 2026-04-01, max_price_rise",
        "120, 2026-03-30, notice_days",
        "100, 2026-03-02, ''",
        "90, 2026-03-02, ''",
        "500, 2026-03-02, max_price_rise notice_days"
    })
    void aRiseIsBoundedAndAnnounced(String credits, String day, String broken) {
        var rules = new PriceBookRules(null, null, null, new BigDecimal("0.2"), null, 30);
        var next =
                book(
                        "0.001",
                        day + "T00:00:00Z",
                        Map.of("read", "1", "train", credits, "gone", "5"));
        assertThat(rules.check(PriceBookDiff.between(OLD, next), TODAY))
                .extracting(Violation::rule)
                .containsExactly(broken.isEmpty() ? new String[0] : broken.split(" "));
    }

    @Test
    void whatGoesIsAnnouncedToo() {
        var rules = new PriceBookRules(null, null, null, null, null, 30);
        var next = book("0.001", "2026-03-02T00:00:00Z", Map.of("read", "1", "train", "100"));
        assertThat(rules.check(PriceBookDiff.between(OLD, next), TODAY))
                .singleElement()
                .satisfies(one -> {
                    assertThat(one.operation()).isEqualTo("gone");
                    assertThat(one.message()).contains("It goes", "2026-03-31T00:00:00Z");
                });
    }

    @ParameterizedTest
    @CsvSource({"3, 0.9, ''", "2, 0.9, max_levels", "3, 0.95, min_margin"})
    void aBookKeepsItsLevelsAndMargins(int levels, BigDecimal margin, String broken) {
        var rules = new PriceBookRules(levels, margin, null, null, null, null);
        var book = book("0.01", "2026-03-02T00:00:00Z", Map.of("a", "10", "b", "20", "c", "30"));
        assertThat(rules.check(book))
                .extracting(Violation::rule)
                .containsExactly(broken.isEmpty() ? new String[0] : new String[] {broken});
    }

    @Test
    void aLowMarginSaysTheCreditsThatWouldDo() {
        var rules = new PriceBookRules(null, new BigDecimal("0.5"), null, null, null, null);
        // A call costs $0.01 and brings $0.01.
        var book = book("0.001", "2026-03-02T00:00:00Z", Map.of("a", "10"));
        assertThat(rules.check(book).getFirst().message())
                .isEqualTo(
                        "A call keeps 0 % at list price, less than 50 %. It needs at least 20"
                                + " credits.");
    }

    @Test
    void theWholeAndEachBillHaveBoundsOfTheirOwn() {
        var rules =
                new PriceBookRules(
                        null, null, new BigDecimal("0.6"), null, new BigDecimal("0.25"), null);
        assertThat(rules.checkBlended(new BigDecimal("0.6"))).isEmpty();
        assertThat(rules.checkBlended(null)).isEmpty();
        assertThat(rules.checkBlended(new BigDecimal("0.59")))
                .extracting(Violation::rule)
                .containsExactly("min_blended_margin");
        assertThat(rules.checkBill("acme", new BigDecimal("0.25"))).isEmpty();
        assertThat(rules.checkBill("acme", new BigDecimal("0.2501")).getFirst().message())
                .contains("acme", "25 %");
    }

    /// What is published again, or at another instant, keeps all it says.
    @Test
    void aBookUnderAnotherVersionAndDateSaysTheSame() {
        var limits =
                new AdjustmentLimits(
                        new BigDecimal("0.4"),
                        null,
                        Credits.SMALLEST_CHARGE,
                        AdjustmentLimits.CostFloor.REFUSE);
        var book =
                new PriceBook(
                        OLD.version(),
                        OLD.effectiveFrom(),
                        OLD.currency(),
                        OLD.creditPrice(),
                        OLD.costRates(),
                        OLD.operations(),
                        OLD.plans(),
                        BurnPreference.FREE_FIRST,
                        new Adjustments(List.of(), limits));
        var dated = book.dated("pb_2", TODAY);
        assertThat(dated.version()).isEqualTo("pb_2");
        assertThat(dated.effectiveFrom()).isEqualTo(TODAY);
        assertThat(PriceBookDiff.between(book, dated).isEmpty()).isTrue();
        assertThat(PriceBookDiff.between(OLD, dated).isEmpty()).isFalse();
    }

    private static PriceBookDiff.OperationChange change(PriceBook after, String operation) {
        return PriceBookDiff.between(OLD, after).operations().stream()
                .filter(one -> one.operation().equals(operation))
                .findFirst()
                .orElseThrow();
    }

    private static PriceBook book(String creditPrice, String from, Map<String, String> credits) {
        var operations = new TreeMap<String, OperationPrice>();
        credits.forEach((name, price) ->
                operations.put(
                        name,
                        new OperationPrice(
                                name,
                                name,
                                Credits.parse(price),
                                Money.parse("0.01"),
                                Money.ZERO,
                                new BigDecimal("0.5"))));
        return new PriceBook(
                "pb",
                Instant.parse(from),
                "USD",
                Money.parse(creditPrice),
                CostRates.NONE,
                operations,
                new TreeMap<>());
    }
}
