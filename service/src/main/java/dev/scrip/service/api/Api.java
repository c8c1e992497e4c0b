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
import dev.scrip.metering.LoadWatch;
import dev.scrip.metering.PriceBooks;
import dev.scrip.metering.Publishing;
import dev.scrip.metering.Quoting;
import dev.scrip.metering.ReadModels;
import dev.scrip.metering.Recalling;
import dev.scrip.metering.Recording;
import dev.scrip.metering.Setting;
import dev.scrip.metering.ToppingUp;
import dev.scrip.service.access.ApiKeys;
import dev.scrip.service.http.Route;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/// The HTTP API, put together from its routes.
public final class Api {

    private Api() {}

    /// What quotes are made with.
    ///
    /// @param secret by which they are signed; asked for when it is needed first
    /// @param life of a quote, unless its caller says another
    /// @param lifeMax that callers may ask for
    public record QuoteTerms(Supplier<byte[]> secret, Duration life, Duration lifeMax) {}

    /// @param topUpUrl where customers buy credits; `{account}` in it stands for the account
    /// @param firstWorkspace whose admins publish price books for all
    public static List<Route> routes(
            Partition partition,
            PriceBooks priceBooks,
            ReadModels readModels,
            ApiKeys keys,
            ServiceMeters meters,
            String topUpUrl,
            LoadWatch loads,
            QuoteTerms quoteTerms,
            String firstWorkspace,
            InstantSource clock) {
        var accounts = new Accounts(priceBooks, partition, clock);
        var currencies = new Currencies(priceBooks, clock);
        var headers = new CreditHeaders(clock);
        var refusals = new Refusals(headers, topUpUrl);
        var answers = new Answers(new Recalling(partition), refusals, headers, currencies);
        var facts = new Facts(readModels);
        var together = new Together(answers, headers, meters);
        var quotes = new Quotes(new QuoteTokens(quoteTerms.secret()), priceBooks, clock);
        var routes = new ArrayList<Route>();
        routes.addAll(
                new ChargeRoutes(
                                new Charging(priceBooks, partition, loads, clock),
                                new Estimating(priceBooks, partition, loads, clock),
                                quotes,
                                facts,
                                answers,
                                refusals,
                                headers,
                                currencies,
                                meters)
                        .routes());
        routes.addAll(
                new BatchRoutes(
                                new Batching(priceBooks, partition, loads, clock),
                                quotes,
                                answers,
                                refusals,
                                together,
                                meters)
                        .routes());
        routes.addAll(
                new HoldRoutes(
                                new Holding(priceBooks, partition, loads, clock),
                                quotes,
                                facts,
                                readModels,
                                priceBooks,
                                answers,
                                meters,
                                clock)
                        .routes());
        routes.addAll(
                new QuoteRoutes(
                                new Quoting(priceBooks, partition, loads, clock),
                                quotes,
                                currencies,
                                quoteTerms.life(),
                                quoteTerms.lifeMax())
                        .routes());
        routes.addAll(new LoadRoutes(loads, priceBooks, clock).routes());
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
        routes.addAll(
                new PriceBookRoutes(
                                new Publishing(priceBooks, clock),
                                priceBooks,
                                firstWorkspace,
                                clock)
                        .routes());
        routes.addAll(new PriceChangeRoutes(priceBooks).routes());
        routes.addAll(new KeyRoutes(keys).routes());
        routes.addAll(new ProcessRoutes(partition, meters).routes());
        return routes;
    }

    /// What a server answers itself that leaves the rest to another.
    public static List<Route> routesOfAStandby(Partition partition, ServiceMeters meters) {
        return new ProcessRoutes(partition, meters).ownRoutes();
    }
}
