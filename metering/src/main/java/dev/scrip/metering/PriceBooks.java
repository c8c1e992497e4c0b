package dev.scrip.metering;

import dev.scrip.pricing.PriceBook;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/// The published price books, and which one is in force when.
public final class PriceBooks {

    private final PriceBookStore store;
    private final CopyOnWriteArrayList<PriceBook> versions;

    public PriceBooks(PriceBookStore store) {
        this.store = store;
        this.versions = new CopyOnWriteArrayList<>(store.all());
    }

    /// Takes in what another server published since. Only while nobody is priced for.
    public synchronized void reload() {
        var stored = store.all();
        versions.addAll(stored.subList(versions.size(), stored.size()));
    }

    /// The version in force at an instant: the one that took effect last.
    ///
    /// @throws IllegalStateException if none was in force yet
    public PriceBook at(Instant instant) {
        for (int i = versions.size() - 1; i >= 0; i--) {
            var version = versions.get(i);
            if (!version.effectiveFrom().isAfter(instant)) {
                return version;
            }
        }
        throw new IllegalStateException("No price book is in force at " + instant + ".");
    }

    /// Whether it has to be known who calls, by any version.
    boolean needAccount() {
        for (var priceBook : versions) {
            if (priceBook.adjustments().needAccount()) {
                return true;
            }
        }
        return false;
    }

    /// The version with this name, or null.
    public @Nullable PriceBook version(String version) {
        for (var priceBook : versions) {
            if (priceBook.version().equals(version)) {
                return priceBook;
            }
        }
        return null;
    }

    /// Publishes a version. It must take effect after all before it, and be in their currency.
    public synchronized void publish(PriceBook priceBook) {
        if (!versions.isEmpty()
                && !priceBook.effectiveFrom().isAfter(versions.getLast().effectiveFrom())) {
            throw new IllegalArgumentException(
                    "Price book "
                            + priceBook.version()
                            + " takes effect at "
                            + priceBook.effectiveFrom()
                            + ", not after "
                            + versions.getLast().version()
                            + ".");
        }
        if (!versions.isEmpty() && !priceBook.currency().equals(versions.getLast().currency())) {
            throw new IllegalArgumentException(
                    "The price book is in "
                            + priceBook.currency()
                            + ", but "
                            + versions.getLast().version()
                            + " was in "
                            + versions.getLast().currency()
                            + ": what was charged cannot be added up with what will be. Use a data"
                            + " directory of its own for another currency.");
        }
        store.add(priceBook);
        versions.add(priceBook);
    }

    public List<PriceBook> all() {
        return List.copyOf(versions);
    }
}
