package dev.scrip.ledger;

import dev.scrip.pricing.Credits;
import dev.scrip.pricing.Money;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The part of a charge that one grant paid.
///
/// @param grant the sequence number of the fact that granted it
/// @param expires when the grant expires, null for never
/// @param costBasis the grant's, so that yield needs no look-up
public record Draw(long grant, Credits credits, @Nullable Instant expires, Money costBasis) {

    /// What these credits earned when they were bought.
    public Money yieldValue() {
        return costBasis.timesCredits(credits);
    }

    /// Whether its grant lapsed before something that happened at an instant. A charge that has
    /// such draws took back what had lapsed, for usage that arrived late.
    public boolean hasLapsed(Instant instant) {
        return expires != null && !expires.isAfter(instant);
    }

    Draw of(Credits part) {
        return new Draw(grant, part, expires, costBasis);
    }

    /// What some draws come to.
    public static Credits sum(List<Draw> draws) {
        var sum = Credits.ZERO;
        for (var draw : draws) {
            sum = sum.plus(draw.credits);
        }
        return sum;
    }

    /// What those come to whose grants had not lapsed by an instant.
    public static Credits sumOfLive(List<Draw> draws, Instant instant) {
        var sum = Credits.ZERO;
        for (var draw : draws) {
            sum = draw.hasLapsed(instant) ? sum : sum.plus(draw.credits);
        }
        return sum;
    }

    /// The first draws that make up an amount, the last of them cut to fit.
    static List<Draw> first(List<Draw> draws, Credits amount) {
        var rest = amount;
        var taken = new ArrayList<Draw>(draws.size());
        for (var draw : draws) {
            if (rest.isZero()) {
                break;
            }
            var part = rest.min(draw.credits);
            rest = rest.minus(part);
            taken.add(draw.of(part));
        }
        return taken;
    }

    /// What is left after the first draws that make up an amount.
    static List<Draw> after(List<Draw> draws, Credits amount) {
        var skip = amount;
        var left = new ArrayList<Draw>(draws.size());
        for (var draw : draws) {
            var part = skip.min(draw.credits);
            skip = skip.minus(part);
            if (!draw.credits.equals(part)) {
                left.add(draw.of(draw.credits.minus(part)));
            }
        }
        return left;
    }
}
