package dev.scrip.service.page;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.scrip.ledger.AccountId;
import dev.scrip.ledger.Partition;
import dev.scrip.metering.Accounts;
import dev.scrip.metering.PriceBooks;
import dev.scrip.metering.ReadModels;
import dev.scrip.service.access.ApiKeys;
import dev.scrip.service.access.Caller;
import dev.scrip.service.access.Scope;
import dev.scrip.service.access.Sessions;
import dev.scrip.service.http.Problem;
import dev.scrip.service.http.ProblemException;
import dev.scrip.service.http.ProblemType;
import dev.scrip.service.http.Request;
import dev.scrip.service.http.Response;
import dev.scrip.service.http.Route;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import io.helidon.http.Header;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import java.net.URLDecoder;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The first page: the published prices and, when one is asked for, an account's standing. It needs
/// no script.
public final class PageRoutes {

    private static final int ENTRIES_SHOWN = 20;
    private static final HeaderName FETCH_SITE = HeaderNames.create("Sec-Fetch-Site");
    private static final String FORM = "application/x-www-form-urlencoded";

    private final Accounts accounts;
    private final PriceBooks priceBooks;
    private final ReadModels readModels;
    private final ApiKeys keys;
    private final Sessions sessions;
    private final InstantSource clock;
    private final Stylesheet stylesheet = new Stylesheet();
    private final TemplateEngine templates = TemplateEngine.createPrecompiled(ContentType.Html);
    private final List<Header> headers =
            List.of(
                    HeaderValues.createCached("Content-Security-Policy", stylesheet.policy()),
                    // Not no-referrer: with that, browsers send our own forms with Origin: null.
                    HeaderValues.createCached("Referrer-Policy", "same-origin"),
                    HeaderValues.createCached("Cross-Origin-Opener-Policy", "same-origin"));

    private PageRoutes(
            Accounts accounts,
            PriceBooks priceBooks,
            ReadModels readModels,
            ApiKeys keys,
            Sessions sessions,
            InstantSource clock) {
        this.accounts = accounts;
        this.priceBooks = priceBooks;
        this.readModels = readModels;
        this.keys = keys;
        this.sessions = sessions;
        this.clock = clock;
    }

    /// The pages' routes. They are open to anyone and look after themselves: a browser sends a
    /// session and no key.
    public static List<Route> routes(
            Partition partition,
            PriceBooks priceBooks,
            ReadModels readModels,
            ApiKeys keys,
            Sessions sessions,
            InstantSource clock) {
        var pages =
                new PageRoutes(
                        new Accounts(priceBooks, partition, clock),
                        priceBooks,
                        readModels,
                        keys,
                        sessions,
                        clock);
        return List.of(
                Route.get("/", Scope.OPEN, pages::show),
                Route.post("/sign-in", Scope.OPEN, pages::signIn),
                Route.post("/sign-out", Scope.OPEN, pages::signOut));
    }

    private Response show(Request request) {
        var session = SessionCookie.read(request);
        var caller = session == null ? null : sessions.find(session);
        if (caller == null) {
            return signInPage(Status.UNAUTHORIZED_401, null);
        }
        var asked = request.query("account").get("account");
        if (asked == null || asked.isBlank()) {
            return page(Status.OK_200, caller, "", null, null);
        }
        var name = asked.strip();
        var panel = panel(caller, name);
        return panel == null
                ? page(
                        Status.NOT_FOUND_404,
                        caller,
                        name,
                        null,
                        "There is no such account in the workspace " + caller.workspace() + ".")
                : page(Status.OK_200, caller, name, panel, null);
    }

    private @Nullable AccountPanel panel(Caller caller, String name) {
        AccountId account;
        try {
            account = new AccountId(caller.workspace(), name);
        } catch (IllegalArgumentException _) {
            return null;
        }
        var view = accounts.read(account);
        return view == null
                ? null
                : AccountPanel.of(
                        view,
                        readModels.usage(account, view.periodStart(), view.periodEnd()),
                        readModels.entries(account, Long.MAX_VALUE, ENTRIES_SHOWN),
                        clock.instant());
    }

    private Response signIn(Request request) {
        refuseOtherSites(request);
        var caller = keys.recognise(formKey(request));
        if (caller == null) {
            return signInPage(
                    Status.UNAUTHORIZED_401, "That is no valid key. Paste it whole, from sk_ on.");
        }
        if (!caller.role().covers(Scope.READ)) {
            return signInPage(
                    Status.FORBIDDEN_403,
                    "A key with the role "
                            + caller.role().label()
                            + " may not see this page. Use one with the role read or admin.");
        }
        return Response.seeOther("/")
                .with(SessionCookie.set(request, sessions.open(caller)))
                .with(headers);
    }

    private Response signOut(Request request) {
        refuseOtherSites(request);
        var session = SessionCookie.read(request);
        if (session != null) {
            sessions.close(session);
        }
        return Response.seeOther("/").with(SessionCookie.clear(request)).with(headers);
    }

    /// The field `key` of a sent form, empty when there is none.
    private static String formKey(Request request) {
        var type = request.header(HeaderNames.CONTENT_TYPE);
        if (type == null || !type.startsWith(FORM)) {
            throw Problem.of(ProblemType.UNSUPPORTED_MEDIA_TYPE, "Send the form as " + FORM + ".")
                    .toException();
        }
        for (var pair : new String(request.body(), UTF_8).split("&", -1)) {
            if (pair.startsWith("key=")) {
                try {
                    return URLDecoder.decode(pair.substring("key=".length()), UTF_8).strip();
                } catch (IllegalArgumentException _) {
                    return "";
                }
            }
        }
        return "";
    }

    /// Beside SameSite cookies: browsers say where a form comes from, in one header or another.
    private static void refuseOtherSites(Request request) {
        var site = request.header(FETCH_SITE);
        if (site != null && !site.equals("same-origin") && !site.equals("none")) {
            throw crossSite();
        }
        var origin = request.header(HeaderNames.ORIGIN);
        var host = request.host();
        if (origin != null
                && !origin.equals("http://" + host)
                && !origin.equals("https://" + host)) {
            throw crossSite();
        }
    }

    private static ProblemException crossSite() {
        return Problem.of(ProblemType.CROSS_SITE, "Open the page itself and send its own form.")
                .toException();
    }

    private Response page(
            Status status,
            Caller caller,
            String asked,
            @Nullable AccountPanel panel,
            @Nullable String notice) {
        var model =
                new FirstPage(
                        caller.workspace(),
                        PriceList.of(priceBooks.at(clock.instant())),
                        asked,
                        panel,
                        notice);
        return html(status, "first.jte", Map.of("style", stylesheet.text(), "page", model));
    }

    private Response signInPage(Status status, @Nullable String notice) {
        return html(
                status,
                "sign-in.jte",
                Map.of("style", stylesheet.text(), "notice", notice == null ? "" : notice));
    }

    private Response html(Status status, String template, Map<String, Object> model) {
        var html = new StringOutput(8_192);
        templates.render(template, model, html);
        return Response.text(status, "text/html; charset=utf-8", html.toString()).with(headers);
    }
}
