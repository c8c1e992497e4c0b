package dev.scrip.cli;

import dev.scrip.cli.demo.DemoServer;
import dev.scrip.cli.demo.Replay;
import java.math.BigDecimal;

/// Single charges as an HTTP client sees them, whole: one that is paid, the same again, and one
/// that cannot be paid.
final class ShownCharges {

    private static final int CREATED = 201;
    private static final int PAYMENT_REQUIRED = 402;
    private static final int UNPROCESSABLE = 422;

    private final Screen screen;
    private final DemoServer server;

    ShownCharges(Screen screen, DemoServer server) {
        this.screen = screen;
        this.server = server;
    }

    /// Charges once, whatever is sent again.
    void paidOnceThoughSentTwice(String account, String operation) throws InterruptedException {
        screen.part("A charge, and the same charge again", "a retry is not charged twice");
        var call = server.rawCharge("show-1", body(account, operation, 1));
        var before = available(account);
        screen.remark(call.toString());
        var first = call.send();
        screen.lines(DemoText.answer(first));
        var between = available(account);
        var again = call.send();
        var after = available(account);
        var other = server.rawCharge("show-1", body(account, operation, 2)).send();
        screen.gap();
        screen.check(
                first.statusCode() == CREATED && between.compareTo(before) < 0,
                "The balance went from "
                        + DemoText.credits(before)
                        + " to "
                        + DemoText.credits(between)
                        + " credits");
        screen.check(
                again.statusCode() == CREATED
                        && again.body().equals(first.body())
                        && "true"
                                .equals(
                                        again.headers()
                                                .firstValue("Idempotent-Replayed")
                                                .orElse(""))
                        && after.compareTo(between) == 0,
                "Sent again under its key: the same answer, marked Idempotent-Replayed, and still "
                        + DemoText.credits(after)
                        + " credits");
        screen.check(
                other.statusCode() == UNPROCESSABLE && available(account).compareTo(between) == 0,
                "Something else under the same key: refused with "
                        + other.statusCode()
                        + ", nothing charged");
    }

    /// @param refused what the account could not pay before
    void refusedForWantOfCredits(Replay.Refused refused) throws InterruptedException {
        screen.part("An account that ran dry", "only credits mend it, so nobody is told to retry");
        var call =
                server.rawCharge("show-2", body(refused.account(), refused.call().operation(), 1));
        var before = available(refused.account());
        screen.remark(call.toString());
        var answer = call.send();
        screen.lines(DemoText.answer(answer));
        screen.gap();
        screen.check(
                answer.statusCode() == PAYMENT_REQUIRED
                        && available(refused.account()).compareTo(before) == 0,
                "Refused with " + answer.statusCode() + ", nothing charged");
    }

    private BigDecimal available(String account) {
        return server.client().account(account).orThrow().credits().available();
    }

    private static String body(String account, String operation, int quantity) {
        return "{\"account\":\"%s\",\"operation\":\"%s\",\"quantity\":%d}"
                .formatted(account, operation, quantity);
    }
}
