package dev.scrip.client;

import static java.util.Objects.requireNonNull;

import java.util.List;

/// The price books of a server: what was in force, is and will be. All take an admin key.
public final class PriceBooks {

    private static final String PATH = "/v1/price-books";

    private final Calls calls;

    PriceBooks(Calls calls) {
        this.calls = calls;
    }

    /// All of them.
    ///
    /// @param data newest first; never empty
    public record History(List<PriceBookVersion> data) {

        public History {
            data = List.copyOf(data);
        }
    }

    /// What one says.
    ///
    /// @param document its text in the format `scrip-price-book/1`
    public record Document(String version, String document) {

        public Document {
            requireNonNull(version, "version");
            requireNonNull(document, "document");
        }
    }

    /// Publishes a price book for all workspaces. The same order again finds what it published
    /// before, so there is no key. Refused as `price_book_changed` when another one was published
    /// since the one it is based on.
    ///
    /// @throws NoAnswerException if it is not known what became of it: send it again
    public Answer<PriceBookVersion> publish(PublishOrder order) {
        return calls.post(PATH, order, null, PriceBookVersion.class);
    }

    /// @throws NoAnswerException if the server cannot be asked
    public Answer<History> list() {
        return calls.get(PATH, History.class);
    }

    /// What a version says, with its costs.
    ///
    /// @throws NoAnswerException if the server cannot be asked
    public Answer<Document> document(String version) {
        return calls.get(PATH + "/" + Calls.encoded(version), Document.class);
    }
}
