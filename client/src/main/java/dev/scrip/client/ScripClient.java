package dev.scrip.client;

import java.math.BigDecimal;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/// Calls a Scrip server.
///
/// One client serves a whole program: it is safe for any number of threads, virtual ones included,
/// and keeps its connections. Calls block, and end within the deadline of the settings. What the
/// server refuses is a value ([Answer], [ChargeOutcome]); that there is no answer at all is a
/// [NoAnswerException]. Calls that may be repeated, which all are under their [IdempotencyKey], are
/// sent again after a lost connection or a 503.
public final class ScripClient implements AutoCloseable {

    private static final int PAYMENT_REQUIRED = 402;

    private final ClientSettings settings;
    private final Transport transport;

    public ScripClient(ClientSettings settings) {
        this.settings = settings;
        this.transport = new Transport(settings);
    }

    /// Takes the credits of a call that happened.
    ///
    /// @throws NoAnswerException if it is not known what became of it
    public ChargeOutcome charge(ChargeRequest request, IdempotencyKey key) {
        return switch (ask(post("/v1/charges", request, key), Charge.class)) {
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

    /// Says what a call would cost and whether the account could pay; changes nothing.
    ///
    /// @throws NoAnswerException if the server cannot be asked
    public Answer<Estimate> estimate(ChargeRequest request) {
        return ask(post("/v1/estimates", request, null), Estimate.class);
    }

    /// Opens an account; its first period starts at once.
    ///
    /// @throws NoAnswerException if it is not known what became of it
    public Answer<OpenedAccount> openAccount(AccountOpening opening, IdempotencyKey key) {
        return ask(post("/v1/accounts", opening, key), OpenedAccount.class);
    }

    /// Deposits credits.
    ///
    /// @throws NoAnswerException if it is not known what became of it
    public Answer<GrantedCredits> grant(String account, GrantOrder order, IdempotencyKey key) {
        return ask(post(accountPath(account) + "/grants", order, key), GrantedCredits.class);
    }

    /// Bounds what an account may do.
    ///
    /// @param limits in place of all it has; an empty list lifts them
    /// @throws NoAnswerException if it is not known what became of it
    public Answer<EntryPage.Entry> setLimits(
            String account, List<AccountLimit> limits, IdempotencyKey key) {
        return ask(
                post(accountPath(account) + "/limits", Map.of("limits", limits), key),
                EntryPage.Entry.class);
    }

    /// Says what is to be told of.
    ///
    /// @param alerts in place of all it has; an empty list ends them
    /// @throws NoAnswerException if it is not known what became of it
    public Answer<EntryPage.Entry> setAlerts(
            String account, List<AccountAlert> alerts, IdempotencyKey key) {
        return ask(
                post(accountPath(account) + "/alerts", Map.of("alerts", alerts), key),
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
        return ask(post(accountPath(account) + "/adjust", body, key), AdjustedCredits.class);
    }

    /// Moves an account to another plan of the price book.
    ///
    /// @throws NoAnswerException if it is not known what became of it
    public Answer<ChangedPlan> changePlan(
            String account, String plan, ChangedPlan.When when, IdempotencyKey key) {
        var body = Map.of("plan", plan, "when", when.name().toLowerCase(Locale.ROOT));
        return ask(post(accountPath(account) + "/plan", body, key), ChangedPlan.class);
    }

    /// @throws NoAnswerException if the server cannot be asked
    public Answer<AccountState> account(String account) {
        return ask(get(accountPath(account)), AccountState.class);
    }

    /// What happened on an account, newest first.
    ///
    /// @param limit how many a page, 1 to 1,000
    /// @param cursor from [EntryPage#nextCursor] for the page after; null for the newest
    /// @throws NoAnswerException if the server cannot be asked
    public Answer<EntryPage> entries(String account, int limit, @Nullable String cursor) {
        var path = accountPath(account) + "/entries?limit=" + limit;
        return ask(
                get(cursor == null ? path : path + "&cursor=" + encoded(cursor)), EntryPage.class);
    }

    /// What an account used by operation in the period under way.
    ///
    /// @throws NoAnswerException if the server cannot be asked
    public Answer<UsageReport> usage(String account) {
        return ask(get(accountPath(account) + "/usage"), UsageReport.class);
    }

    /// What each operation of the workspace earned, cost and left.
    ///
    /// @param windowHours how far back, in whole hours, the one under way included
    /// @throws NoAnswerException if the server cannot be asked
    public Answer<MarginReport> margins(int windowHours) {
        return ask(get("/v1/margins?window=" + windowHours + "h"), MarginReport.class);
    }

    /// The price book in force.
    ///
    /// @throws NoAnswerException if the server cannot be asked
    public Answer<PublishedPrices> priceBook() {
        return ask(get("/v1/price-book"), PublishedPrices.class);
    }

    /// Makes an API key. Its secret is in this answer and nowhere else.
    ///
    /// @throws NoAnswerException if it is not known what became of it
    public Answer<CreatedKey> createKey(KeyOrder order, IdempotencyKey key) {
        return ask(post("/v1/api-keys", order, key), CreatedKey.class);
    }

    /// Whether the server takes calls.
    ///
    /// @throws NoAnswerException if it cannot be reached at all
    public boolean isReady() {
        return transport.send(get("/health/ready")).statusCode() == 200;
    }

    private <T> Answer<T> ask(HttpRequest request, Class<T> type) {
        var response = transport.send(request);
        if (response.statusCode() / 100 != 2) {
            return new Answer.Refused<>(Wire.problem(response.statusCode(), response.body()));
        }
        try {
            var value = Wire.read(response.body(), type);
            if (value != null) {
                return new Answer.Done<>(value, isReplayed(response));
            }
            throw strange(request, response, "null", null);
        } catch (JacksonException e) {
            throw strange(request, response, e.getOriginalMessage(), e);
        }
    }

    private static NoAnswerException strange(
            HttpRequest request,
            HttpResponse<?> response,
            String what,
            @Nullable JacksonException cause) {
        return new NoAnswerException(
                request.method()
                        + " "
                        + request.uri()
                        + " was answered "
                        + response.statusCode()
                        + " with something else than expected: "
                        + what,
                cause);
    }

    private static boolean isReplayed(HttpResponse<?> response) {
        return response.headers().firstValue("Idempotent-Replayed").orElse("").equals("true");
    }

    private HttpRequest get(String path) {
        return request(path).GET().build();
    }

    private HttpRequest post(String path, Object body, @Nullable IdempotencyKey key) {
        var request =
                request(path)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofByteArray(Wire.bytes(body)));
        return key == null
                ? request.build()
                : request.header("Idempotency-Key", '"' + key.value() + '"').build();
    }

    private HttpRequest.Builder request(String path) {
        var server = settings.server().toString();
        var root = server.endsWith("/") ? server.substring(0, server.length() - 1) : server;
        return HttpRequest.newBuilder(URI.create(root + path))
                .header("Authorization", "Bearer " + settings.apiKey())
                .header("Accept", "application/json, application/problem+json")
                .header("User-Agent", "scrip-java");
    }

    private static String accountPath(String account) {
        return "/v1/accounts/" + encoded(account);
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /// Lets go of the connections. Calls that are under way end with a [NoAnswerException].
    @Override
    public void close() {
        transport.close();
    }
}
