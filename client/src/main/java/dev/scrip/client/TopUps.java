package dev.scrip.client;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Credits that accounts ask for by themselves when few are left. Whoever bills lists what is open,
/// has it paid and says so, which grants the credits.
public final class TopUps {

    private static final String PATH = "/v1/top-ups";

    private final Calls calls;

    TopUps(Calls calls) {
        this.calls = calls;
    }

    /// When credits are asked for, and how many.
    ///
    /// @param threshold fewer than which must be left
    /// @param target up to which the account is filled
    /// @param monthlyCap credits in a calendar month at most
    /// @param coolOffSeconds from one request to the next at least
    public record Rule(
            BigDecimal threshold, BigDecimal target, BigDecimal monthlyCap, long coolOffSeconds) {}

    /// Lets an account ask for credits by itself.
    ///
    /// @throws NoAnswerException if it is not known what became of it
    public Answer<EntryPage.Entry> setRule(String account, Rule rule, IdempotencyKey key) {
        return set(account, rule, key);
    }

    /// Lets an account ask no more.
    ///
    /// @throws NoAnswerException if it is not known what became of it
    public Answer<EntryPage.Entry> endRule(String account, IdempotencyKey key) {
        return set(account, null, key);
    }

    private Answer<EntryPage.Entry> set(String account, @Nullable Rule rule, IdempotencyKey key) {
        return calls.post(
                Calls.accountPath(account) + "/top-up-rule",
                Collections.singletonMap("rule", rule),
                key,
                EntryPage.Entry.class);
    }

    /// What is to be paid, oldest first.
    ///
    /// @param limit how many a page, 1 to 1,000
    /// @param cursor from [TopUpPage#nextCursor] for the page after; null for the first
    /// @throws NoAnswerException if the server cannot be asked
    public Answer<TopUpPage> open(int limit, @Nullable String cursor) {
        var path = PATH + "?limit=" + limit;
        return calls.get(
                cursor == null ? path : path + "&cursor=" + Calls.encoded(cursor), TopUpPage.class);
    }

    /// Says that a top-up was paid at list price, and grants its credits for ever.
    ///
    /// @param topUp its id
    /// @throws NoAnswerException if it is not known what became of it
    public Answer<GrantedCredits> confirm(String topUp, IdempotencyKey key) {
        return calls.post(path(topUp, "confirm"), Map.of(), key, GrantedCredits.class);
    }

    /// Says what was paid for a top-up, and grants its credits for ever.
    ///
    /// @param price for all of them
    /// @throws NoAnswerException if it is not known what became of it
    public Answer<GrantedCredits> confirm(String topUp, MoneyAmount price, IdempotencyKey key) {
        return calls.post(
                path(topUp, "confirm"), Map.of("price", price), key, GrantedCredits.class);
    }

    /// Says that a top-up was not paid. It is asked for again after the cool-off.
    ///
    /// @param reason is shown in the account's entries
    /// @throws NoAnswerException if it is not known what became of it
    public Answer<EntryPage.Entry> fail(String topUp, String reason, IdempotencyKey key) {
        return calls.post(
                path(topUp, "fail"), Map.of("reason", reason), key, EntryPage.Entry.class);
    }

    private static String path(String topUp, String verb) {
        return PATH + "/" + Calls.encoded(topUp) + "/" + verb;
    }
}
