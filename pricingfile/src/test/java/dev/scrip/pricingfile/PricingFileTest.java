package dev.scrip.pricingfile;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.scrip.pricing.BurnPreference;
import dev.scrip.pricing.Competitor;
import dev.scrip.pricing.Credits;
import dev.scrip.pricing.DesignWarning;
import dev.scrip.pricing.Ladder;
import dev.scrip.pricing.Money;
import dev.scrip.pricing.OperationCost;
import dev.scrip.pricing.Plan;
import dev.scrip.pricing.PlanInterval;
import dev.scrip.pricing.PriceUnit;
import dev.scrip.pricing.Rollover;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PricingFileTest {

    private static final Path EXAMPLES =
            Path.of(System.getProperty("scrip.home", ".."), "examples");

    @TempDir Path temporary = Path.of("");
    private Folder folder = new Folder(temporary);

    @BeforeEach
    void openFolder() {
        folder = new Folder(temporary);
    }

    /// Source: article, "Building the table" and "Plans".
    @ParameterizedTest
    @CsvSource({
        "image.upload,            0.0002, 1,    1",
        "image.resize,            0.0008, 4,    5",
        "image.analyze,           0.0150, 75,   100",
        "image.remove_background, 0.0400, 200,  250",
        "video.process,           0.5000, 2500, 2500"
    })
    void theImageExampleGivesTheArticlesTable(
            String operation, BigDecimal cost, BigDecimal ratio, long credits) {
        var designed =
                PricingFile.read(EXAMPLES.resolve("image-api/pricing.yaml"))
                        .design()
                        .operation(operation);
        assertThat(designed.unitCost()).isEqualByComparingTo(cost);
        assertThat(designed.costRatio()).isEqualByComparingTo(ratio);
        assertThat(designed.credits()).isEqualTo(Credits.of(credits));
    }

    @Test
    void theImageExampleGivesTheArticlesPriceAndPlans() {
        var file = PricingFile.read(EXAMPLES.resolve("image-api/pricing.yaml"));
        assertThat(file.design().creditPrice().toString()).isEqualTo("$1 per 1,000 credits");
        assertThat(file.design().warnings())
                .extracting(DesignWarning::code)
                .containsExactly("plan_below_floor", "plan_below_floor");
        assertThat(file.design().brief().plans().values())
                .containsExactly(
                        new Plan("free", "Free", Money.ZERO, Credits.of(1_000)),
                        new Plan("pro", "Pro", Money.parse("99"), Credits.of(250_000)),
                        new Plan("starter", "Starter", Money.parse("29"), Credits.of(50_000)));
    }

    /// The unit costs were computed from the same files by a script of ten lines in exact
    /// fractions.
    @ParameterizedTest
    @CsvSource({
        "code.complete.s,  2279,  1,  0.000872449",
        "code.complete.m,  4010,  5,  0.003934649",
        "code.complete.l,  1624,  10, 0.008832552",
        "code.complete.xl, 906,   20, 0.017110879",
        "chat.complete.s,  1547,  2,  0.001821948",
        "chat.complete.m,  14513, 5,  0.004441773",
        "chat.complete.l,  3306,  10, 0.008928566"
    })
    void theModelExampleIsPricedFromEveryLoggedCall(
            String operation, long calls, long credits, String unitCost) {
        var file = PricingFile.read(EXAMPLES.resolve("llm-api/pricing.yaml"));
        var designed = file.design().operation(operation);
        assertThat(designed.monthlyCalls()).isEqualTo(calls);
        assertThat(requireNonNull(designed.profile()).calls()).isEqualTo(calls);
        assertThat(designed.credits()).isEqualTo(Credits.of(credits));
        assertThat(
                        requireNonNull(
                                        file.toPriceBook("pb_1", Instant.EPOCH)
                                                .operations()
                                                .get(operation))
                                .unitCost())
                .isEqualTo(Money.parse(unitCost));
    }

    @Test
    void theModelExampleTakesItsTokenPricesFromTheList() {
        var file = PricingFile.read(EXAMPLES.resolve("llm-api/pricing.yaml"));
        assertThat(file.costRates().thirdParty().get("gpt-4o.input_token"))
                .isEqualByComparingTo("0.0000025");
        assertThat(file.costRates().thirdParty().get("gpt-4o.output_token"))
                .isEqualByComparingTo("0.00001");
        assertThat(file.design().levels()).isEqualTo(5);
        assertThat(file.design().warnings()).isEmpty();
        assertThat(file.design().blendedMargin())
                .isBetween(new BigDecimal("0.60"), new BigDecimal("0.70"));
    }

    @Test
    void everyLoggedCallIsHandedOverAsTheOperationItIsPricedAs() {
        var file = PricingFile.read(EXAMPLES.resolve("llm-api/pricing.yaml"));
        var counts = new TreeMap<String, Long>();
        for (var log : file.measured()) {
            log.forEachCall(call -> counts.merge(call.operation(), 1L, Long::sum));
        }
        for (var operation : file.design().operations()) {
            assertThat(counts.get(operation.operation())).isEqualTo(operation.monthlyCalls());
        }
        assertThat(counts.values().stream().mapToLong(Long::longValue).sum()).isEqualTo(28_185);
    }

    @Test
    void everyFieldArrives() {
        var file =
                folder.read(
                        """
                        format: scrip-pricing/1
                        currency: EUR
                        cost_rates:
                          compute_per_second: 0.00001
                          memory_per_gb_second: 0.00002
                          storage_per_gb: 0.00003
                          bandwidth_per_gb: 0.00004
                          third_party: {model.token: 0.000000000001}
                        ladder: [0.5, 1, 3, 9]
                        base_operation: b
                        base_credits: 3
                        margin_floor: 0.4
                        credit_price: {target_margin: 0.6, overhead_per_credit: 0.0001}
                        operations:
                          a:
                            title: "Größe: überall"
                            unit_cost: 0.003
                            use:
                              compute_ms: 1
                              memory_mb: 2
                              storage_kb: 3
                              bandwidth_kb: 4
                              third_party: {model.token: 5}
                            monthly_calls: 120000
                            value_multiplier: 1.5
                            value_reason: because
                            competitors:
                              - {name: A, price_per_call: 0.01}
                              - {name: B, credits: 5, price_per_credit: 0.002}
                              - {name: C, credits: 7}
                            margin_floor: 0.3
                          b: {use: {compute_ms: 1000}, monthly_calls: 0}
                          c: {free: true}
                          d: {unit_cost: 0.1, credits: 0.5}
                        plans:
                          p: {title: P, monthly_fee: 12.50, included_credits: 0.5}
                        """);
        var brief = file.design().brief();
        assertThat(file.currency()).isEqualTo("EUR");
        assertThat(brief.costRates().memoryPerGbSecond()).isEqualByComparingTo("0.00002");
        assertThat(brief.costRates().storagePerGb()).isEqualByComparingTo("0.00003");
        assertThat(brief.costRates().bandwidthPerGb()).isEqualByComparingTo("0.00004");
        assertThat(brief.ladder()).isEqualTo(Ladder.parse("0.5,1,3,9"));
        assertThat(brief.baseOperation()).isEqualTo("b");
        assertThat(brief.baseCredits()).isEqualByComparingTo("3");
        assertThat(brief.marginFloor()).isEqualByComparingTo("0.4");
        var a = brief.operations().getFirst();
        assertThat(a.title()).isEqualTo("Größe: überall");
        assertThat(a.monthlyCalls()).isEqualTo(120_000);
        assertThat(a.valueMultiplier()).isEqualByComparingTo("1.5");
        assertThat(a.valueReason()).isEqualTo("because");
        assertThat(a.competitors())
                .containsExactly(
                        new Competitor.PerCall("A", new BigDecimal("0.01")),
                        new Competitor.PerCredit("B", new BigDecimal("5"), new BigDecimal("0.002")),
                        new Competitor.CreditsOnly("C", new BigDecimal("7")));
        assertThat(a.marginFloor()).isEqualByComparingTo("0.3");
        assertThat(a.cost()).isInstanceOf(OperationCost.Stated.class);
        assertThat(file.design().operation("b").credits()).isEqualTo(Credits.of(3));
        assertThat(file.design().operation("c").isFree()).isTrue();
        assertThat(file.design().operation("d").credits()).isEqualTo(Credits.parse("0.5"));
        assertThat(file.design().brief().plans().get("p"))
                .isEqualTo(new Plan("p", "P", Money.parse("12.5"), Credits.parse("0.5")));
        assertThat(file.toPriceBook("pb_2", Instant.EPOCH).currency()).isEqualTo("EUR");
    }

    @Test
    void aPlanSaysHowLongItsPeriodsAreAndWhatTheyLeaveToTheNext() {
        var file =
                folder.read(
                        Folder.GOOD
                                + """
                                burn_order: free_first
                                plans:
                                  all: {monthly_fee: 1, included_credits: 10, rollover: all}
                                  part: {monthly_fee: 1, included_credits: 10, rollover: {share: 0.5, cap: 20}}
                                  year: {interval: year, fee: 290, included_credits: 1000, rollover: {share: 1}}
                                """);
        var book = file.toPriceBook("pb_1", Instant.EPOCH);

        assertThat(book.burnPreference()).isEqualTo(BurnPreference.FREE_FIRST);
        assertThat(book.plans().get("all"))
                .isEqualTo(
                        new Plan(
                                "all",
                                "all",
                                Money.parse("1"),
                                Credits.of(10),
                                PlanInterval.MONTH,
                                Rollover.ALL));
        assertThat(book.plans().get("part"))
                .isEqualTo(
                        new Plan(
                                "part",
                                "part",
                                Money.parse("1"),
                                Credits.of(10),
                                PlanInterval.MONTH,
                                new Rollover(new BigDecimal("0.5"), Credits.of(20))));
        assertThat(book.plans().get("year"))
                .isEqualTo(
                        new Plan(
                                "year",
                                "year",
                                Money.parse("290"),
                                Credits.of(1_000),
                                PlanInterval.YEAR,
                                Rollover.ALL));
        assertThat(PriceBookDocument.read("book", PriceBookDocument.write(book))).isEqualTo(book);
    }

    @Test
    void aByteOrderMarkAndWindowsLineEndsAreFine() {
        assertThat(folder.read("\uFEFF" + Folder.GOOD.replace("\n", "\r\n")).design().levels())
                .isEqualTo(1);
    }

    @Test
    void aFewAliasesAreFine() {
        var text =
                Folder.GOOD
                        + """
                          a: &gateway {use: {compute_ms: 2}}
                          b: *gateway
                        """;
        assertThat(folder.read(text).design().operation("b").unitCost())
                .isEqualByComparingTo("0.0000068");
    }

    @Test
    void aFixedPriceStays() {
        var file =
                folder.read(
                        Folder.GOOD.replace(
                                "{target_margin: 0.70, blended_cost_per_credit: 0.0003}",
                                "{amount: 9, per: 10000}"));
        assertThat(file.design().creditPrice().toString()).isEqualTo("$9 per 10,000 credits");
        assertThat(file.toPriceBook("pb_1", Instant.EPOCH).creditPrice())
                .isEqualTo(Money.parse("0.0009"));
    }

    @Test
    void bandsTakeTheirBoundsAndStatedCallsAreSharedOutExactly() {
        folder.write("log.csv", "Tokens\n1\n10\n11\n20\n20\n20\n20\n");
        var file =
                folder.read(
                        Folder.GOOD
                                + """
                                  chat:
                                    title: Chat
                                    monthly_calls: 1000
                                    measured:
                                      log: log.csv
                                      third_party: {model.token: Tokens}
                                      bands: {by: Tokens, up_to: {s: 10, l: 20}}
                                """);
        var small = file.design().operation("chat.s");
        var large = file.design().operation("chat.l");
        assertThat(requireNonNull(small.profile()).calls()).isEqualTo(2);
        assertThat(requireNonNull(large.profile()).calls()).isEqualTo(5);
        assertThat(small.unitCost()).isEqualByComparingTo("0.000011");
        assertThat(large.unitCost()).isEqualByComparingTo("0.0000364");
        assertThat(small.monthlyCalls()).isEqualTo(286);
        assertThat(large.monthlyCalls()).isEqualTo(714);
        assertThat(large.title()).isEqualTo("Chat, up to 20 Tokens");
        assertThat(file.measured().getFirst().operations()).containsExactly("chat.s", "chat.l");
    }

    /// 300 tokens cost 0.0006, so 1,000 of them 0.002; the third call is of the larger band.
    @Test
    void aLogOfRawUnitsIsCostedByWhatTheCreditsAreForAndVariesByBand() {
        folder.write("log.csv", "Tokens\n100\n200\n2700\n");
        var file =
                folder.read(
                        Folder.GOOD
                                + """
                                  chat:
                                    title: Chat
                                    unit: {name: token, per: 1000}
                                    measured:
                                      log: log.csv
                                      quantity: Tokens
                                      third_party: {model.token: Tokens}
                                      bands: {by: Tokens, up_to: {s: 500, l: 5000}}
                                    variants:
                                      cached: {title: Cached, multiplier: 0.5, reason: known}
                                base_operation: image.upload
                                """);
        var small = file.design().operation("chat.s");
        assertThat(small.unitCost()).isEqualByComparingTo("0.002");
        assertThat(requireNonNull(small.profile()).calls()).isEqualTo(2);
        assertThat(small.monthlyCalls()).as("0.3 thousands").isEqualTo(0);
        assertThat(file.design().operation("chat.l").monthlyCalls()).isEqualTo(3);
        assertThat(small.unit()).isEqualTo(new PriceUnit("token", THOUSAND, BigDecimal.ZERO));
        assertThat(small.credits()).isEqualTo(Credits.of(10));
        var cached = file.design().operation("chat.s.cached");
        assertThat(cached.credits()).isEqualTo(Credits.of(5));
        assertThat(cached.unitCost()).isEqualByComparingTo("0.002");
        assertThat(cached.title()).isEqualTo("Cached, up to 500 Tokens");
        assertThat(cached.unit()).isEqualTo(small.unit());
        assertThat(file.design().operation("chat.l.cached").title())
                .isEqualTo("Cached, up to 5,000 Tokens");
        folder.write("log.csv", "Tokens\n0\n");
        assertThat(folder.problems(Folder.GOOD + MEASURED_UNIT))
                .contains("log.csv:2:Tokens: 0 is too small: a call of nothing");
    }

    private static final BigDecimal THOUSAND = new BigDecimal(1_000);

    private static final String MEASURED_UNIT =
            """
              chat:
                unit: {name: token}
                measured: {log: log.csv, quantity: Tokens, third_party: {model.token: Tokens}}
            """;

    @Test
    void aLogWithoutBandsIsOneOperation() {
        folder.write("log.csv", "\uFEFFms,bytes\r\n100,7\r\n300,8\r\n");
        var file =
                folder.read(
                        Folder.GOOD
                                + """
                                  job.run: {measured: {log: log.csv, use: {compute_ms: ms, memory_mb: 5}}}
                                """);
        assertThat(file.design().operation("job.run").unitCost()).isEqualByComparingTo("0.00068");
        var calls = new ArrayList<LoggedCall>();
        file.measured().getFirst().forEachCall(calls::add);
        assertThat(calls).extracting(LoggedCall::row).containsExactly(2L, 3L);
        assertThat(calls.getLast().use().computeMs()).isEqualByComparingTo("300");
        assertThat(calls.getLast().use().memoryMb()).isEqualByComparingTo("5");
    }

    @Test
    void sharesSumUpExactly() {
        assertThat(Shares.split(10, List.of(1L, 1L, 1L))).containsExactly(4L, 3L, 3L);
        assertThat(Shares.split(0, List.of(5L, 0L))).containsExactly(0L, 0L);
        assertThat(Shares.split(Long.MAX_VALUE, List.of(1L, 2L)))
                .satisfies(parts ->
                        assertThat(parts.stream().mapToLong(Long::longValue).sum())
                                .isEqualTo(Long.MAX_VALUE));
    }
}
