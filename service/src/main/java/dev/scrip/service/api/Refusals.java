package dev.scrip.service.api;

import dev.scrip.ledger.AccountStatus;
import dev.scrip.ledger.CreditsLeft;
import dev.scrip.ledger.FactId;
import dev.scrip.ledger.Reply;
import dev.scrip.pricing.Credits;
import dev.scrip.service.http.JsonWriter;
import dev.scrip.service.http.Problem;
import dev.scrip.service.http.ProblemType;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import java.util.ArrayList;

/// Turns the ledger's refusals into problems: one exhaustive switch, each with what to do about it.
final class Refusals {

    private final CreditHeaders headers;
    private final String topUpUrl;

    /// @param topUpUrl where customers buy credits; `{account}` in it stands for the account
    Refusals(CreditHeaders headers, String topUpUrl) {
        this.headers = headers;
        this.topUpUrl = topUpUrl;
    }

    /// @param what that which was to be paid, such as an operation, for the text
    Problem problem(Reply.Refusal refusal, String what) {
        return switch (refusal) {
            case Reply.KeyReused(_, var key) ->
                    Problem.of(
                            ProblemType.IDEMPOTENCY_KEY_REUSED,
                            "The Idempotency-Key \""
                                    + key
                                    + "\" came before with another request for this account. Use a"
                                    + " new key for a new request.");
            case Reply.NoSuchAccount(var account) -> AccountNames.unknown(account);
            case Reply.AccountNotOpen(var account, var status) ->
                    Problem.of(
                            status == AccountStatus.FROZEN
                                    ? ProblemType.ACCOUNT_FROZEN
                                    : ProblemType.ACCOUNT_CLOSED,
                            "The account \""
                                    + account.name()
                                    + "\" is "
                                    + Words.of(status)
                                    + (status == AccountStatus.FROZEN
                                            ? ". Nothing was taken; it must be opened again first."
                                            : " for good. Nothing was changed."));
            case Reply.PartRefused(_, var index, var part) ->
                    problem(part, what + " number " + (index + 1)).inPart(index);
            case Reply.DrawsOnPool(var account, var pool) ->
                    Problem.of(
                            ProblemType.DRAWS_ON_POOL,
                            "The account \""
                                    + account.name()
                                    + "\" draws on \""
                                    + pool.name()
                                    + "\" and has no credits, plan or overage of its own. Ask that"
                                    + " one.");
            case Reply.NotAPool(_, var pool) ->
                    Problem.at(
                            "/pool",
                            ProblemType.NOT_A_POOL,
                            "The account \""
                                    + pool.name()
                                    + "\" is unknown here, or draws on a pool itself.");
            case Reply.TopUpNotOpen(_, var topUp) ->
                    Problem.of(
                            ProblemType.TOP_UP_NOT_OPEN,
                            "The top-up "
                                    + FactId.topUp(topUp)
                                    + " was paid or has failed already, or never was. The"
                                    + " account's entries say which.");
            case Reply.TopUpOfClosedAccount(var account, var topUp) ->
                    Problem.of(
                            ProblemType.ACCOUNT_CLOSED,
                            "The account \""
                                    + account.name()
                                    + "\" is closed for good and can be granted nothing. Give back"
                                    + " what was paid, and fail the top-up: POST /v1/top-ups/"
                                    + FactId.topUp(topUp)
                                    + "/fail.");
            case Reply.PlanUnchanged(var account, var plan) ->
                    Problem.at(
                            "/plan",
                            ProblemType.PLAN_UNCHANGED,
                            "The account \""
                                    + account.name()
                                    + "\" is on the plan \""
                                    + plan
                                    + "\" already. To take back a change that is to come, ask for"
                                    + " it with \"when\": \"period_end\".");
            case Reply.PaymentExceedsReceivable(_, var receivable) ->
                    Problem.at(
                            "/credits",
                            ProblemType.PAYMENT_EXCEEDS_RECEIVABLE,
                            "The account owes " + receivable + " credits.");
            case Reply.HoldNotOpen(_, var hold) ->
                    Problem.of(
                            ProblemType.HOLD_NOT_OPEN,
                            "The hold "
                                    + FactId.hold(hold)
                                    + " was captured or released, or its time was over. The"
                                    + " account's entries say which.");
            case Reply.CaptureExceedsHold(_, var held, var asked) ->
                    Problem.at(
                            "/credits",
                            ProblemType.CAPTURE_EXCEEDS_HOLD,
                            "The capture comes to "
                                    + asked
                                    + " credits, and "
                                    + held
                                    + " are held. With \"overage\": \"allow\" the rest is drawn"
                                    + " from the account.");
            case Reply.ReversalExceedsCharge(_, var left) ->
                    Problem.at(
                            "/credits",
                            ProblemType.REVERSAL_EXCEEDS_CHARGE,
                            "Of this charge, " + left + " credits are left to take back.");
            case Reply.NothingToVoid(_, var grant) ->
                    Problem.of(
                            ProblemType.NOTHING_TO_VOID,
                            "Nothing is left of the grant "
                                    + FactId.grant(grant)
                                    + ": it was spent or voided, or has lapsed.");
            case Reply.AccountExists(var account) ->
                    Problem.of(
                            ProblemType.ACCOUNT_EXISTS,
                            "The account \""
                                    + account.name()
                                    + "\" is open already. Read it with GET /v1/accounts/"
                                    + account.name()
                                    + ".");
            case Reply.BalanceOverflow(_, var balance) ->
                    Problem.at(
                            "/credits",
                            ProblemType.BALANCE_OVERFLOW,
                            "With these credits the account would hold more than can be counted;"
                                    + " it has "
                                    + balance
                                    + ".");
            case Reply.RateLimited limited -> rateLimited(limited);
            case Reply.CapReached reached -> capReached(reached, what);
            case Reply.TooFewCredits refusedCharge -> tooFewCredits(refusedCharge, what);
        };
    }

