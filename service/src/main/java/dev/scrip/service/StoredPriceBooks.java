package dev.scrip.service;

import dev.scrip.metering.PriceBookStore;
import dev.scrip.metering.PriceBooks;
import dev.scrip.metering.Publication;
import dev.scrip.metering.Publishing;
import dev.scrip.pricing.DesignWarning;
import dev.scrip.pricing.PriceBook;
import dev.scrip.pricingfile.PriceBookDocument;
import dev.scrip.pricingfile.PricingFile;
import dev.scrip.service.http.Problem;
import dev.scrip.service.http.ProblemType;
import dev.scrip.storage.OperatorStore;
import dev.scrip.storage.StorageException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Keeps published price books as documents in the operator store.
final class StoredPriceBooks implements PriceBookStore {

    private static final System.Logger LOG = System.getLogger(StoredPriceBooks.class.getName());

    private final OperatorStore store;

    StoredPriceBooks(OperatorStore store) {
        this.store = store;
    }

    /// What became of the pricing file at a start.
    ///
    /// @param warnings what its owner should know of the table that is published
    /// @param notPublished why the file was not published although it says something else than the
    ///   last version; null when it was, or says the same
    record AtStart(List<DesignWarning> warnings, @Nullable String notPublished) {

        static final AtStart NOTHING_NEW = new AtStart(List.of(), null);
    }

    @Override
    public List<Publication> all() {
        return store.priceBooks().stream().map(StoredPriceBooks::publication).toList();
    }

    private static Publication publication(OperatorStore.StoredPriceBook stored) {
        return new Publication(
                PriceBookDocument.read("price book " + stored.version(), stored.document()),
                stored.publishedAt(),
                stored.publishedBy(),
                stored.reason(),
                stored.overrideReason());
    }

    @Override
    public void add(Publication publication) {
        var book = publication.book();
        try {
            store.addPriceBook(
                    new OperatorStore.StoredPriceBook(
                            book.version(),
                            book.effectiveFrom(),
                            PriceBookDocument.write(book),
                            publication.publishedAt(),
                            publication.publishedBy(),
                            publication.reason(),
                            publication.overrideReason()));
        } catch (StorageException e) {
            LOG.log(System.Logger.Level.WARNING, "A price book was not stored", e);
            throw Problem.of(
                            ProblemType.UNAVAILABLE,
                            "The price book may have been published or not. Send the same request"
                                    + " again: it is published once.")
                    .toException();
        }
    }

    /// Publishes what a pricing file says, from now on, unless the last version says the same.
    ///
    /// Once somebody has published over HTTP, a start publishes no more: its file may be older than
    /// that, and would silently take it back.
    static AtStart publish(PriceBooks priceBooks, Path pricingFile, Instant now) {
        var file = PricingFile.read(pricingFile);
        var published = priceBooks.publications();
        if (!published.isEmpty() && saysTheSame(file, published.getLast().book())) {
            return AtStart.NOTHING_NEW;
        }
        if (!published.isEmpty() && published.getLast().publishedBy() != null) {
            return new AtStart(
                    List.of(),
                    pricingFile
                            + " was not published: it says something else than "
                            + published.getLast().book().version()
                            + ", which was published over HTTP. Since then only scrip apply"
                            + " publishes.");
        }
        var from = priceBooks.publicationTime(now);
        priceBooks.publish(
                Publication.atStart(
                        file.toPriceBook(Publishing.versionAfter(published.size()), from), from));
        return new AtStart(file.design().warnings(), null);
    }

    private static boolean saysTheSame(PricingFile file, PriceBook last) {
        var asLast = file.toPriceBook(last.version(), last.effectiveFrom());
        return PriceBookDocument.write(asLast).equals(PriceBookDocument.write(last));
    }
}
