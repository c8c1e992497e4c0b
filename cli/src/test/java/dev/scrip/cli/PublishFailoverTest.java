package dev.scrip.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scrip.client.AccountOpening;
import dev.scrip.client.ChargeRequest;
import dev.scrip.client.ClientSettings;
import dev.scrip.client.IdempotencyKey;
import dev.scrip.client.PublishOrder;
import dev.scrip.client.ScripClient;
import java.math.BigDecimal;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Price books of two servers on one journal.
class PublishFailoverTest {

    /// The first one that is started.
    private static final int WRITER = 0;

    private static final int STANDBY = 1;

    @TempDir private Path directory;

    @Test
    void whatIsPublishedAtAStandbyIsTheWritersAndOutlivesIt() throws Exception {
        try (var two = new TwoServers(directory);
                var client = patientClient(two)) {
            TwoServers.await(() -> two.role(STANDBY).equals("standby"));
            var books = client.priceBooks();
            var dearer =
                    books.document("pb_1")
                            .orThrow()
                            .document()
                            .replace("credits: 100\n", "credits: 250\n");
            var order = PublishOrder.of(dearer, "pb_1").because("it costs more");
            var published = books.publish(order).orThrow();
            assertThat(published.version()).isEqualTo("pb_2");
            assertThat(two.client(WRITER).priceBooks().list().orThrow().data())
                    .startsWith(published);

            two.server(WRITER).kill();
            TwoServers.await(() -> two.role(STANDBY).equals("writer"));
            assertThat(books.list().orThrow().data()).startsWith(published).hasSize(2);
            var again = books.publish(order);
            assertThat(again.orThrow()).isEqualTo(published);
            assertThat(books.list().orThrow().data()).hasSize(2);
            assertThat(credits(client)).isEqualByComparingTo("250");
        }
    }

    /// Asks the standby, and again while another server takes over.
    private static ScripClient patientClient(TwoServers two) {
        return new ScripClient(
                ClientSettings.of(two.server(STANDBY).address(), two.apiKey())
                        .withAttemptsMax(100));
    }

    private static BigDecimal credits(ScripClient client) {
        var _ =
                client.openAccount(
                                AccountOpening.onPlan("acme", "starter"), IdempotencyKey.random())
                        .orThrow();
        return client.estimate(ChargeRequest.of("acme", "image.analyze"))
                .orThrow()
                .price()
                .credits();
    }
}
