package dev.scrip.client;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Calls a Scrip server.
///
/// One client serves a whole program: it is safe for any number of threads, virtual ones included,
/// and keeps its connections. Calls block, and end within the deadline of the settings. What the
/// server refuses is a value ([Answer], [ChargeOutcome]); that there is no answer at all is a
/// [NoAnswerException]. Calls that may be repeated, which all are under their [IdempotencyKey], are
/// sent again after a lost connection or a 503.
///
/// What is asked of one call of a customer is here, as is what concerns a whole account; [#holds],
/// [#leases] and [#topUps] have what goes on for longer, [#priceBooks] what calls are priced by.
public final class ScripClient implements AutoCloseable {

    private static final int PAYMENT_REQUIRED = 402;
    private static final String LOAD = "/v1/load";

    private final Calls calls;

    public ScripClient(ClientSettings settings) {
        this.calls = new Calls(settings);
    }

    /// Takes the credits of a call that happened.
    ///
    /// @throws NoAnswerException if it is not known what became of it
    public ChargeOutcome charge(ChargeRequest request, IdempotencyKey key) {
        return switch (calls.post("/v1/charges", request, key, Charge.class)) {
            case Answer.Done<Charge>(var charge, var replayed) ->
                    new ChargeOutcome.Charged(charge, replayed);
            case Answer.Refused<Charge>(var problem) -> refused(problem);
        };
    }

    private static ChargeOutcome refused(Problem problem) {
        var required = problem.creditsRequired();
        var remaining = problem.creditsRemaining();
        var resetsAt = problem.creditsResetAt();
        return problem.status() == PAYMENT_REQUIRED
                        && required != null
                        && remaining != null
                        && resetsAt != null
                ? new ChargeOutcome.TooFewCredits(problem, required, remaining, resetsAt)
                : new ChargeOutcome.Refused(problem);
    }

    /// Takes the credits of several calls of one account, all or none.
    ///
    /// @param requests 1 to 1,000, of one account
    /// @param key at most 250 characters here
    /// @throws NoAnswerException if it is not known what became of them
    public Answer<ChargeBatch> chargeTogether(List<ChargeRequest> requests, IdempotencyKey key) {
        return calls.post("/v1/charges/batch", batch("all", requests), key, ChargeBatch.class);
    }

    /// Takes the credits of several calls of any accounts, each by itself.
    ///
    /// @param requests 1 to 1,000
    /// @param key at most 250 characters here; a retry under it tries again what was refused
    /// @throws NoAnswerException if it is not known what became of them
    public Answer<ChargeOutcomes> chargeEach(List<ChargeRequest> requests, IdempotencyKey key) {
        return calls.post("/v1/charges/batch", batch("each", requests), key, ChargeOutcomes.class);
    }

    private static Map<String, Object> batch(String mode, List<ChargeRequest> requests) {
        return Map.of("mode", mode, "charges", requests);
    }

    /// Charges usage that happened earlier. An event counts once by its account, source and id,
    /// however often it is sent, so there is no key.
    ///
    /// @param events 1 to 10,000
    /// @throws NoAnswerException if it is not known what became of them: send them again
    public Answer<EventOutcomes> record(List<UsageEvent> events) {
        var sent = events.stream().map(UsageEvent::asCloudEvent).toList();
        return calls.post("/v1/events", sent, null, EventOutcomes.class);
    }

    /// What captures of an operation came to, to know how much to hold.
    ///
    /// @throws NoAnswerException if the server cannot be asked
    public Answer<CaptureEstimates> captureEstimates(String operation) {
        return calls.get(
                "/v1/operations/" + Calls.encoded(operation) + "/estimates",
                CaptureEstimates.class);
    }

    /// Credits set aside for calls whose cost is known only at the end.
    public Holds holds() {
        return new Holds(calls);
    }

    /// Credits lent to a program that decides by itself and reports later.
    public Leases leases() {
        return new Leases(calls);
    }

    /// Credits that accounts ask for by themselves when few are left.
    public TopUps topUps() {
        return new TopUps(calls);
    }

    /// What was in force, is and will be, and publishing more.
    public PriceBooks priceBooks() {
        return new PriceBooks(calls);
    }

    /// Says what a call would cost and whether the account could pay; changes nothing.
    ///
    /// @throws NoAnswerException if the server cannot be asked
    public Answer<Estimate> estimate(ChargeRequest request) {
        return calls.post("/v1/estimates", request, null, Estimate.class);
    }

    /// Binds what a call costs for a while. Nothing is kept by the server, so there is no key.
    ///
    /// @throws NoAnswerException if the server cannot be asked
    public Answer<BoundQuote> quote(QuoteOrder order) {
        return calls.post("/v1/quotes", order, null, BoundQuote.class);
    }

    /// The load that prices of the workspace go by.
    ///
    /// @throws NoAnswerException if the server cannot be asked
    public Answer<LoadReading> load() {
        return calls.get(LOAD, LoadReading.class);
    }

    /// Tells the load of now. It counts for a short time, so tell it again and again.
    ///
    /// @param load 1 is full capacity; from 0 to 1000, with at most 6 decimals
    /// @throws NoAnswerException if the server cannot be asked
    public Answer<LoadReading> setLoad(BigDecimal load) {
        return calls.put(LOAD, Map.of("load", load), null, LoadReading.class);
    }

