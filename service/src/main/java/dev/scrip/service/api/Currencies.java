package dev.scrip.service.api;

import dev.scrip.metering.PriceBooks;
import dev.scrip.pricing.PriceBook;
import java.time.InstantSource;

/// Says in which currency a figure is: that of the price book that priced it.
final class Currencies {

    private final PriceBooks priceBooks;
    private final InstantSource clock;
    private volatile PriceBook last;

    Currencies(PriceBooks priceBooks, InstantSource clock) {
        this.priceBooks = priceBooks;
        this.clock = clock;
        this.last = priceBooks.at(clock.instant());
    }

    String now() {
        return priceBooks.at(clock.instant()).currency();
    }

    /// The currency of a version, also of one that is not in force any more.
    String of(String version) {
        var priceBook = last;
        return priceBook.version().equals(version) ? priceBook.currency() : find(version);
    }

    private String find(String version) {
        for (var priceBook : priceBooks.all()) {
            if (priceBook.version().equals(version)) {
                last = priceBook;
                return priceBook.currency();
            }
        }
        throw new IllegalStateException("A charge names the price book " + version + ", unknown.");
    }
}
