package dev.scrip.audit;

import static dev.scrip.audit.Records.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.scrip.ledger.AccountId;
import dev.scrip.ledger.Alert;
import dev.scrip.ledger.BurnOrder;
import dev.scrip.ledger.Draw;
import dev.scrip.ledger.Fact;
import dev.scrip.ledger.GrantOrigin;
import dev.scrip.ledger.LedgerSettings;
import dev.scrip.ledger.Limit;
import dev.scrip.ledger.Overage;
import dev.scrip.ledger.PlanTerms;
import dev.scrip.pricing.Credits;
import dev.scrip.pricing.Money;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// One fault for each rule on limits, alerts, pools, top-ups and plans, planted into a sound
/// history: each must be found, and for its reason.
class PlantedRulesTest {

    private static final List<List<Fact>> SOUND = Script.batches();
    private static final Credits ONE_MORE = new Credits(1);

    interface Fault extends UnaryOperator<List<List<Fact>>> {}

    @Test
    void withoutAFaultItIsSound() {
        check(SOUND);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"pools", "limits", "burns", "alerts", "topUps", "plans"})
    void aFaultIsFound(String name, Fault fault, String what) {
        assertThatThrownBy(() -> check(fault.apply(SOUND)))
                .as(name)
                .isInstanceOfSatisfying(
                        Mismatch.class,
                        mismatch -> assertThat(mismatch.difference().what()).isEqualTo(what));
    }

    /// Usage that arrives later has no part in how often calls come.
    @Test
    void anEventDoesNotCountAgainstRates() {
        var event = changed(nth(Fact.Charged.class, 1), "usage.usedAt", Script.START);

        check(limits(1, 0, with(limit(1, 0), "calls", 2)).apply(event.apply(SOUND)));
    }

    static Stream<Arguments> pools() {
        return Stream.of(
                arguments(
                        "a charge of a child that is not there",
                        changed(nth(Fact.Charged.class, 0), "usage.child", "nobody"),
                        "account live/nobody"),
                arguments(
                        "a charge of the pool as of a child",
                        changed(nth(Fact.Charged.class, 0), "usage.child", "acme"),
                        "the account that pays for live/acme"),
                arguments(
                        "a child of a pool that is not there",
                        changed(nth(Fact.AccountOpened.class, 1), "pool", id("nobody")),
                        "account live/nobody"),
                arguments(
                        "a child in another zone",
                        changed(nth(Fact.AccountOpened.class, 1), "zone", ZoneOffset.UTC),
                        "the zone"),
                arguments(
                        "a child with credits of its own",
                        changed(nth(Fact.AccountOpened.class, 1), "plan.included", ONE_MORE),
                        "the plan"),
                arguments(
                        "a child with another period",
                        changed(nth(Fact.AccountOpened.class, 1), "periodEnd", Script.START),
                        "the end of the period"),
                arguments(
                        "another balance of a child",
                        more(nth(Fact.StatusChanged.class, 0), "balance"),
                        "the balance"),
                arguments(
                        "a rule for top-ups of a child",
                        changed(nth(Fact.TopUpRuleSet.class, 0), "account", Script.TEAM),
                        "what is decided of a child of its own"),
                arguments(
                        "a charge of a frozen child",
                        inserted(
                                nth(Fact.Charged.class, 0),
                                with(
                                        with(nth(Fact.StatusChanged.class, 0), "at", Script.START),
                                        "balance",
                                        Credits.of(115))),
                        "the status of live/team-a"),
                arguments(
                        "a key of a child twice",
                        changed(
                                nth(Fact.Charged.class, 1),
                                "request",
                                nth(Fact.Charged.class, 0).request()),
                        "facts under the key \"request-6\""),
                arguments(
                        "a capture of another child",
                        changed(nth(Fact.Captured.class, 0), "usage.child", null),
                        "the child of the hold"),
                arguments(
                        "a capture by another key",
                        changed(nth(Fact.Captured.class, 0), "usage.apiKey", "key_2"),
                        "the key of the hold"),
                arguments(
                        "a reversal of another child's call",
                        changed(nth(Fact.Reversed.class, 0), "child", null),
                        "the child of the charge"));
    }

    static Stream<Arguments> limits() {
        return Stream.of(
                arguments(
                        "one call too many",
                        limits(1, 0, with(limit(1, 0), "calls", 2)),
                        "when a call is within rate limit rate"),
                arguments(
                        "a hold that does not fit under a child's cap",
                        limits(1, 1, with(limit(1, 1), "credits", Credits.of(29))),
                        "the credits under cap cap"),
                arguments(
                        "a child's calls that do not fit under its pool's cap",
                        limits(0, 0, with(limit(0, 0), "credits", Credits.of(34))),
                        "the credits under cap all"),
                arguments(
                        "a charge that does not fit with what was captured",
                        limits(0, 0, with(limit(0, 0), "credits", Credits.of(43))),
                        "the credits under cap all"));
    }

    static Stream<Arguments> burns() {
        return Stream.of(
                arguments(
                        "a grant for another operation",
                        changed(nth(Fact.Granted.class, 2), "terms.operations", List.of("chat")),
                        "the grants drawn"),
                arguments(
                        "grants in the order of another plan",
                        changed(
                                nth(Fact.PlanChanged.class, 0),
                                "plan.burnOrder",
                                BurnOrder.EXPIRY_FIRST),
                        "the grants drawn"),
                arguments("another quota", more(nth(Fact.Charged.class, 0), "quota"), "the quota"),
                arguments(
                        "a bonus of another purchase",
                        changed(nth(Fact.Granted.class, 2), "origin.cause", 2L),
                        "the origin of the grant"),
                arguments(
                        "a grant nobody asked for",
                        changed(nth(Fact.Granted.class, 2), "origin", GrantOrigin.ASKED),
                        "who asked for the grant"),
                arguments(
                        "a bonus without a purchase",
                        inserted(
                                nth(Fact.Charged.class, 0),
                                with(nth(Fact.Granted.class, 2), "balance", Credits.of(120))),
                        "who asked for the grant"),
                arguments(
                        "a deduction from another grant",
                        changed(
                                nth(Fact.Adjusted.class, 0),
                                "draws",
                                List.of(new Draw(7, Credits.of(2), null, Money.parse("0.001")))),
                        "the grants drawn"),
                arguments(
                        "more paid than was owed",
                        changed(nth(Fact.ReceivablePaid.class, 0), "credits", Credits.of(1_000)),
                        "the credits paid of what is owed"),
                arguments(
                        "no settlement though purchases pay",
                        changed(
                                nth(Fact.OverageSet.class, 0),
                                "overage.payment",
                                Overage.Payment.FROM_PURCHASES),
                        "the kind of the fact"),
                arguments(
                        "more owed than is allowed",
                        changed(nth(Fact.OverageSet.class, 0), "overage.limit", Credits.of(1)),
                        "what is used beyond all grants"));
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

    private static void check(List<List<Fact>> batches) {
        var facts = batches.stream().flatMap(List::stream).toList();
        var check = new FactCheck(LedgerSettings.DEFAULT, seq -> facts.get((int) seq - 1));
        for (var batch : batches) {
            batch.forEach(check::check);
            check.endBatch(batch.getLast());
        }
    }

    private static <T extends Fact> T nth(Class<T> kind, int n) {
        return SOUND.stream()
                .flatMap(List::stream)
                .filter(kind::isInstance)
                .map(kind::cast)
                .skip(n)
                .findFirst()
                .orElseThrow();
    }

    private static AccountId id(String name) {
        return new AccountId("live", name);
    }

    private static Limit limit(int set, int limit) {
        return nth(Fact.LimitsSet.class, set).limits().get(limit);
    }

    private static Fault limits(int set, int at, Limit limit) {
        var limits = new ArrayList<>(nth(Fact.LimitsSet.class, set).limits());
        limits.set(at, limit);
        return changed(nth(Fact.LimitsSet.class, set), "limits", limits);
    }

    /// A millionth of a credit more.
    private static Fault more(Fact fact, String path) {
        return batches -> mapped(batches, fact, found -> List.of(added(found, path)));
    }

    private static <T> T added(T record, String path) {
        int dot = path.indexOf('.');
        var name = dot < 0 ? path : path.substring(0, dot);
        var value = Records.get(record, name);
        return with(
                record,
                name,
                dot < 0 ? ((Credits) value).plus(ONE_MORE) : added(value, path.substring(dot + 1)));
    }

    /// @param path of components, such as `usage.child`
    private static Fault changed(Fact fact, String path, @Nullable Object value) {
        return batches -> mapped(batches, fact, found -> List.of(set(found, path, value)));
    }

    private static <T> T set(T record, String path, @Nullable Object value) {
        int dot = path.indexOf('.');
        var name = dot < 0 ? path : path.substring(0, dot);
        return with(
                record,
                name,
                dot < 0 ? value : set(Records.get(record, name), path.substring(dot + 1), value));
    }

    private static Fault replaced(Fact fact, Fact other) {
        return batches -> mapped(batches, fact, _ -> List.of(other));
    }

    private static Fault without(Fact fact) {
        return batches -> mapped(batches, fact, _ -> List.of());
    }

    private static Fault inserted(Fact after, Fact fact) {
        return batches -> mapped(batches, after, found -> List.of(found, fact));
    }

    /// With something else in the place of a fact, and numbered without a gap.
    private static List<List<Fact>> mapped(
            List<List<Fact>> batches, Fact fact, Function<Fact, List<Fact>> change) {
        var changed = new ArrayList<List<Fact>>();
        long seq = 0;
        for (var batch : batches) {
            var facts = new ArrayList<Fact>();
            for (var found : batch) {
                for (var next : found.seq() == fact.seq() ? change.apply(found) : List.of(found)) {
                    facts.add(with(next, "seq", ++seq));
                }
            }
            if (!facts.isEmpty()) {
                changed.add(facts);
            }
        }
        return changed;
    }
}
