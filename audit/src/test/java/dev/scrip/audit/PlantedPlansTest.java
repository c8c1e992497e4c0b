package dev.scrip.audit;

import static dev.scrip.audit.Faults.SOUND;
import static dev.scrip.audit.Faults.changed;
import static dev.scrip.audit.Faults.check;
import static dev.scrip.audit.Faults.inserted;
import static dev.scrip.audit.Faults.more;
import static dev.scrip.audit.Faults.nth;
import static dev.scrip.audit.Faults.replaced;
import static dev.scrip.audit.Faults.without;
import static dev.scrip.audit.Records.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.scrip.audit.Faults.Fault;
import dev.scrip.ledger.Alert;
import dev.scrip.ledger.Fact;
import dev.scrip.ledger.GrantOrigin;
import dev.scrip.ledger.PlanTerms;
import dev.scrip.pricing.Credits;
import dev.scrip.pricing.Money;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// One fault for each rule on alerts, top-ups and plans, planted into a sound history: each must be
/// found, and for its reason.
class PlantedPlansTest {

    @ParameterizedTest(name = "{0}")
    @MethodSource({"alerts", "topUps", "plans"})
    void aFaultIsFound(String name, Fault fault, String what) {
        assertThatThrownBy(() -> check(fault.apply(SOUND)))
                .as(name)
                .isInstanceOfSatisfying(
                        Mismatch.class,
                        mismatch -> assertThat(mismatch.difference().what()).isEqualTo(what));
    }

    static Stream<Arguments> alerts() {
        var first = nth(Fact.AlertFired.class, 0);
        return Stream.of(
                arguments("an alert that never fired", without(first), "what is to be told first"),
                arguments("an alert with another quota", more(first, "quota"), "the quota"),
                arguments("an alert with another use", more(first, "used"), "what is used of it"),
                arguments(
                        "an alert that fired twice", inserted(first, first), "what is to be told"),
                arguments(
                        "an alert that fired too early",
                        inserted(
                                nth(Fact.Charged.class, 1),
                                with(with(first, "at", Script.START), "balance", Credits.of(110))),
                        "what is to be told"),
                arguments(
                        "an alert that fired too late",
                        changed(
                                nth(Fact.AlertsSet.class, 0),
                                "alerts",
                                List.of(new Alert.Used("used-30", 25))),
                        "what is to be told first"),
                arguments(
                        "another alert",
                        changed(first, "alert", new Alert.Used("used-30", 31)),
                        "what is to be told"),
                arguments(
                        "an alert that recovered unseen",
                        without(nth(Fact.AlertRearmed.class, 1)),
                        "what is to be told first"),
                arguments(
                        "an alert that fires by mere time and did not",
                        without(nth(Fact.AlertFired.class, 1)),
                        "what is to be told first"));
    }

    static Stream<Arguments> topUps() {
        var asked = nth(Fact.TopUpRequested.class, 0);
        var rule = nth(Fact.TopUpRuleSet.class, 0);
        return Stream.of(
                arguments("no top-up though it is due", without(asked), "what is to be told first"),
                arguments("a top-up of more", more(asked, "credits"), "what is to be told"),
                arguments(
                        "a top-up while one is open", inserted(asked, asked), "what is to be told"),
                arguments(
                        "a top-up above the threshold",
                        changed(rule, "rule.threshold", Credits.of(44)),
                        "what is to be told"),
                arguments(
                        "a top-up above the cap of the month",
                        changed(rule, "rule.monthlyCap", Credits.of(35)),
                        "what is to be told"),
                arguments(
                        "a top-up before it may be asked for again",
                        changed(rule, "rule.coolOff", Duration.ofHours(3)),
                        "what is to be told"),
                arguments(
                        "a failure of another top-up",
                        changed(nth(Fact.TopUpFailed.class, 0), "topUp", 21L),
                        "the top-up that is open"),
                arguments(
                        "a grant for a top-up that is not open",
                        changed(nth(Fact.Granted.class, 3), "origin.cause", asked.seq()),
                        "the top-up that is open"),
                arguments(
                        "a grant of more than the top-up",
                        more(nth(Fact.Granted.class, 3), "terms.amount"),
                        "the terms of the top-up"));
    }

    static Stream<Arguments> plans() {
        var now = nth(Fact.PlanChanged.class, 0);
        var later = nth(Fact.PlanChanged.class, 1);
        var rolledOver = nth(Fact.Granted.class, 7);
        var scheduled = nth(Fact.PlanChangeScheduled.class, 0);
        return Stream.of(
                arguments(
                        "another unused share",
                        changed(now, "unusedShare", now.unusedShare() + 1),
                        "the unused share of the period"),
                arguments(
                        "another unused fee",
                        changed(now, "unusedFee", now.unusedFee().plus(new Money(1))),
                        "the unused fee"),
                arguments("another anchor", changed(now, "anchor", Script.START), "the anchor"),
                arguments("another number", changed(now, "index", 1), "the number of the period"),
                arguments(
                        "another end",
                        changed(now, "end", now.end().plusSeconds(1)),
                        "the end of the period"),
                arguments(
                        "a period of another length",
                        changed(now, "plan.interval", PlanTerms.Interval.MONTH),
                        "the end of the period"),
                arguments(
                        "a grant of the old plan that stayed",
                        without(nth(Fact.Voided.class, 0)),
                        "the kind of the fact"),
                arguments(
                        "a grant of the old plan that ended in part",
                        more(nth(Fact.Voided.class, 0), "rest"),
                        "the credits voided"),
                arguments(
                        "more than the new plan grants",
                        more(nth(Fact.Granted.class, 4), "terms.amount"),
                        "the terms of the plan's grant"),
                arguments(
                        "another plan than was asked for",
                        changed(later, "plan.plan", "other"),
                        "the plan"),
                arguments(
                        "a plan that nobody asked for",
                        without(scheduled),
                        "the plan from this period on"),
                arguments(
                        "a plan that was asked for and never came",
                        replaced(
                                later,
                                new Fact.PeriodStarted(
                                        later.seq(),
                                        later.at(),
                                        later.account(),
                                        1,
                                        later.start(),
                                        later.start().plus(Duration.ofDays(7)),
                                        later.balance())),
                        "the plan from this period on"),
                arguments(
                        "a change to the plan there is",
                        changed(scheduled, "plan", now.plan()),
                        "the plan from the next period on"),
                arguments(
                        "a fee for a change at the end of a period",
                        changed(later, "unusedFee", new Money(1)),
                        "the unused fee"),
                arguments(
                        "a period that goes on by the old anchor",
                        changed(later, "anchor", now.anchor()),
                        "the anchor"),
                arguments(
                        "a period that starts late",
                        changed(later, "start", later.start().plusSeconds(1)),
                        "the instant at which it happened by itself"),
                arguments(
                        "more that rolled over",
                        more(rolledOver, "terms.amount"),
                        "the terms of the plan's grant"),
                arguments(
                        "what rolled over at the price of the new plan",
                        changed(rolledOver, "terms.costBasis", Money.parse("0.001")),
                        "the terms of the plan's grant"),
                arguments(
                        "what rolled over as the plan's",
                        changed(rolledOver, "origin", GrantOrigin.PLAN),
                        "the origin of the grant"),
                arguments(
                        "what did not roll over",
                        without(rolledOver),
                        "the fact that was decided with the last of its batch"));
    }
}
