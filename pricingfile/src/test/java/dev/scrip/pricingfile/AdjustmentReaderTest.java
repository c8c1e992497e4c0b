package dev.scrip.pricingfile;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.scrip.pricing.Adjustment;
import dev.scrip.pricing.Adjustments;
import dev.scrip.pricing.Circumstances;
import dev.scrip.pricing.Credits;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdjustmentReaderTest {

    private static final String RULES =
            """
            plans:
              pro: {monthly_fee: 99, included_credits: 250000}
            adjustments:
              night:
                operations: [image.*]
                off_peak: {zone: Europe/Berlin, from: "22:00", to: 06:00, days: [sat, sun], factor: 0.7}
              busy: {load: {above: 0.9, until: 0.85, factor: 1.5}}
              volume: {volume: [{from: 1000, factor: 0.9}, {from: 2000, factor: 0.8}]}
              committed:
                commitment: [{from: 1000, factor: 0.90}, {from: 2000, factor: 0.8}]
              plan_prices: {plans: {pro: {factor: 0.95}}}
              agreed: {accounts: {live/acme: {credits: 0.5}}}
              kept: {from: 2026-02-01T00:00:00Z, until: 2026-03-01T00:00:00Z, accounts: {live/old: {credits: 0.7}}}
              spring: {promotion: {from: 2026-03-01T00:00:00Z, to: 2026-03-02T00:00:00Z, factor: 0.5}}
              whole: {off_peak: {zone: UTC, from: "00:00", to: "24:00", days: [mon], factor: 0.9}}
            adjustment_limits: {lowest_factor: 0.4, highest_factor: 2, minimum_charge: 0.1, cost_floor: refuse}
            """;

    @TempDir Path temporary = Path.of("");

    private Folder folder() {
        return new Folder(temporary);
    }

    @Test
    void adjustmentsApplyInTheOrderOfTheFile() {
        var book = folder().read(Folder.GOOD + RULES).toPriceBook("pb_1", Instant.EPOCH);
        assertThat(book.adjustments().rules())
                .extracting(Adjustment::id)
                .containsExactly(
                        "night",
                        "busy",
                        "volume",
                        "committed",
                        "plan_prices",
                        "agreed",
                        "kept",
                        "spring",
                        "whole");
        var sunday = Instant.parse("2026-03-01T04:00:00Z");
        var acme = Circumstances.at(sunday).by("live/acme", "pro", Credits.ZERO, Credits.ZERO);
        assertThat(requireNonNull(book.quote("image.upload", BigDecimal.ONE, acme)).credits())
                .as("0.5 agreed × 0.5 in spring is 0.25, under the lowest factor")
                .isEqualTo(Credits.parse("0.4"));
    }

    @Test
    void pricesOfAccountsEndByThemselves() {
        var book = folder().read(Folder.GOOD + RULES).toPriceBook("pb_1", Instant.EPOCH);
        var end = Instant.parse("2026-03-01T00:00:00Z");
        for (var at : new Instant[] {end.minusNanos(1_000), end}) {
            var old = Circumstances.at(at).by("live/old", null, Credits.ZERO, Credits.ZERO);
            var quote = requireNonNull(book.quote("image.upload", BigDecimal.ONE, old));
            assertThat(quote.adjustments().stream().anyMatch(one -> one.id().equals("kept")))
                    .isEqualTo(at.isBefore(end));
        }
    }

    @Test
    void aPublishedBookIsReadBackExactly() {
        var book = folder().read(Folder.GOOD + RULES).toPriceBook("pb_1", Instant.EPOCH);
        var text = PriceBookDocument.write(book);
        assertThat(PriceBookDocument.read("book", text)).isEqualTo(book);
        assertThat(PriceBookDocument.write(PriceBookDocument.read("book", text))).isEqualTo(text);
    }

    @Test
    void aBookOfBeforeHasNoAdjustments() {
        var text =
                PriceBookDocument.write(
                        folder().read(Folder.GOOD).toPriceBook("pb_1", Instant.EPOCH));
        assertThat(text).doesNotContain("adjustment");
        assertThat(PriceBookDocument.read("book", text).adjustments()).isEqualTo(Adjustments.NONE);
    }

    /// One part of the good rules is replaced; the problem names line, field, value and what would
    /// be right.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "image.* | imag.* | pricing.yaml:11: adjustments.night.operations[1]: \"imag.*\" is no operation and no family of them; expected one of image.upload",
                "image.* | image.uplod | \"image.uplod\" is no operation and no family of them. Did you mean image.upload?",
                "operations: [image.*] | operations: [] | adjustments.night.operations: is empty",
                "operations: [image.*] | operations: image.* | adjustments.night.operations: \"image.*\" is a single value",
                "Europe/Berlin | Europe/Bärlin | adjustments.night.off_peak.zone: \"Europe/Bärlin\" is no time zone; expected a time zone such as UTC",
                "22:00 | 25:00 | adjustments.night.off_peak.from: \"25:00\" is no time of day; expected a time of day such as \"02:00\"",
                "22:00 | 24:00 | adjustments.night.off_peak.from: \"24:00\" is no time of day",
                "06:00 | 22:00 | adjustments.night.off_peak: ends when it begins, at 22:00",
                "[sat, sun] | [sat, sundy] | adjustments.night.off_peak.days[2]: \"sundy\" is none. Did you mean sun?",
                "[sat, sun] | [] | adjustments.night.off_peak.days: is empty",
                "factor: 0.7 | factor: 0 | adjustments.night.off_peak.factor: 0 is too small",
                "factor: 0.7 | faktor: 0.7 | adjustments.night.off_peak.factor: is missing",
                "until: 0.85 | until: 0.95 | adjustments.busy.load.until: 0.95 is over 0.9",
                "above: 0.9 | above: 90 % | \"90 %\" is no plain decimal",
                "above: 0.9 | above: -1 | -1 is too small; expected a load such as 0.9, where 1 is full capacity",
                "{from: 2000, factor: 0.8}]} | {from: 1000, factor: 0.8}]} | adjustments.volume.volume[2].from: 1000 comes after 1000; expected more credits than the tier before it",
                "[{from: 1000, factor: 0.90}, {from: 2000, factor: 0.8}] | [] | adjustments.committed.commitment: is empty; expected at least one tier",
                "pro: {factor | por: {factor | adjustments.plan_prices.plans.por: is no plan. Did you mean pro?; expected one of pro",
                "live/acme | acme | adjustments.agreed.accounts.acme: is no account; expected workspace and account, such as live/acme",
                "{credits: 0.5} | {} | adjustments.agreed.accounts.live/acme: says no price; expected a factor, or credits",
                "{credits: 0.5} | {credits: 0.5, factor: 2} | has both; expected a factor, or credits",
                "{credits: 0.5} | {credits: 0} | adjustments.agreed.accounts.live/acme.credits: 0 is too small",
                "to: 2026-03-02T00:00:00Z | to: 2026-03-02 | adjustments.spring.promotion.to: \"2026-03-02\" is no instant",
                "to: 2026-03-02T00:00:00Z | to: 2026-03-01T00:00:00Z | adjustments.spring.promotion.to: 2026-03-01T00:00:00Z is not after 2026-03-01T00:00:00Z",
                "until: 2026-03-01T00:00:00Z | until: 2026-02-01T00:00:00Z | adjustments.kept.until: 2026-02-01T00:00:00Z is not after 2026-02-01T00:00:00Z; expected an instant after it begins",
                "until: 2026-03-01T00:00:00Z | until: June | adjustments.kept.until: \"June\" is no instant",
                "from: 2026-02-01T00:00:00Z | fro: 2026-02-01T00:00:00Z | adjustments.kept.fro: is not a known field. Did you mean from?",
                "busy: {load | busy: {until: 2026-03-01T00:00:00Z, load | adjustments.busy.until: is not a known field",
                "busy: {load | Busy: {load | adjustments.Busy: is no name of an adjustment",
                "busy: {load: | busy: {lode: | adjustments.busy.lode: is not a known field. Did you mean load?",
                "busy: {load: | busy: {promotion: {from: 2026-03-01T00:00:00Z}, load: | adjustments.busy: is several things; expected one of off_peak, load",
                "busy: {load | night: {load | adjustments.night: is there twice",
                "lowest_factor: 0.4 | lowest_factor: 1.4 | adjustment_limits.lowest_factor: 1.4 is too large; expected a factor above 0 and at most 1",
                "highest_factor: 2 | highest_factor: 0.5 | adjustment_limits.highest_factor: 0.5 is too small",
                "cost_floor: refuse | cost_floor: raise | adjustment_limits.cost_floor: \"raise\" is none",
                "minimum_charge: 0.1 | minimum_charge: 0.0001 | 0.0001 has too many decimals"
            })
    void whatIsWrongIsSaid(String good, String bad, String problem) {
        var rules = RULES;
        assertThat(rules).contains(good);
        assertThatThrownBy(() -> folder().read(Folder.GOOD + rules.replace(good, bad)))
                .isInstanceOf(PricingFileException.class)
                .hasMessageContaining(problem);
    }
}
