package dev.scrip.service.api;

import static java.util.Objects.requireNonNull;

import dev.scrip.ledger.AccountId;
import dev.scrip.ledger.AccountView;
import dev.scrip.ledger.Reply;
import dev.scrip.ledger.RequestKey;
import dev.scrip.metering.Accounts;
import dev.scrip.metering.OperationUsage;
import dev.scrip.metering.PriceBooks;
import dev.scrip.metering.ReadModels;
import dev.scrip.pricing.Credits;
import dev.scrip.service.access.Scope;
import dev.scrip.service.http.Fields;
import dev.scrip.service.http.JsonWriter;
import dev.scrip.service.http.Nearest;
import dev.scrip.service.http.Problem;
import dev.scrip.service.http.ProblemType;
import dev.scrip.service.http.Quoted;
import dev.scrip.service.http.Request;
import dev.scrip.service.http.Response;
import dev.scrip.service.http.Route;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Opens accounts, gives them credits, and shows where they stand.
public final class AccountRoutes {

    private static final Fields PLAN_FIELDS = Fields.of("plan", "when");
    private static final int SHARE_DECIMALS = 4;

    private final Accounts accounts;
    private final ReadModels readModels;
    private final PriceBooks priceBooks;
    private final Answers answers;
    private final Currencies currencies;
    private final InstantSource clock;

    AccountRoutes(
            Accounts accounts,
            ReadModels readModels,
            PriceBooks priceBooks,
            Answers answers,
            Currencies currencies,
            InstantSource clock) {
        this.accounts = accounts;
        this.readModels = readModels;
        this.priceBooks = priceBooks;
        this.answers = answers;
        this.currencies = currencies;
        this.clock = clock;
    }

    List<Route> routes() {
        return List.of(
                Route.post("/v1/accounts", Scope.ADMIN, this::open),
                Route.get("/v1/accounts/{account}", Scope.READ_ACCOUNT, this::read),
                Route.post("/v1/accounts/{account}/grants", Scope.ADMIN, this::grant),
                Route.post("/v1/accounts/{account}/plan", Scope.ADMIN, this::changePlan),
                Route.get("/v1/accounts/{account}/entries", Scope.READ, this::entries),
                Route.get("/v1/accounts/{account}/entries/{entry}", Scope.READ, this::entry),
                Route.get("/v1/accounts/{account}/usage", Scope.READ, this::usage));
    }

    private Response open(Request request) {
        var key = request.idempotencyKey();
        var asked = OpenRequest.read(request.json());
        var account = AccountNames.field(request.caller(), asked.account());
        var requestKey = new RequestKey(key, asked.fingerprint());
        var pool = asked.pool();
        if (pool != null) {
            return answers.to(
                    accounts.openChild(
                            account, AccountNames.pool(request.caller(), pool), requestKey),
                    "Opening an account");
        }
        return answers.to(
                answers.orEarlier(account, requestKey, () -> open(account, asked, requestKey)),
                "Opening an account");
    }

    private Reply open(AccountId account, OpenRequest asked, RequestKey requestKey) {
        return accounts.open(
                account,
                known(requireNonNull(asked.plan())),
                requireNonNull(asked.zone()),
                requestKey);
    }

    /// A plan of the price book in force.
    private String known(String plan) {
        var plans = priceBooks.at(clock.instant()).plans().keySet();
        if (!plans.contains(plan)) {
            var nearest = Nearest.to(plan, plans);
            throw Problem.at(
                            "/plan",
                            ProblemType.UNKNOWN_PLAN,
                            "The price book has no plan "
                                    + Quoted.of(plan)
                                    + ". "
                                    + (nearest == null
                                            ? "Plans: " + String.join(", ", plans) + "."
                                            : "Maybe \"" + nearest + "\" is meant."))
                    .toException();
        }
        return plan;
    }

    private Response changePlan(Request request) {
        var account = account(request);
        var key = request.idempotencyKey();
        var json = request.json();
        String plan = null;
        String when = null;
        var body = json.object(PLAN_FIELDS);
        for (var name = body.next(); name != null; name = body.next()) {
            switch (name) {
                case "plan" -> plan = json.text();
                case "when" -> when = json.word(Words.PLAN_CHANGE_TIMES);
                default -> throw new IllegalStateException("unread field " + name);
            }
        }
        json.end();
        var wanted = body.require("plan", plan);
        var time = body.require("when", when);
        var requestKey =
                new RequestKey(
                        key,
                        new CanonicalText("POST /v1/accounts/{account}/plan")
                                .add("plan", wanted)
                                .add("when", time)
                                .fingerprint());
        return answers.to(
                answers.orEarlier(
                        account,
                        requestKey,
                        () ->
                                accounts.changePlan(
                                        account,
                                        known(wanted),
                                        Words.planChangeTime(time),
                                        requestKey)),
                "Changing the plan");
    }

