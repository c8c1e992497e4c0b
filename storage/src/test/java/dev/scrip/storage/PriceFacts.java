package dev.scrip.storage;

import dev.scrip.ledger.Commitment;
import dev.scrip.ledger.Draw;
import dev.scrip.ledger.Fact;
import dev.scrip.ledger.RatedUsage;
import dev.scrip.pricing.AdjustmentKind;
import dev.scrip.pricing.AppliedAdjustment;
import dev.scrip.pricing.Credits;
import dev.scrip.pricing.Money;
import java.math.BigDecimal;
import java.util.List;

/// Facts that say what moved prices.
final class PriceFacts {

    private PriceFacts() {}

    static List<Fact> all() {
        var draws = List.of(new Draw(2, Credits.of(6), Facts.END, Money.parse("0.00058")));
        var usage =
                new RatedUsage(
                                "video.process",
                                BigDecimal.ONE,
                                Credits.of(10),
                                Credits.of(6),
                                Money.parse("0.006"),
                                Money.parse("0.005"),
                                "pb_2")
                        .adjusted(
                                List.of(
                                        new AppliedAdjustment(
                                                "night",
                                                AdjustmentKind.OFF_PEAK,
                                                new BigDecimal("0.70"),
                                                null,
                                                Credits.of(7)),
                                        new AppliedAdjustment(
                                                "plan_prices",
                                                AdjustmentKind.PLAN,
                                                null,
                                                Credits.parse("5.5"),
                                                Credits.parse("5.5")),
                                        new AppliedAdjustment(
                                                "cost_floor",
                                                AdjustmentKind.COST_FLOOR,
                                                null,
                                                null,
                                                Credits.of(6))));
        return List.of(
                new Fact.CommitmentSet(
                        37,
                        Facts.START,
                        Facts.ACME,
                        Facts.request("commit"),
                        new Commitment(Credits.of(100_000), Facts.END),
                        Credits.of(1)),
                new Fact.CommitmentSet(
                        38,
                        Facts.START,
                        Facts.ACME,
                        Facts.request("no more"),
                        Commitment.NONE,
                        Credits.of(2)),
                new Fact.Charged(
                        39,
                        Facts.START,
                        Facts.ACME,
                        Facts.request("charge"),
                        usage,
                        draws,
                        Credits.of(3),
                        Credits.of(4),
                        Facts.END),
                new Fact.Held(
                        40,
                        Facts.START,
                        Facts.ACME,
                        Facts.request("hold"),
                        usage,
                        false,
                        draws,
                        Facts.END,
                        Credits.of(5),
                        Credits.of(6),
                        Facts.END));
    }
}
