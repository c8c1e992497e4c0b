package dev.scrip.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What operators set for accounts, as it goes over the wire.
final class AccountSettingsTest {

    private static final String SET =
            """
            {"id":"li_0000000005","object":"entry","type":"limits_set","limits":[],
             "at":"2026-12-01T00:00:00Z","balance":5}
            """;

    private final FakeServer server = new FakeServer();
    private final ScripClient client =
            new ScripClient(ClientSettings.of(server.address(), "sk_test_1"));

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    private void assertAsked(String route, String body) {
        assertThat(server.asked())
                .containsExactly(
                        new FakeServer.Asked(
                                "POST /v1/accounts/cust_1/" + route,
                                "Bearer sk_test_1",
                                "\"k\"",
                                body));
    }

    @Test
    void limitsAreSentWithWhatTheyBound() {
        server.then(200, SET);
        var answer =
                client.setLimits(
                        "cust_1",
                        List.of(
                                AccountLimit.rate("rpm", 60, 60).ofApiKey("k1"),
                                AccountLimit.cap(
                                                "images",
                                                new BigDecimal("2.5E+3"),
                                                AccountLimit.Window.MONTH)
                                        .ofOperation("image.*")),
                        new IdempotencyKey("k"));

        assertAsked(
                "limits",
                "{\"limits\":[{\"id\":\"rpm\",\"api_key\":\"k1\",\"calls\":60,\"per_seconds\":60},"
                        + "{\"id\":\"images\",\"operation\":\"image.*\",\"credits\":2500,"
                        + "\"per\":\"month\"}]}");
        assertThat(answer)
                .isInstanceOfSatisfying(
                        Answer.Done.class,
                        done ->
                                assertThat(((EntryPage.Entry) done.value()).type())
                                        .isEqualTo("limits_set"));
    }

    @Test
    void noLimitsAreSentAsAnEmptyList() {
        server.then(200, SET);
        var _ = client.setLimits("cust_1", List.of(), new IdempotencyKey("k"));

        assertAsked("limits", "{\"limits\":[]}");
    }

    @Test
    void alertsAreSentWithTheirFigure() {
        server.then(200, SET);
        var _ =
                client.setAlerts(
                        "cust_1",
                        List.of(
                                AccountAlert.used("a", 75),
                                AccountAlert.remaining("b", BigDecimal.TEN),
                                AccountAlert.forecast("c", 100)),
                        new IdempotencyKey("k"));

        assertAsked(
                "alerts",
                "{\"alerts\":[{\"id\":\"a\",\"used_percent\":75},"
                        + "{\"id\":\"b\",\"remaining_credits\":10},"
                        + "{\"id\":\"c\",\"forecast_percent\":100}]}");
    }

    @Test
    void moneyIsSentAsAPlainDecimalString() {
        server.then(422, "{\"code\":\"currency_mismatch\",\"detail\":\"x\"}");
        var price = new MoneyAmount(new BigDecimal("2E+1"), "USD");
        var order = new GrantOrder(BigDecimal.TEN, GrantOrder.Category.PAID, null, null, price);
        var _ = client.grant("cust_1", order, new IdempotencyKey("k"));

        assertAsked(
                "grants",
                "{\"credits\":10,\"category\":\"paid\","
                        + "\"price\":{\"amount\":\"20\",\"currency\":\"USD\"}}");
    }

    @Test
    void anAdjustmentHasItsSign() {
        server.then(
                200,
                """
                {"id":"ad_0000000007","object":"entry","type":"adjustment","credits":2.5,
                 "reason":"twice","at":"2026-12-01T00:00:00Z","balance":5}
                """);
        var answer =
                client.adjust("cust_1", new BigDecimal("-2.5"), "twice", new IdempotencyKey("k"));

        assertThat(server.asked().getFirst().body())
                .contains("\"credits\":-2.5")
                .contains("\"reason\":\"twice\"");
        assertThat(answer)
                .isEqualTo(
                        new Answer.Done<>(
                                new AdjustedCredits("ad_0000000007", new BigDecimal("2.5")),
                                false));
    }

    @Test
    void aChangeOfThePlanTellsWhatWasLeft() {
        server.then(
                200,
                """
                {"id":"pl_0000000007","object":"entry","type":"plan_change","plan":{"id":"pro"},
                 "unused_share":0.8,"unused_fee":{"amount":"23.200000","currency":"USD"},
                 "at":"2026-12-01T00:00:00Z","balance":5}
                """);
        var answer =
                client.changePlan(
                        "cust_1", "pro", ChangedPlan.When.PERIOD_END, new IdempotencyKey("k"));

        assertThat(server.asked().getFirst().body())
                .contains("\"plan\":\"pro\"")
                .contains("\"when\":\"period_end\"");
        assertThat(answer)
                .isInstanceOfSatisfying(
                        Answer.Done.class,
                        done -> {
                            var changed = (ChangedPlan) done.value();
                            assertThat(changed.unusedShare()).isEqualTo("0.8");
                            assertThat(changed.unusedFee()).hasToString("23.200000 USD");
                        });
    }
}
