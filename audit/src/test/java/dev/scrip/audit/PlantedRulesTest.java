package dev.scrip.audit;

import static dev.scrip.audit.Faults.ONE_MORE;
import static dev.scrip.audit.Faults.SOUND;
import static dev.scrip.audit.Faults.changed;
import static dev.scrip.audit.Faults.check;
import static dev.scrip.audit.Faults.id;
import static dev.scrip.audit.Faults.inserted;
import static dev.scrip.audit.Faults.limit;
import static dev.scrip.audit.Faults.more;
import static dev.scrip.audit.Faults.nth;
import static dev.scrip.audit.Faults.withLimit;
import static dev.scrip.audit.Records.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.scrip.audit.Faults.Fault;
import dev.scrip.ledger.BurnOrder;
import dev.scrip.ledger.Draw;
import dev.scrip.ledger.Fact;
import dev.scrip.ledger.GrantOrigin;
import dev.scrip.ledger.Overage;
import dev.scrip.pricing.Credits;
import dev.scrip.pricing.Money;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// One fault for each rule on pools, limits and burns, planted into a sound history: each must be
/// found, and for its reason.
class PlantedRulesTest {

    private static final List<Fact> FACTS = SOUND.stream().flatMap(List::stream).toList();
    private static final int GRANTS =
            Math.toIntExact(FACTS.stream().filter(fact -> fact instanceof Fact.Granted).count());

    @Test
    void withoutAFaultItIsSound() {
        check(SOUND);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"pools", "limits", "burns", "lateUsage"})
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

        check(withLimit(1, 0, with(limit(1, 0), "calls", 2)).apply(event.apply(SOUND)));
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
                        withLimit(1, 0, with(limit(1, 0), "calls", 2)),
                        "when a call is within rate limit rate"),
                arguments(
                        "a hold that does not fit under a child's cap",
                        withLimit(1, 1, with(limit(1, 1), "credits", Credits.of(29))),
                        "the credits under cap cap"),
                arguments(
                        "a child's calls that do not fit under its pool's cap",
                        withLimit(0, 0, with(limit(0, 0), "credits", Credits.of(34))),
                        "the credits under cap all"),
                arguments(
                        "a charge that does not fit with what was captured",
                        withLimit(0, 0, with(limit(0, 0), "credits", Credits.of(43))),
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

    static Stream<Arguments> lateUsage() {
        var late = (Fact.Charged) FACTS.getLast();
        var today = nth(Fact.Granted.class, GRANTS - 1);
        return Stream.of(
                arguments(
                        "late usage paid by what was granted later",
                        changed(
                                late,
                                "draws",
                                List.of(
                                        new Draw(
                                                today.seq(),
                                                Credits.of(1),
                                                today.terms().expires(),
                                                Money.ZERO))),
                        "the grants drawn"),
                arguments(
                        "a grant that lapsed before the call",
                        changed(late, "usage.usedAt", late.at().minusSeconds(3_600)),
                        "the grants drawn"),
                arguments(
                        "a grant that lapsed, for usage that is not late",
                        changed(late, "usage.usedAt", null),
                        "the grants drawn"),
                arguments(
                        "a grant that lapsed, for usage of more than a day ago",
                        changed(late, "usage.usedAt", late.at().minusSeconds(86_400)),
                        "the grants drawn"),
                arguments(
                        "a balance less what had lapsed",
                        changed(late, "balance", late.balance().minus(Credits.of(1))),
                        "the balance"));
    }
}
