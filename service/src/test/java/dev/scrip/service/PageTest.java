package dev.scrip.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PageTest {

    @TempDir private static Path folder;
    private static TestServer server;

    @BeforeAll
    static void start() {
        server = new TestServer(folder);
        server.open("shown", "starter");
        for (int i = 0; i < 3; i++) {
            var _ = server.charge("shown", "image.analyze").is(201);
        }
        var _ = server.charge("shown", "image.leaky").is(201);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Exchange signIn(String key, String... headers) {
        var request =
                server.request("/sign-in")
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(
                                BodyPublishers.ofString(
                                        "key=" + URLEncoder.encode(key, StandardCharsets.UTF_8)));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return server.send(request.build());
    }

    private static String session() {
        return signIn(server.key("live", "read"))
                .is(303)
                .header("Set-Cookie")
                .replaceFirst(";.*", "");
    }

    private static Exchange page(String path, String cookie) {
        return server.send(server.request(path).header("Cookie", cookie).GET().build());
    }

    @Test
    void withoutASessionThereIsAFormAndNothingElse() {
        var page = server.send(server.request("/?account=shown").GET().build()).is(401);

        assertThat(page.header("Content-Type")).isEqualTo("text/html; charset=utf-8");
        assertThat(page.body())
                .contains("<form method=\"post\" action=\"/sign-in\">")
                .doesNotContain("shown")
                .doesNotContain("image.");
    }

    @Test
    void signingInSetsACookieThatSaysNothingOfTheSecret() {
        var key = server.admin();
        var answer = signIn(key).is(303);

        assertThat(answer.header("Location")).isEqualTo("/");
        assertThat(answer.header("Set-Cookie"))
                .matches(
                        "scrip-session=[A-Za-z0-9]{12}\\.[0-9]{10}\\.[A-Za-z0-9_-]{22}"
                                + "\\.[A-Za-z0-9_-]{43}; Path=/; Max-Age=43200; HttpOnly;"
                                + " SameSite=Strict")
                .doesNotContain(key.substring(8));
    }

    @Test
    void aWrongKeyIsRefusedOnTheForm() {
        assertThat(signIn("sk_live_wrong").is(401).body()).contains("That is no valid key");
        assertThat(signIn("").is(401).body()).contains("That is no valid key");
        assertThat(signIn(server.key("live", "charge")).is(403).body())
                .contains("may not see this page");
    }

    @Test
    void aFormOfAnotherSiteIsRefused() {
        var key = server.admin();
        var _ = signIn(key, "Sec-Fetch-Site", "cross-site").refuses(403, "cross_site");
        var _ = signIn(key, "Sec-Fetch-Site", "same-site").refuses(403, "cross_site");
        var _ = signIn(key, "Origin", "https://evil.example").refuses(403, "cross_site");
        var _ = signIn(key, "Origin", "null").refuses(403, "cross_site");
        var own = "http://127.0.0.1:" + server.server().port();
        var _ = signIn(key, "Origin", own, "Sec-Fetch-Site", "same-origin").is(303);
    }

    @Test
    void thePricesAreShownAndTheCostsAreNot() {
        var page = page("/", session()).is(200).body().replaceFirst("(?s)<style>.*</style>", "");

        assertThat(page)
                .contains("image.analyze", "AI analysis", "$0.10", "2,500", "Starter", "50,000")
                .contains("$0.0005")
                .doesNotContain("0.015", "0.05<", "margin");
    }

    @Test
    void anAccountIsShownWithItsBarUseGrantsAndEntries() {
        var page = page("/?account=shown", session()).is(200).body();

        assertThat(page)
                .contains("Used 310 of 50,000 (0.6 %)")
                .contains("Resets in 30 days, on 22 Dec 2026, 12:00")
                .contains("width=\"0.6\"")
                .contains("96.8 %")
                .contains("\u2212100")
                .contains("Account opened");
    }

    @Test
    void whatIsSetForAnAccountIsShown() {
        server.open("set", "starter");
        var limits =
                """
                {"limits":[{"id":"rpm","calls":10,"per_seconds":60},
                           {"id":"images","operation":"image.*","api_key":"<k>","credits":100,"per":"day"}]}
                """;
        var _ = server.post("/v1/accounts/set/limits", server.admin(), limits).is(200);
        var alerts = "{\"alerts\":[{\"id\":\"any\",\"remaining_credits\":50000}]}";
        var _ = server.post("/v1/accounts/set/alerts", server.admin(), alerts).is(200);
        var rule =
                """
                {"rule":{"threshold":49000,"target":60000,"monthly_cap":90000,"cool_off_seconds":0}}
                """;
        var _ = server.post("/v1/accounts/set/top-up-rule", server.admin(), rule).is(200);
        var _ =
                server.post(
                                "/v1/accounts/set/plan",
                                server.admin(),
                                "{\"plan\":\"free\",\"when\":\"period_end\"}")
                        .is(200);
        var grant = "{\"credits\":1,\"category\":\"paid\",\"operations\":[\"page.*\"]}";
        var _ = server.post("/v1/accounts/set/grants", server.admin(), grant).is(201);
        var child = "{\"account\":\"set:a\",\"pool\":\"set\"}";
        var _ = server.post("/v1/accounts", server.admin(), child).is(201);
        var keyed = TestServer.charge("set:a", "image.analyze", ",\"api_key\":\"<k>\"");
        var _ = server.post("/v1/charges", server.admin(), keyed).is(201);

        assertThat(page("/?account=set", session()).is(200).body())
                .contains("10 calls in 60 s", "9 calls left")
                .contains(
                        "image.*, key &lt;k&gt;", "100 credits a day", "0 left, resets in 12 hours")
                .contains("<svg class=\"bar thin low\"")
                .contains("Alerts: any (fewer than 50,000 credits left)")
                .contains("paid <span class=\"quiet\">for page.*</span>")
                .contains("Below 49,000 credits, it is filled up to 60,000.")
                .contains("The plan changes to free on 22 Dec 2026, 12:00.")
                .contains("<a href=\"/?account=set:a\">set:a</a>")
                .doesNotContain("waits to be paid");
        assertThat(page("/?account=set:a", session()).is(200).body())
                .contains("draws on <a href=\"/?account=set\">set</a>")
                .doesNotContain("<caption>Limits", "<caption>Grants");
    }

    @Test
    void anAccountThatIsNotThereIsSaidToBeMissing() {
        assertThat(page("/?account=nobody", session()).is(404).body())
                .contains("There is no such account in the workspace live");
        assertThat(page("/?account=%3Cscript%3Ealert(1)%3C/script%3E", session()).is(404).body())
                .contains("&lt;script&gt;")
                .doesNotContain("<script");
    }

    @Test
    void textOfThePricingFileIsEscaped() {
        assertThat(page("/", session()).is(200).body())
                .contains("Sold &lt;b&gt;too&lt;/b&gt; low")
                .doesNotContain("<b>too");
    }

    @Test
    void theSessionSeesItsWorkspaceOnly() {
        var cookie =
                signIn(server.admin("test")).is(303).header("Set-Cookie").replaceFirst(";.*", "");

        assertThat(page("/?account=shown", cookie).is(404).body())
                .contains("in the workspace test");
    }

    @Test
    void theContentPolicyAllowsExactlyTheStyleOfThePage() throws NoSuchAlgorithmException {
        for (var page :
                new Exchange[] {
                    page("/?account=shown", session()), server.send(server.request("/").build())
                }) {
            var style = Pattern.compile("(?s)<style>(.*?)</style>").matcher(page.body());
            assertThat(style.find()).isTrue();
            var hash =
                    Base64.getEncoder()
                            .encodeToString(
                                    MessageDigest.getInstance("SHA-256")
                                            .digest(
                                                    style.group(1)
                                                            .getBytes(StandardCharsets.UTF_8)));
            assertThat(page.header("Content-Security-Policy"))
                    .isEqualTo(
                            "default-src 'none'; style-src 'sha256-"
                                    + hash
                                    + "'; img-src data:; form-action 'self'; frame-ancestors"
                                    + " 'none'; base-uri 'none'");
            assertThat(page.header("Referrer-Policy")).isEqualTo("same-origin");
            assertThat(page.header("Cross-Origin-Opener-Policy")).isEqualTo("same-origin");
            assertThat(page.body())
                    .doesNotContain(" style=", "<script", "javascript:", " onclick")
                    .doesNotContainPattern("(src|href)=\"(https?:)?//");
        }
    }

    @Test
    void everyTableHasACaptionAndScopedHeads() {
        var page = page("/?account=shown", session()).body();

        assertThat(count(page, "<table>")).isEqualTo(5).isEqualTo(count(page, "<caption>"));
        assertThat(page).doesNotContain("<th>");
    }

    private static int count(String text, String part) {
        return text.split(Pattern.quote(part), -1).length - 1;
    }

    @Test
    void signingOutEndsTheSession() {
        var cookie = session();
        var _ = page("/", cookie).is(200);
        var out =
                server.send(
                        server.request("/sign-out")
                                .header("Cookie", cookie)
                                .POST(BodyPublishers.noBody())
                                .build());

        assertThat(out.is(303).header("Set-Cookie")).contains("Max-Age=0");
        var _ = page("/", cookie).is(401);
    }

    @Test
    void aSessionEndsAfterTwelveHours(@TempDir Path other) {
        try (var fresh = new TestServer(other)) {
            var cookie =
                    fresh.send(
                                    fresh.request("/sign-in")
                                            .header(
                                                    "Content-Type",
                                                    "application/x-www-form-urlencoded")
                                            .POST(BodyPublishers.ofString("key=" + fresh.admin()))
                                            .build())
                            .header("Set-Cookie")
                            .replaceFirst(";.*", "");
            var request = fresh.request("/").header("Cookie", "a=b; " + cookie + "; c=d").build();
            fresh.clock.advance(Duration.ofHours(11));
            var _ = fresh.send(request).is(200);
            fresh.clock.advance(Duration.ofHours(1));
            var _ = fresh.send(request).is(401);
        }
    }

    @Test
    void aSessionOutlivesARestartAndEndsWithItsKey(@TempDir Path other) {
        try (var fresh = new TestServer(other)) {
            var key = fresh.key("live", "read");
            var cookie =
                    fresh.send(
                                    fresh.request("/sign-in")
                                            .header(
                                                    "Content-Type",
                                                    "application/x-www-form-urlencoded")
                                            .POST(BodyPublishers.ofString("key=" + key))
                                            .build())
                            .header("Set-Cookie")
                            .replaceFirst(";.*", "");
            fresh.restart();
            assertThat(shown(fresh, cookie)).isEqualTo(200);

            var parts = cookie.split("\\.", -1);
            parts[1] = String.valueOf(Long.parseLong(parts[1]) + 1);
            assertThat(shown(fresh, String.join(".", parts))).as("a longer life").isEqualTo(401);
            var adminId = fresh.admin().split("_", -1)[2];
            var ofAdmin = cookie.replaceFirst("=[^.]+", "=" + adminId);
            assertThat(shown(fresh, ofAdmin)).as("another key's").isEqualTo(401);
            assertThat(shown(fresh, cookie + "=")).as("written otherwise").isEqualTo(401);

            var id = key.split("_", -1)[2];
            assertThat(fresh.delete("/v1/api-keys/" + id, fresh.admin()).status() / 100)
                    .isEqualTo(2);
            assertThat(shown(fresh, cookie)).isEqualTo(401);
        }
    }

    private static int shown(TestServer server, String cookie) {
        return server.send(server.request("/").header("Cookie", cookie).GET().build()).status();
    }

    @Test
    void aSessionIsNoKeyAndAKeyIsNoSession() {
        var cookie = session();
        var api = server.request("/v1/price-book").header("Cookie", cookie).build();
        var _ = server.send(api).refuses(401, "unauthorized");
        var _ = server.get("/", server.admin()).is(401);
    }
}