    /// Sets what an account has promised to buy, in place of what it had promised before.
    ///
    /// @throws NoAnswerException if it is not known what became of it
    public Answer<EntryPage.Entry> setCommitment(
            String account, Commitment commitment, IdempotencyKey key) {
        return calls.put(
                Calls.accountPath(account) + "/commitment", commitment, key, EntryPage.Entry.class);
    }

    /// Opens an account; its first period starts at once, or is its pool's.
    ///
    /// @throws NoAnswerException if it is not known what became of it
    public Answer<OpenedAccount> openAccount(AccountOpening opening, IdempotencyKey key) {
        return calls.post("/v1/accounts", opening, key, OpenedAccount.class);
    }

    /// Deposits credits.
    ///
    /// @throws NoAnswerException if it is not known what became of it
    public Answer<GrantedCredits> grant(String account, GrantOrder order, IdempotencyKey key) {
        return calls.post(Calls.accountPath(account) + "/grants", order, key, GrantedCredits.class);
    }

    /// Bounds what an account may do.
    ///
    /// @param limits in place of all it has; an empty list lifts them
    /// @throws NoAnswerException if it is not known what became of it
    public Answer<EntryPage.Entry> setLimits(
            String account, List<AccountLimit> limits, IdempotencyKey key) {
        return calls.post(
                Calls.accountPath(account) + "/limits",
                Map.of("limits", limits),
                key,
                EntryPage.Entry.class);
    }

    /// Says what is to be told of.
    ///
    /// @param alerts in place of all it has; an empty list ends them
    /// @throws NoAnswerException if it is not known what became of it
    public Answer<EntryPage.Entry> setAlerts(
            String account, List<AccountAlert> alerts, IdempotencyKey key) {
        return calls.post(
                Calls.accountPath(account) + "/alerts",
                Map.of("alerts", alerts),
                key,
                EntryPage.Entry.class);
    }

    /// Gives credits that nobody bought or, with a minus, takes credits that were not used.
    ///
    /// @param credits not 0
    /// @param reason is shown in the account's entries
    /// @throws NoAnswerException if it is not known what became of it
    public Answer<AdjustedCredits> adjust(
            String account, BigDecimal credits, String reason, IdempotencyKey key) {
        var body = Map.of("credits", credits, "reason", reason);
        return calls.post(Calls.accountPath(account) + "/adjust", body, key, AdjustedCredits.class);
    }

    /// Moves an account to another plan of the price book.
    ///
    /// @throws NoAnswerException if it is not known what became of it
    public Answer<ChangedPlan> changePlan(
            String account, String plan, ChangedPlan.When when, IdempotencyKey key) {
        var body = Map.of("plan", plan, "when", when.name().toLowerCase(Locale.ROOT));
        return calls.post(Calls.accountPath(account) + "/plan", body, key, ChangedPlan.class);
    }

    /// @throws NoAnswerException if the server cannot be asked
    public Answer<AccountState> account(String account) {
        return calls.get(Calls.accountPath(account), AccountState.class);
    }

    /// What happened on an account, newest first.
    ///
    /// @param limit how many a page, 1 to 1,000
    /// @param cursor from [EntryPage#nextCursor] for the page after; null for the newest
    /// @throws NoAnswerException if the server cannot be asked
    public Answer<EntryPage> entries(String account, int limit, @Nullable String cursor) {
        var path = Calls.accountPath(account) + "/entries?limit=" + limit;
        return calls.get(
                cursor == null ? path : path + "&cursor=" + Calls.encoded(cursor), EntryPage.class);
    }

    /// What an account used by operation in the period under way.
    ///
    /// @throws NoAnswerException if the server cannot be asked
    public Answer<UsageReport> usage(String account) {
        return calls.get(Calls.accountPath(account) + "/usage", UsageReport.class);
    }

    /// What each operation of the workspace earned, cost and left.
    ///
    /// @param windowHours how far back, in whole hours, the one under way included
    /// @throws NoAnswerException if the server cannot be asked
    public Answer<MarginReport> margins(int windowHours) {
        return calls.get("/v1/margins?window=" + windowHours + "h", MarginReport.class);
    }

    /// The price book in force.
    ///
    /// @throws NoAnswerException if the server cannot be asked
    public Answer<PublishedPrices> priceBook() {
        return calls.get("/v1/price-book", PublishedPrices.class);
    }

    /// Makes an API key. Its secret is in this answer and nowhere else.
    ///
    /// @throws NoAnswerException if it is not known what became of it
    public Answer<CreatedKey> createKey(KeyOrder order, IdempotencyKey key) {
        return calls.post("/v1/api-keys", order, key, CreatedKey.class);
    }

    /// Whether the server takes calls.
    ///
    /// @throws NoAnswerException if it cannot be reached at all
    public boolean isReady() {
        return calls.status("/health/ready") == 200;
    }

    /// Lets go of the connections. Calls that are under way end with a [NoAnswerException].
    @Override
    public void close() {
        calls.close();
    }
}
