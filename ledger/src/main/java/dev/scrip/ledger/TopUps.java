package dev.scrip.ledger;

import dev.scrip.pricing.Credits;
import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/// What an account's top-ups have come to. Changed by [Ledger#apply] alone.
final class TopUps {

    @Nullable TopUpRule rule;

    /// The sequence number of the request that is open; 0 for none.
    long open;

    Credits openCredits = Credits.ZERO;
    Instant lastRequest = Instant.EPOCH;

    /// Credits asked for in the month that ends at [#monthEnd].
    private Credits inMonth = Credits.ZERO;

    private Instant monthEnd = Instant.EPOCH;

    /// How many credits are to be asked for now; zero for none.
    Credits due(Credits available, Instant now) {
        var current = rule;
        if (current == null
                || open != 0
                || available.compareTo(current.threshold()) >= 0
                || lastRequest.plus(current.coolOff()).isAfter(now)) {
            return Credits.ZERO;
        }
        var asked = monthEnd.isAfter(now) ? inMonth : Credits.ZERO;
        var left = current.monthlyCap().minus(asked);
        return left.isPositive() ? current.target().minus(available).min(left) : Credits.ZERO;
    }

    void request(Fact.TopUpRequested requested, ZoneId zone) {
        var at = requested.at();
        open = requested.seq();
        openCredits = requested.credits();
        lastRequest = at;
        if (!monthEnd.isAfter(at)) {
            monthEnd = Limit.Window.MONTH.endAfter(at, zone);
            inMonth = Credits.ZERO;
        }
        inMonth = inMonth.plus(requested.credits());
    }

    /// What could not be paid does not count against the month.
    void fail() {
        inMonth = inMonth.minus(openCredits.min(inMonth));
        close();
    }

    void close() {
        open = 0;
        openCredits = Credits.ZERO;
    }

    LedgerState.TopUpState state() {
        return new LedgerState.TopUpState(rule, open, openCredits, lastRequest, inMonth, monthEnd);
    }

    static TopUps of(LedgerState.TopUpState state) {
        var topUps = new TopUps();
        topUps.rule = state.rule();
        topUps.open = state.open();
        topUps.openCredits = state.openCredits();
        topUps.lastRequest = state.lastRequest();
        topUps.inMonth = state.inMonth();
        topUps.monthEnd = state.monthEnd();
        return topUps;
    }
}
