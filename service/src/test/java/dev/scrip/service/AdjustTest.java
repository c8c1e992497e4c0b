package dev.scrip.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Credits given and taken to set an account right, and invoices for what is owed.
final class AdjustTest {

    @TempDir private static Path folder;
    private static TestServer server;

    @BeforeAll
    static void start() {
        server = new TestServer(folder);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Exchange post(String account, String what, String body) {
        return server.post(
                "/v1/accounts/" + account + "/" + what, server.admin(), body.replace('\'', '"'));
    }

    private static int credits(String account, String which) {
        return server.get("/v1/accounts/" + account, server.admin())
                .is(200)
                .json()
                .at("/credits/" + which)
                .asInt();
    }

    @Test
    void anAdjustmentGivesOrTakesCredits() {
        server.open("wrong", "free");
        var given = post("wrong", "adjust", "{'credits':250.5,'reason':'an outage'}").is(201);

        assertThat(given.text("/origin")).isEqualTo("adjustment");
        assertThat(given.text("/category")).isEqualTo("promotional");
        assertThat(given.text("/reason")).isEqualTo("an outage");
        assertThat(given.json().at("/expires_at").isNull()).isTrue();
        assertThat(given.text("/cost_basis/amount")).isEqualTo("0.000000");
        var taken = post("wrong", "adjust", "{'credits':-1000,'reason':'given twice'}").is(200);
        assertThat(taken.text("/type")).isEqualTo("adjustment");
        assertThat(taken.text("/credits")).isEqualTo("1000");
        assertThat(taken.text("/reason")).isEqualTo("given twice");
        assertThat(credits("wrong", "available")).isEqualTo(250);
        assertThat(server.get("/v1/accounts/wrong/usage", server.admin()).json().at("/calls"))
                .hasToString("0");
    }

    @Test
    void noMoreIsTakenThanThereIs() {
        server.open("little", "free");
        var _ =
                post("little", "adjust", "{'credits':-1000.000001,'reason':'x'}")
                        .refuses(402, "insufficient_credits");
        assertThat(credits("little", "available")).isEqualTo(1_000);
    }

    @Test
    void aRetryAdjustsOnceAndTheSignCounts() {
        server.open("again", "free");
        var path = "/v1/accounts/again/adjust";
        var body = "{\"credits\":5,\"reason\":\"x\"}";
        var first = server.post(path, server.admin(), "adjust", body).is(201);
        server.clock.advance(Duration.ofMinutes(1));
        var again =
                server.post(path, server.admin(), "adjust", "{\"reason\":\"x\",\"credits\":5.000}")
                        .is(201);

        assertThat(again.body()).isEqualTo(first.body());
        assertThat(again.header("Idempotent-Replayed")).isEqualTo("true");
        assertThat(credits("again", "available")).isEqualTo(1_005);
        var _ =
                server.post(path, server.admin(), "adjust", "{\"credits\":-5,\"reason\":\"x\"}")
                        .refuses(422, "idempotency_key_reused");
    }

    @Test
    void anInvoicedAccountKeepsWhatItBuysAndPaysWhatItOwes() {
        server.open("invoiced", "payg");
        var set = post("invoiced", "overage", "{'mode':'unlimited','payment':'invoiced'}").is(200);
        assertThat(set.text("/overage/payment")).isEqualTo("invoiced");
        var _ = server.charge("invoiced", "image.analyze").is(201);
        var _ = post("invoiced", "grants", "{'credits':30,'category':'paid'}").is(201);

        assertThat(credits("invoiced", "available")).isEqualTo(30);
        assertThat(credits("invoiced", "receivable")).isEqualTo(100);
        var part = "{'credits':60,'reason':'invoice 7'}";
        var paid = post("invoiced", "receivable/pay", part).is(200);
        assertThat(paid.text("/type")).isEqualTo("receivable_payment");
        assertThat(credits("invoiced", "receivable")).isEqualTo(40);
        var _ =
                post("invoiced", "receivable/pay", part)
                        .refuses(422, "payment_exceeds_receivable", "/credits");
        assertThat(
                        post("invoiced", "receivable/pay", "{'reason':'invoice 8'}")
                                .is(200)
                                .text("/credits"))
                .isEqualTo("40");
        var _ =
                post("invoiced", "receivable/pay", "{'reason':'invoice 9'}")
                        .refuses(422, "payment_exceeds_receivable");
        assertThat(server.get("/v1/accounts/invoiced", server.admin()).text("/overage/payment"))
                .isEqualTo("invoiced");
    }

    @Test
    void withoutAWordPurchasesPayFirst() {
        server.open("standard", "payg");
        var set = post("standard", "overage", "{'mode':'limited','credits':500}").is(200);
        assertThat(set.text("/overage/payment")).isEqualTo("from_purchases");
        var _ = server.charge("standard", "image.analyze").is(201);
        var _ = post("standard", "grants", "{'credits':130,'category':'paid'}").is(201);

        assertThat(credits("standard", "available")).isEqualTo(30);
        assertThat(credits("standard", "receivable")).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "adjust|{'credits':0,'reason':'x'}|422|amount_not_positive|/credits",
                "adjust|{'credits':-0,'reason':'x'}|422|amount_not_positive|/credits",
                "adjust|{'credits':-0.0000001,'reason':'x'}|422|amount_precision|/credits",
                "adjust|{'credits':-1000000000001,'reason':'x'}|422|amount_out_of_range|/credits",
                "adjust|{'credits':-1e3,'reason':'x'}|400|amount_format|/credits",
                "adjust|{'credits':'-1','reason':'x'}|400|wrong_type|/credits",
                "adjust|{'credits':-1}|400|missing_field|/reason",
                "adjust|{'credits':-1,'reason':''}|400|missing_field|/reason",
                "adjust|{'reason':'x'}|400|missing_field|/credits",
                "adjust|{'credits':1,'reason':'x','category':'paid'}|400|unknown_field|/category",
                "receivable/pay|{}|400|missing_field|/reason",
                "receivable/pay|{'credits':-1,'reason':'x'}|422|amount_not_positive|/credits",
                "receivable/pay|{'reason':'x'}|422|payment_exceeds_receivable|/credits",
                "overage|{'mode':'unlimited','payment':'card'}|400|invalid_value|/payment",
                "overage|{'payment':'invoiced'}|400|missing_field|/mode",
            })
    void aBadRequestIsRefusedAndChangesNothing(
            String what, String body, int status, String code, String pointer) {
        if (server.get("/v1/accounts/bad", server.admin()).status() == 404) {
            server.open("bad", "free");
        }
        var _ = post("bad", what, body).refuses(status, code, pointer);

        assertThat(
                        server.get("/v1/accounts/bad/entries", server.admin())
                                .is(200)
                                .json()
                                .get("data")
                                .size())
                .isEqualTo(2);
    }
}
