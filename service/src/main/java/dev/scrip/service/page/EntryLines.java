package dev.scrip.service.page;

import dev.scrip.ledger.Alert;
import dev.scrip.ledger.Draw;
import dev.scrip.ledger.Fact;
import dev.scrip.ledger.FactId;
import dev.scrip.ledger.Limit;
import dev.scrip.pricing.Credits;
import dev.scrip.service.page.AccountPanel.EntryLine;
import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Tells an account's facts in a customer's words, a line each.
final class EntryLines {

    private EntryLines() {}

    /// What happened, in words, and the credits it gave or took.
    static EntryLine of(Fact fact, ZoneId zone) {
        return switch (fact) {
            case Fact.AccountOpened opened ->
                    line(fact, zone, "Account opened", "plan " + opened.plan().plan(), "");
            case Fact.PeriodStarted started ->
                    line(
                            fact,
                            zone,
                            "Period started",
                            "until " + Figures.moment(started.end(), zone),
                            "");
            case Fact.Granted granted ->
                    line(
                            fact,
                            zone,
                            "Credits granted",
                            origin(granted),
                            given(granted.terms().amount()));
            case Fact.Captured captured ->
                    line(
                            fact,
                            zone,
                            captured.usage().operation(),
                            Figures.credits(Draw.sum(captured.draws()))
                                    + " of "
                                    + FactId.hold(captured.hold()),
                            taken(Draw.sum(captured.more())));
            case Fact.Burned burned ->
                    line(
                            fact,
                            zone,
                            burned.usage().operation(),
                            quantity(burned),
                            taken(burned.usage().credits()));
            case Fact.Held held ->
                    line(
                            fact,
                            zone,
                            "Credits set aside",
                            "for " + held.estimate().operation(),
                            taken(held.estimate().credits()));
            case Fact.HoldExtended extended ->
                    line(
                            fact,
                            zone,
                            "Hold extended",
                            "until " + Figures.moment(extended.expires(), zone),
                            "");
            case Fact.Released released ->
                    line(
                            fact,
                            zone,
                            "Credits released",
                            "of " + FactId.hold(released.hold()),
                            given(Draw.sum(released.draws())));
            case Fact.Reversed reversed ->
                    line(
                            fact,
                            zone,
                            "Charge taken back",
                            reversed.operation() + ": " + reversed.reason(),
                            given(Draw.sum(reversed.draws())));
            case Fact.Voided voided ->
                    line(fact, zone, "Grant voided", voided.reason(), taken(voided.rest()));
            case Fact.OverageSet set ->
                    line(
                            fact,
                            zone,
                            "Overage",
                            set.overage().isUnlimited()
                                    ? "without limit"
                                    : "up to " + Figures.credits(set.overage().limit()),
                            "");
            case Fact.Settled settled ->
                    line(
                            fact,
                            zone,
                            "Overage paid",
                            "by " + FactId.grant(settled.grant()),
                            taken(settled.credits()));
            case Fact.ReceivablePaid paid ->
                    line(
                            fact,
                            zone,
                            "Overage paid",
                            Figures.credits(paid.credits()) + " by invoice: " + paid.reason(),
                            "");
            case Fact.Adjusted adjusted ->
                    line(fact, zone, "Adjusted", adjusted.reason(), taken(adjusted.credits()));
            case Fact.PlanChanged changed ->
                    line(
                            fact,
                            zone,
                            "Plan changed",
                            changed.plan().plan()
                                    + ", until "
                                    + Figures.moment(changed.end(), zone),
                            "");
            case Fact.PlanChangeScheduled scheduled -> {
                var plan = scheduled.plan();
                yield line(
                        fact,
                        zone,
                        plan == null ? "Plan stays" : "Plan will change",
                        plan == null ? "" : plan.plan() + " from the next period on",
                        "");
            }
            case Fact.LimitsSet set ->
                    line(fact, zone, "Limits set", names(set.limits(), Limit::id), "");
            case Fact.AlertsSet set ->
                    line(fact, zone, "Alerts set", names(set.alerts(), Alert::id), "");
            case Fact.AlertFired fired ->
                    line(fact, zone, "Alert", fired.alert().id() + " was crossed", "");
            case Fact.AlertRearmed rearmed ->
                    line(fact, zone, "Alert over", rearmed.alert().id() + " has recovered", "");
            case Fact.TopUpRuleSet set ->
                    line(
                            fact,
                            zone,
                            "Automatic top-up",
                            set.rule() == null
                                    ? "off"
                                    : "below " + Figures.credits(set.rule().threshold()),
                            "");
            case Fact.TopUpRequested requested ->
                    line(
                            fact,
                            zone,
                            "Top-up requested",
                            Figures.credits(requested.credits()) + " credits, once paid",
                            "");
            case Fact.CommitmentSet set ->
                    line(
                            fact,
                            zone,
                            "Commitment",
                            Figures.credits(set.commitment().creditsPerMonth())
                                    + " credits a month",
                            "");
            case Fact.TopUpFailed failed -> line(fact, zone, "Top-up failed", failed.reason(), "");
            case Fact.StatusChanged changed ->
                    line(
                            fact,
                            zone,
                            "Account " + changed.status().name().toLowerCase(Locale.ROOT),
                            changed.reason(),
                            "");
            case Fact.Expired expired ->
                    line(
                            fact,
                            zone,
                            "Credits expired",
                            "of " + FactId.grant(expired.grant()),
                            taken(expired.rest()));
        };
    }

    private static EntryLine line(
            Fact fact, ZoneId zone, String what, String detail, String credits) {
        return new EntryLine(
                Figures.second(fact.at(), zone),
                fact.id(),
                what,
                detail,
                credits,
                Figures.credits(fact.balance()));
    }

    private static String quantity(Fact.Burned burned) {
        var quantity = burned.usage().quantity();
        return quantity.compareTo(BigDecimal.ONE) == 0
                ? ""
                : "× " + quantity.stripTrailingZeros().toPlainString();
    }

    private static String given(Credits credits) {
        return credits.isZero() ? "0" : "+" + Figures.credits(credits);
    }

    /// With a true minus sign, which lines up with the plus.
    private static String taken(Credits credits) {
        return credits.isZero() ? "0" : "\u2212" + Figures.credits(credits);
    }

    private static String origin(Fact.Granted granted) {
        return switch (granted.origin().kind()) {
            case ASKED, PLAN -> AccountPanel.kind(granted.terms().category());
            case ROLLOVER -> "left from the period before";
            case BONUS -> "bonus on " + FactId.grant(granted.origin().cause());
            case TOP_UP -> "automatic top-up";
            case REVERSAL -> "paid before, taken back";
            case ADJUSTMENT -> granted.origin().reason();
        };
    }

    private static <T> String names(List<T> things, Function<T, String> name) {
        return things.isEmpty()
                ? "none"
                : things.stream().map(name).collect(Collectors.joining(", "));
    }
}
