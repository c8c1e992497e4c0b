package dev.scrip.metering;

import dev.scrip.pricing.PriceBook;
import java.util.List;

/// Keeps the published price books.
public interface PriceBookStore {

    /// All published versions, oldest first.
    List<PriceBook> all();

    /// Keeps a version for ever. Versions are never changed.
    void add(PriceBook priceBook);
}
