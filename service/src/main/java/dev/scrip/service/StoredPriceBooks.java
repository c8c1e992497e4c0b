package dev.scrip.service;

import dev.scrip.metering.PriceBookStore;
import dev.scrip.metering.PriceBooks;
import dev.scrip.pricing.DesignWarning;
import dev.scrip.pricing.PriceBook;
import dev.scrip.pricingfile.PriceBookDocument;
import dev.scrip.pricingfile.PricingFile;
import dev.scrip.storage.OperatorStore;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/// Keeps published price books as documents in the operator store.
final class StoredPriceBooks implements PriceBookStore {

    private final OperatorStore store;

    StoredPriceBooks(OperatorStore store) {
        this.store = store;
    }

    @Override
    public List<PriceBook> all() {
        return store.priceBooks().stream()
                .map(stored ->
                        PriceBookDocument.read("price book " + stored.version(), stored.document()))
                .toList();
    }

    @Override
    public void add(PriceBook priceBook) {
        store.addPriceBook(
                new OperatorStore.StoredPriceBook(
                        priceBook.version(),
                        priceBook.effectiveFrom(),
                        PriceBookDocument.write(priceBook)));
    }

    /// Publishes what a pricing file says, from now on, unless the last version says the same.
    ///
    /// @return what its owner should know of the table that is published; nothing when none is
    static List<DesignWarning> publish(PriceBooks priceBooks, Path pricingFile, Instant now) {
        var file = PricingFile.read(pricingFile);
        var published = priceBooks.all();
        if (published.isEmpty() || !saysTheSame(file, published.getLast())) {
            priceBooks.publish(
                    file.toPriceBook(
                            "pb_" + (published.size() + 1), now.truncatedTo(ChronoUnit.MICROS)));
            return file.design().warnings();
        }
        return List.of();
    }

    private static boolean saysTheSame(PricingFile file, PriceBook last) {
        var asLast = file.toPriceBook(last.version(), last.effectiveFrom());
        return PriceBookDocument.write(asLast).equals(PriceBookDocument.write(last));
    }
}
