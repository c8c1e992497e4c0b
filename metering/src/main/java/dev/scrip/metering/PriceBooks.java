package dev.scrip.metering;

import dev.scrip.pricing.PriceBook;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/// The published price books, and which one is in force when.
///
/// From its date on a version takes the place of all that were published before it, of those that
/// are to take effect later, too: that is how one of them is called off.
public final class PriceBooks {

    private final PriceBookStore store;
    private final CopyOnWriteArrayList<Publication> versions;

    public PriceBooks(PriceBookStore store) {
        this.store = store;
        this.versions = new CopyOnWriteArrayList<>(store.all());
    }

    /// Takes in what was published by another server, or stored here without an answer.
    public synchronized void reload() {
        var stored = store.all();
        versions.addAll(stored.subList(versions.size(), stored.size()));
    }

    /// The version in force at an instant: of those that have taken effect, the one published last.
    ///
    /// @throws IllegalStateException if none was in force yet
    public PriceBook at(Instant instant) {
        for (int i = versions.size() - 1; i >= 0; i--) {
            var version = versions.get(i).book();
            if (!version.effectiveFrom().isAfter(instant)) {
                return version;
            }
        }
        throw new IllegalStateException("No price book is in force at " + instant + ".");
    }

    /// Whether it has to be known who calls, by any version.
    boolean needAccount() {
        for (var publication : versions) {
            if (publication.book().adjustments().needAccount()) {
                return true;
            }
        }
        return false;
    }

    /// The version with this name, or null.
    public @Nullable PriceBook version(String version) {
        var publication = publication(version);
        return publication == null ? null : publication.book();
    }

    /// The publication of the version with this name, or null.
    public @Nullable Publication publication(String version) {
        for (var publication : versions) {
            if (publication.book().version().equals(version)) {
                return publication;
            }
        }
        return null;
    }

    /// When a version is published: now by the clock, or right after the one before when the clock
    /// went back, as it may on another server. What was charged stays priced by what was in force.
    public Instant publicationTime(Instant clock) {
        var now = clock.truncatedTo(ChronoUnit.MICROS);
        var before = versions.isEmpty() ? null : versions.getLast().publishedAt();
        return before == null || before.isBefore(now) ? now : before.plus(1, ChronoUnit.MICROS);
    }

    /// Whether a version never takes effect, since one that was published later does no later.
    public boolean isCalledOff(PriceBook book) {
        for (int i = versions.size() - 1; i >= 0; i--) {
            var other = versions.get(i).book();
            if (other.version().equals(book.version())) {
                return false;
            }
            if (!other.effectiveFrom().isAfter(book.effectiveFrom())) {
                return true;
            }
        }
        return false;
    }

    /// Publishes a version, which must be in the currency of those before it.
    public synchronized void publish(Publication publication) {
        var priceBook = publication.book();
        if (!versions.isEmpty()
                && !priceBook.currency().equals(versions.getLast().book().currency())) {
            throw new IllegalArgumentException(
                    "The price book is in "
                            + priceBook.currency()
                            + ", but "
                            + versions.getLast().book().version()
                            + " was in "
                            + versions.getLast().book().currency()
                            + ": what was charged cannot be added up with what will be. Use a data"
                            + " directory of its own for another currency.");
        }
        store.add(publication);
        versions.add(publication);
    }

    /// All versions, oldest first.
    public List<PriceBook> all() {
        return versions.stream().map(Publication::book).toList();
    }

    /// All versions with how they were published, oldest first.
    public List<Publication> publications() {
        return List.copyOf(versions);
    }
}