    private Response grant(Request request) {
        var account = account(request);
        var key = request.idempotencyKey();
        var asked = GrantRequest.read(request.json());
        var requestKey = new RequestKey(key, asked.fingerprint(account.name()));
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        return answers.to(
                answers.orEarlier(
                        account,
                        requestKey,
                        () -> {
                            var priceBook = priceBooks.at(now);
                            return accounts.grant(
                                    account,
                                    asked.terms(priceBook, now),
                                    asked.bonusTerms(priceBook, now),
                                    requestKey);
                        }),
                "A grant");
    }

    private Response read(Request request) {
        var _ = request.query();
        return answers.to(new Reply.Account(view(account(request))), "Reading");
    }

    private Response entries(Request request) {
        var query = request.query("limit", "cursor");
        int limit = PageLimit.read(query.get("limit"));
        var account = account(request);
        var cursor = query.get("cursor");
        long before = cursor == null ? Long.MAX_VALUE : Cursors.parse(account, cursor);
        var _ = view(account);
        // One more than asked, to see whether there is another page.
        var found = readModels.entries(account, before, Math.min(limit + 1, PageLimit.MAX));
        boolean more = found.size() > limit || found.size() == PageLimit.MAX;
        var page = found.subList(0, Math.min(limit, found.size()));
        var json = new JsonWriter(256 * (page.size() + 1));
        json.beginObject().field("object", "list").beginArray("data");
        for (var fact : page) {
            json.beginObject();
            Entries.write(json, fact, currencies.now());
            json.endObject();
        }
        json.endArray()
                .field("next_cursor", more ? Cursors.of(account, page.getLast().seq()) : null)
                .endObject();
        return Response.ok(json);
    }

    private Response entry(Request request) {
        var _ = request.query();
        var account = account(request);
        var id = request.argument(1);
        var _ = view(account);
        var found = readModels.fact(Entries.seq(id));
        if (found == null
                || !found.id().equals(id)
                || !(found.account().equals(account) || found.caller().equals(account))) {
            throw Problem.of(
                            ProblemType.UNKNOWN_ENTRY,
                            "The account has no entry " + Quoted.of(id) + ".")
                    .toException();
        }
        var json = new JsonWriter();
        json.beginObject();
        Entries.write(json, found, currencies.now());
        json.endObject();
        return Response.ok(json);
    }

    private Response usage(Request request) {
        var _ = request.query();
        var view = view(account(request));
        var rows = readModels.usage(view.account(), view.periodStart(), view.periodEnd());
        var total = Credits.ZERO;
        long calls = 0;
        for (var row : rows) {
            total = total.plus(row.credits());
            calls = Math.addExact(calls, row.calls());
        }
        var currency = currencies.now();
        var json = new JsonWriter();
        json.beginObject()
                .field("object", "usage")
                .field("account", view.account().name())
                .beginObject("period")
                .field("start", view.periodStart())
                .field("end", view.periodEnd())
                .endObject()
                .field("calls", calls)
                .field("credits", total)
                .beginArray("operations");
        for (var row : rows) {
            json.beginObject()
                    .field("operation", row.operation())
                    .field("calls", row.calls())
                    .field("credits", row.credits())
                    .field("share", share(row, total))
                    .field("list_value", row.listValue(), currency)
                    .endObject();
        }
        json.endArray().endObject();
        return Response.ok(json);
    }

    /// The part of all credits used that went into an operation; null when none were used.
    private static @Nullable BigDecimal share(OperationUsage row, Credits total) {
        return total.isZero()
                ? null
                : row.credits()
                        .toBigDecimal()
                        .divide(total.toBigDecimal(), SHARE_DECIMALS, RoundingMode.HALF_EVEN);
    }

    private static AccountId account(Request request) {
        return AccountNames.argument(request.caller(), request.argument(0));
    }

    private AccountView view(AccountId account) {
        var view = accounts.read(account);
        if (view == null) {
            throw AccountNames.unknown(account).toException();
        }
        return view;
    }
}
