package dev.scrip.cli.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.scrip.cli.demo.ServerProcess;
import dev.scrip.client.AccountOpening;
import dev.scrip.client.ChargeRequest;
import dev.scrip.client.ClientSettings;
import dev.scrip.client.IdempotencyKey;
import dev.scrip.client.ScripClient;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The first page as people meet it: in a browser that enforces its security policy, cookies and
/// forms.
final class PageInBrowserTest {

    @TempDir private Path profile;
    @TempDir private Path data;

    @Test
    void aCustomersStandingIsAKeyAndAnAccountAway() throws Exception {
        var program = Browser.program();
        assumeTrue(program != null, "chromium is missing (apt-get install chromium)");
        var home = Path.of(System.getProperty("scrip.home", ".."));
        try (var server =
                        ServerProcess.start(
                                data.resolve("data"),
                                home.resolve("examples/image-api/pricing.yaml"),
                                "live",
                                0);
                var browser = new Browser(program, profile)) {
            var key = String.valueOf(server.adminKey());
            useSomeCredits(server, key);
            var url = server.address().toString();

            browser.show(url + "/?account=acme");
            assertThat(browser.text()).contains("Sign in").doesNotContain("acme", "image.");

            signIn(browser, "sk_live_wrong");
            assertThat(browser.text()).contains("That is no valid key");

            signIn(browser, key);
            assertThat(browser.text()).contains("image.resize", "250,000", "Pro");
            assertThat(browser.evaluate("document.cookie")).as("out of reach of scripts").isEmpty();

            find(browser, "acme");
            assertThat(browser.text())
                    .contains("985 credits left", "Used 15 of 1,000 (1.5 %)", "3 calls");
            assertThat(browser.evaluate("getComputedStyle(document.querySelector('.fill')).fill"))
                    .as("the style sheet is let in by the policy")
                    .isNotEqualTo("rgb(0, 0, 0)");

            find(browser, "nobody");
            assertThat(browser.text()).contains("no such account");

            browser.submit("document.querySelector('form[action=\"/sign-out\"]').requestSubmit()");
            browser.show(url + "/?account=acme");
            assertThat(browser.text()).contains("Sign in").doesNotContain("credits left");
            assertThat(browser.complaints()).isEmpty();
        }
    }

    private static void useSomeCredits(ServerProcess server, String key) {
        try (var client = new ScripClient(ClientSettings.of(server.address(), key))) {
            var _ =
                    client.openAccount(
                                    AccountOpening.onPlan("acme", "free"), IdempotencyKey.random())
                            .orThrow();
            for (int i = 0; i < 3; i++) {
                var _ =
                        client.charge(
                                ChargeRequest.of("acme", "image.resize"), IdempotencyKey.random());
            }
        }
    }

    private static void signIn(Browser browser, String key) throws Exception {
        browser.submit(
                "(document.getElementById('key').value = '"
                        + key
                        + "', document.querySelector('form').requestSubmit())");
    }

    private static void find(Browser browser, String account) throws Exception {
        browser.submit(
                "(document.getElementById('account').value = '"
                        + account
                        + "', document.querySelector('form.find').requestSubmit())");
    }
}
