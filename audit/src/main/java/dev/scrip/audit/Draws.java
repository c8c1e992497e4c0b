package dev.scrip.audit;

import dev.scrip.ledger.Draw;
import dev.scrip.ledger.FactId;
import dev.scrip.pricing.Credits;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// Sums and parts of draws, in micro-credits.
final class Draws {

    private Draws() {}

    static long sum(List<Draw> draws) {
        long sum = 0;
        for (var draw : draws) {
            sum = Math.addExact(sum, draw.credits().micros());
        }
        return sum;
    }

    /// What lies between two amounts, counted from the first draw on.
    static List<Draw> between(List<Draw> draws, long from, long to) {
        var part = new ArrayList<Draw>(draws.size());
        long start = 0;
        for (var draw : draws) {
            long end = start + draw.credits().micros();
            long first = Math.max(start, from);
            long last = Math.min(end, to);
            if (first < last) {
                part.add(
                        new Draw(
                                draw.grant(),
                                new Credits(last - first),
                                draw.expires(),
                                draw.costBasis()));
            }
            start = end;
        }
        return part;
    }

    static String shown(List<Draw> draws) {
        return draws.isEmpty()
                ? "none"
                : draws.stream()
                        .map(draw ->
                                draw.credits()
                                        + " of "
                                        + FactId.grant(draw.grant())
                                        + (draw.expires() == null ? "" : " until " + draw.expires())
                                        + " at "
                                        + draw.costBasis())
                        .collect(Collectors.joining(", "));
    }
}
