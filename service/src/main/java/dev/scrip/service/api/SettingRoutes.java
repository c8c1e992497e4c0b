package dev.scrip.service.api;

import dev.scrip.ledger.Alert;
import dev.scrip.ledger.Limit;
import dev.scrip.ledger.RequestKey;
import dev.scrip.metering.PriceBooks;
import dev.scrip.metering.Setting;
import dev.scrip.service.access.Scope;
import dev.scrip.service.http.JsonWriter;
import dev.scrip.service.http.Request;
import dev.scrip.service.http.Response;
import dev.scrip.service.http.Route;
import java.time.InstantSource;
import java.util.List;

/// What operators set for accounts: limits, alerts, when credits are bought by themselves, and what
/// was promised to be bought. Each takes the place of what was set before.
public final class SettingRoutes {

    private final Setting setting;
    private final PriceBooks priceBooks;
    private final Answers answers;
    private final InstantSource clock;

    SettingRoutes(Setting setting, PriceBooks priceBooks, Answers answers, InstantSource clock) {
        this.setting = setting;
        this.priceBooks = priceBooks;
        this.answers = answers;
        this.clock = clock;
    }

    List<Route> routes() {
        return List.of(
                Route.post("/v1/accounts/{account}/limits", Scope.ADMIN, this::setLimits),
                Route.post("/v1/accounts/{account}/alerts", Scope.ADMIN, this::setAlerts),
                Route.post("/v1/accounts/{account}/top-up-rule", Scope.ADMIN, this::setTopUpRule),
                Route.put("/v1/accounts/{account}/commitment", Scope.ADMIN, this::setCommitment));
    }

    private Response setLimits(Request request) {
        var account = AccountNames.argument(request.caller(), request.argument(0));
        var key = request.idempotencyKey();
        var limits = SettingRequests.limits(request.json());
        SettingRequests.requireDistinct(limits.stream().map(Limit::id).toList(), "/limits");
        var json = new JsonWriter();
        json.beginObject().beginArray("limits");
        for (var limit : limits) {
            SettingEntries.limit(json.beginObject(), limit);
            json.endObject();
        }
        var requestKey = requestKey("limits", key, json);
        return answers.to(
                answers.orEarlier(
                        account,
                        requestKey,
                        () -> {
                            requireOperations(limits);
                            return setting.limits(account, limits, requestKey);
                        }),
                "Setting limits");
    }

    private void requireOperations(List<Limit> limits) {
        var priceBook = priceBooks.at(clock.instant());
        for (int i = 0; i < limits.size(); i++) {
            var operation = limits.get(i).scope().operation();
            if (operation != null) {
                OperationPatterns.require(priceBook, operation, "/limits/" + i + "/operation");
            }
        }
    }

    private Response setAlerts(Request request) {
        var account = AccountNames.argument(request.caller(), request.argument(0));
        var key = request.idempotencyKey();
        var alerts = SettingRequests.alerts(request.json());
        SettingRequests.requireDistinct(alerts.stream().map(Alert::id).toList(), "/alerts");
        var json = new JsonWriter();
        json.beginObject().beginArray("alerts");
        for (var alert : alerts) {
            SettingEntries.alert(json.beginObject(), alert);
            json.endObject();
        }
        return answers.to(
                setting.alerts(account, alerts, requestKey("alerts", key, json)), "Setting alerts");
    }

    private Response setTopUpRule(Request request) {
        var account = AccountNames.argument(request.caller(), request.argument(0));
        var key = request.idempotencyKey();
        var rule = SettingRequests.topUpRule(request.json());
        var json = new JsonWriter();
        SettingEntries.rule(json.beginObject(), rule);
        return answers.to(
                setting.topUpRule(account, rule, requestKey("top-up-rule", key, json)),
                "Setting a top-up rule");
    }

    private Response setCommitment(Request request) {
        var account = AccountNames.argument(request.caller(), request.argument(0));
        var key = request.idempotencyKey();
        var commitment = SettingRequests.commitment(request.json());
        var json = new JsonWriter();
        SettingEntries.commitment(json.beginObject(), commitment);
        return answers.to(
                setting.commitment(account, commitment, requestKey("commitment", key, json)),
                "Setting a commitment");
    }

    /// @param what is set, as entries show it: two requests that set the same are the same
    private static RequestKey requestKey(String route, String key, JsonWriter what) {
        return new RequestKey(
                key,
                new CanonicalText("POST /v1/accounts/{account}/" + route)
                        .add("what", what.toString())
                        .fingerprint());
    }
}
