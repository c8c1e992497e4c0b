package dev.scrip.metering;

import java.util.List;

/// Keeps the published price books.
public interface PriceBookStore {

    /// All published versions, oldest first.
    List<Publication> all();

    /// Keeps a version for ever. Versions are never changed.
    void add(Publication publication);
}
