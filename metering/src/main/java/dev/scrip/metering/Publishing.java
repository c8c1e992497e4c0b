package dev.scrip.metering;

import dev.scrip.pricing.PriceBook;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/// Publishes a price book that somebody made knowing the last one.
///
/// An order counts once without a key: what was based on a version can follow it once only. So the
/// same order again finds what it published before, as long as nothing else was published since.
public final class Publishing {

    private static final String VERSION_PREFIX = "pb_";

    private final PriceBooks priceBooks;
    private final InstantSource clock;

    public Publishing(PriceBooks priceBooks, InstantSource clock) {
        this.priceBooks = priceBooks;
        this.clock = clock;
    }

    /// @param content what it says; its version and date do not count
    /// @param effectiveFrom null for at once
    /// @param basedOn the version its publisher took for the last one
    /// @param publishedBy the id of an API key
    public record Order(
            PriceBook content,
            @Nullable Instant effectiveFrom,
            String basedOn,
            String publishedBy,
            @Nullable String reason,
            @Nullable String overrideReason) {}

    /// What became of an order.
    public sealed interface Outcome {

        /// @param repeated whether an earlier order published it, the same as this one
        record Published(Publication publication, boolean repeated) implements Outcome {}

        /// Another version was published since the one that the order is based on.
        record Changed(String last) implements Outcome {}

        /// It was to take effect before now.
        record InThePast(Instant now) implements Outcome {}

        record OtherCurrency(PriceBook last) implements Outcome {}
    }

    /// What a version is called that follows so many others.
    public static String versionAfter(int others) {
        return VERSION_PREFIX + (others + 1);
    }

    public synchronized Outcome publish(Order order) {
        // What was stored without an answer counts: its publisher asks again.
        priceBooks.reload();
        var published = priceBooks.publications();
        var latest = published.getLast();
        var last = latest.book();
        if (published.size() > 1
                && published.get(published.size() - 2).book().version().equals(order.basedOn())
                && isSame(order, latest)) {
            return new Outcome.Published(latest, true);
        }
        if (!last.version().equals(order.basedOn())) {
            return new Outcome.Changed(last.version());
        }
        if (!last.currency().equals(order.content().currency())) {
            return new Outcome.OtherCurrency(last);
        }
        var now = priceBooks.publicationTime(clock.instant());
        var effectiveFrom = order.effectiveFrom() == null ? now : order.effectiveFrom();
        if (effectiveFrom.isBefore(now)) {
            return new Outcome.InThePast(now);
        }
        var publication =
                new Publication(
                        order.content().dated(versionAfter(published.size()), effectiveFrom),
                        now,
                        order.publishedBy(),
                        order.reason(),
                        order.overrideReason());
        priceBooks.publish(publication);
        return new Outcome.Published(publication, false);
    }

    private static boolean isSame(Order order, Publication before) {
        var book = before.book();
        var effectiveFrom =
                order.effectiveFrom() == null ? book.effectiveFrom() : order.effectiveFrom();
        return new Publication(
                        order.content().dated(book.version(), effectiveFrom),
                        before.publishedAt(),
                        order.publishedBy(),
                        order.reason(),
                        order.overrideReason())
                .equals(before);
    }
}
