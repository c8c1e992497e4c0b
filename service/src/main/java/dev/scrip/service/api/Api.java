package dev.scrip.service.api;

import dev.scrip.ledger.Partition;
import dev.scrip.metering.Accounts;
import dev.scrip.metering.Backfilling;
import dev.scrip.metering.Batching;
import dev.scrip.metering.Charging;
import dev.scrip.metering.Correcting;
import dev.scrip.metering.Estimating;
import dev.scrip.metering.Explaining;
import dev.scrip.metering.Holding;
import dev.scrip.metering.Leasing;
import dev.scrip.metering.PriceBooks;
import dev.scrip.metering.ReadModels;
import dev.scrip.metering.Recalling;
import dev.scrip.metering.Recording;
import dev.scrip.metering.Setting;
import dev.scrip.metering.ToppingUp;
import dev.scrip.service.access.ApiKeys;
import dev.scrip.service.http.Route;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/// The HTTP API, put together from its routes.
public final class Api {

    private Api() {}

    /// @param topUpUrl where customers buy credits; `{account}` in it stands for the account
    public static List<Route> routes(
            Partition partition,
            PriceBooks priceBooks,
            ReadModels readModels,
            ApiKeys keys,
            ServiceMeters meters,
            String topUpUrl,
            InstantSource clock) {
        var accounts = new Accounts(priceBooks, partition, clock);
        var currencies = new Currencies(priceBooks, clock);
        var headers = new CreditHeaders(clock);
        var refusals = new Refusals(headers, topUpUrl);
        var answers = new Answers(new Recalling(partition), refusals, headers, currencies);
        var facts = new Facts(readModels);
        var together = new Together(answers, headers, meters);
        var routes = new ArrayList<Route>();
        routes.addAll(
                new ChargeRoutes(
                                new Charging(priceBooks, partition, clock),
                                new Estimating(priceBooks, partition, clock),
                                facts,
                                answers,
                                refusals,
                                headers,
                                currencies,
                                meters)
                        .routes());
        routes.addAll(
                new BatchRoutes(
                                new Batching(priceBooks, partition, clock),
                                answers,
                                refusals,
                                together,
                                meters)
                        .routes());
        routes.addAll(
                new HoldRoutes(
                                new Holding(priceBooks, partition, clock),
                                facts,
                                readModels,
                                priceBooks,
                                answers,
                                meters,
                                clock)
                        .routes());
        routes.addAll(
                new LeaseRoutes(new Leasing(priceBooks, partition, clock), facts, answers, together)
                        .routes());
        routes.addAll(
                new EventRoutes(new Recording(priceBooks, partition), refusals, meters, clock)
                        .routes());
        routes.addAll(
                new CorrectionRoutes(accounts, new Correcting(partition, clock), facts, answers)
                        .routes());
        routes.addAll(
                new SettingRoutes(new Setting(partition), priceBooks, answers, clock).routes());
        routes.addAll(
                new TopUpRoutes(
                                new ToppingUp(partition),
                                readModels,
                                priceBooks,
                                facts,
                                answers,
                                clock)
                        .routes());
        routes.addAll(
                new AccountRoutes(accounts, readModels, priceBooks, answers, currencies, clock)
                        .routes());
        routes.addAll(
                new BackfillRoutes(
                                new Backfilling(priceBooks, readModels, partition),
                                new Recording(priceBooks, partition),
                                refusals,
                                meters,
                                clock)
                        .routes());
        routes.addAll(
                new ExplainRoutes(
                                new Explaining(readModels), accounts, priceBooks, facts, currencies)
                        .routes());
        routes.addAll(new PriceRoutes(priceBooks, readModels, clock).routes());
        routes.addAll(new KeyRoutes(keys).routes());
        routes.addAll(new ProcessRoutes(partition, meters).routes());
        return routes;
    }

    /// What a server answers itself that leaves the rest to another.
    public static List<Route> routesOfAStandby(Partition partition, ServiceMeters meters) {
        return new ProcessRoutes(partition, meters).ownRoutes();
    }
}