    private Problem rateLimited(Reply.RateLimited refusal) {
        long seconds = CreditHeaders.wholeSeconds(refusal.retryAfter());
        var limit = refusal.limit();
        var sent = new ArrayList<Header>();
        sent.add(HeaderValues.create(HeaderNames.RETRY_AFTER, String.valueOf(seconds)));
        sent.add(CreditHeaders.required(refusal.required()));
        var standing = standing(refusal.left());
        sent.addAll(headers.of(standing, refusal.rates()));
        return Problem.of(
                        ProblemType.RATE_LIMITED,
                        "The limit \""
                                + limit.id()
                                + "\" of account \""
                                + refusal.account().name()
                                + "\" allows "
                                + limit.calls()
                                + " calls in "
                                + limit.per().toSeconds()
                                + " s. Nothing was taken; call again in "
                                + seconds
                                + " s.")
                .with(sent.toArray(new Header[0]))
                .with(json -> {
                    json.beginArray("violated-policies").element(limit.id()).endArray();
                    credits(json, refusal.required(), standing);
                });
    }

    private static CreditHeaders.Standing standing(CreditsLeft left) {
        return new CreditHeaders.Standing(
                left.payer(), left.payable(), left.quota(), left.resetsAt());
    }

    /// What the call costs, and what there is to pay it with.
    private void credits(JsonWriter json, Credits required, CreditHeaders.Standing standing) {
        json.field("credits_required", required)
                .field("credits_remaining", standing.remaining())
                .field("credits_reset_at", headers.resetsAt(standing));
    }

    private Problem capReached(Reply.CapReached refusal, String what) {
        var cap = refusal.cap();
        var standing = standing(refusal.left());
        var sent = new ArrayList<Header>();
        sent.add(CreditHeaders.required(refusal.required()));
        sent.addAll(headers.of(standing));
        return Problem.of(
                        ProblemType.SPEND_CAP_REACHED,
                        what
                                + " costs "
                                + refusal.required()
                                + " credits, and of the "
                                + cap.credits()
                                + " that the cap \""
                                + cap.id()
                                + "\" of account \""
                                + refusal.account().name()
                                + "\" allows a "
                                + Words.of(cap.window())
                                + ", "
                                + refusal.used()
                                + " are used or held. Raise the cap, or wait until "
                                + refusal.resetsAt()
                                + ".")
                .with(sent.toArray(new Header[0]))
                .with(json -> {
                    json.beginArray("violated-policies").element(cap.id()).endArray();
                    credits(json, refusal.required(), standing);
                    json.field("cap_credits", cap.credits())
                            .field("cap_used", refusal.used())
                            .field("cap_resets_at", refusal.resetsAt());
                });
    }

    /// What is bought later does not pay for what happened before.
    private static String remedy(Reply.TooFewCredits refusal, String resetsAt) {
        return refusal.usedAt() == null
                ? " remain. Top up, or wait until " + resetsAt + "."
                : " remain of what was in effect at "
                        + refusal.usedAt()
                        + ", when it happened. Let the account owe the rest, or grant credits that"
                        + " take effect by then.";
    }

    private Problem tooFewCredits(Reply.TooFewCredits refusal, String what) {
        var standing =
                new CreditHeaders.Standing(
                        refusal.account(),
                        refusal.remaining(),
                        refusal.quota(),
                        refusal.resetsAt());
        var href = topUpUrl.replace("{account}", refusal.account().name());
        var sent = new ArrayList<Header>();
        sent.add(CreditHeaders.required(refusal.required()));
        sent.addAll(headers.of(standing));
        sent.add(HeaderValues.create(HeaderNames.LINK, "<" + href + ">; rel=\"payment\""));
        return Problem.of(
                        ProblemType.INSUFFICIENT_CREDITS,
                        what
                                + " costs "
                                + refusal.required()
                                + " credits; "
                                + refusal.remaining()
                                + remedy(refusal, headers.resetsAt(standing)))
                .with(sent.toArray(new Header[0]))
                .with(json -> {
                    json.beginArray("violated-policies").element("credits").endArray();
                    credits(json, refusal.required(), standing);
                    json.beginArray("actions")
                            .beginObject()
                            .field("rel", "top_up")
                            .field("href", href)
                            .endObject()
                            .endArray();
                });
    }
}
