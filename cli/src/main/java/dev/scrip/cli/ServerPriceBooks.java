package dev.scrip.cli;

import dev.scrip.client.Answer;
import dev.scrip.client.ClientSettings;
import dev.scrip.client.NoAnswerException;
import dev.scrip.client.PriceBookVersion;
import dev.scrip.client.PublishOrder;
import dev.scrip.client.ScripClient;
import dev.scrip.pricing.PriceBook;
import dev.scrip.pricingfile.PriceBookDocument;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;

/// The price books of a running server, asked over HTTP.
///
/// Every method throws `IllegalArgumentException` with what is wrong when the server cannot be
/// reached or refuses.
final class ServerPriceBooks implements AutoCloseable {

    private final URI server;
    private final ScripClient client;

    /// @param key an admin key
    ServerPriceBooks(URI server, String key) {
        this.server = server;
        this.client = new ScripClient(ClientSettings.of(server, key));
    }

    /// The one published last, whether it is in force yet or not.
    PriceBook last() {
        return version(history().getFirst().version());
    }

    /// @param version such as `pb_3`
    PriceBook version(String version) {
        var answer = asked(() -> client.priceBooks().document(version));
        return PriceBookDocument.read(server + " " + version, orExplain(answer).document());
    }

    /// All of them, newest first.
    List<PriceBookVersion> history() {
        return orExplain(asked(() -> client.priceBooks().list())).data();
    }

    /// The versions still to come that publishing one in force from `from` would call off.
    List<String> calledOffFrom(Instant from) {
        return history().stream()
                .filter(one -> !one.calledOff() && !one.inForce())
                .filter(one -> !one.effectiveFrom().isBefore(from))
                .map(PriceBookVersion::version)
                .toList();
    }

    Answer<PriceBookVersion> publish(PublishOrder order) {
        return asked(() -> client.priceBooks().publish(order));
    }

    private static <T> Answer<T> asked(Supplier<Answer<T>> question) {
        try {
            return question.get();
        } catch (NoAnswerException e) {
            throw new IllegalArgumentException(
                    e.getMessage() + "\nIs the server running, and is --server its address?", e);
        }
    }

    private <T> T orExplain(Answer<T> answer) {
        return switch (answer) {
            case Answer.Done<T>(var value, _) -> value;
            case Answer.Refused<T>(var problem) ->
                    throw new IllegalArgumentException(server + " answers " + problem);
        };
    }

    @Override
    public void close() {
        client.close();
    }
}
