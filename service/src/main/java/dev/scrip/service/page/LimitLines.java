package dev.scrip.service.page;

import dev.scrip.ledger.AccountView;
import dev.scrip.ledger.Limit;
import dev.scrip.pricing.Credits;
import dev.scrip.service.page.AccountPanel.LimitLine;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Locale;

/// Shows limits to people, with a bar for those that bound credits.
final class LimitLines {

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
    private static final BigDecimal LOW_FROM = BigDecimal.valueOf(90);

    private LimitLines() {}

    static LimitLine of(AccountView.LimitView view, Instant now) {
        return switch (view.limit()) {
            case Limit.Rate rate ->
                    new LimitLine(
                            rate.id(),
                            about(rate.scope()),
                            Figures.count(rate.calls())
                                    + " calls in "
                                    + Figures.count(rate.per().toSeconds())
                                    + " s",
                            Figures.count(view.callsLeft()) + " calls left",
                            "",
                            "");
            case Limit.Cap cap -> cap(cap, view, now);
        };
    }

    private static LimitLine cap(Limit.Cap cap, AccountView.LimitView view, Instant now) {
        // Nothing may be used under a cap of nothing: it counts as used up.
        var percent =
                cap.credits().isZero() ? HUNDRED : Figures.percent(view.used(), cap.credits());
        var left = cap.credits().minus(view.used().min(cap.credits()));
        return new LimitLine(
                cap.id(),
                about(cap.scope()),
                Figures.credits(cap.credits())
                        + " credits a "
                        + cap.window().name().toLowerCase(Locale.ROOT),
                left(left) + ", resets " + Figures.until(now, view.resetsAt()),
                percent.min(HUNDRED).toPlainString(),
                percent.compareTo(LOW_FROM) >= 0 ? "low" : "");
    }

    private static String left(Credits left) {
        return Figures.credits(left) + " left";
    }

    private static String about(Limit.Scope scope) {
        var parts = new ArrayList<String>(2);
        if (scope.operation() != null) {
            parts.add(scope.operation());
        }
        if (scope.apiKey() != null) {
            parts.add("key " + scope.apiKey());
        }
        return parts.isEmpty() ? "all calls" : String.join(", ", parts);
    }
}
