package dev.scrip.service.page;

import dev.scrip.ledger.AccountStatus;
import dev.scrip.ledger.AccountView;
import dev.scrip.ledger.Alert;
import dev.scrip.ledger.Fact;
import dev.scrip.ledger.FactId;
import dev.scrip.ledger.GrantCategory;
import dev.scrip.metering.OperationUsage;
import dev.scrip.pricing.Credits;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Where an account stands, as the page shows it.
///
/// @param usedPercent of what its live grants deposited, such as `64.9`
/// @param barWidth the same within 0 to 100, as the length of a bar
/// @param barClass `low` when little is left
/// @param resets such as `in 8 days`
/// @param zone in which all times are
/// @param notes what else there is to know, such as that the account is frozen; empty when nothing
/// @param ahead what will happen by itself, such as a change of the plan; empty when nothing
/// @param pool on whose credits it draws; empty when it has its own
/// @param children accounts that draw on it
/// @param firing alerts that were crossed and have not recovered; empty when none
public record AccountPanel(
        String name,
        String plan,
        String available,
        String used,
        String quota,
        String usedPercent,
        String barWidth,
        String barClass,
        String resets,
        String resetsAt,
        String periodStart,
        String zone,
        String notes,
        String ahead,
        String pool,
        List<String> children,
        String firing,
        List<LimitLine> limits,
        String calls,
        List<UsageLine> usage,
        List<GrantLine> grants,
        List<EntryLine> entries) {

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
    private static final BigDecimal LOW_FROM = BigDecimal.valueOf(90);

    /// @param share percent of the credits used in the period
    public record UsageLine(String operation, String calls, String credits, String share) {}

    /// @param note such as `spent`; empty for an ordinary grant
    public record GrantLine(
            String id,
            String kind,
            String credits,
            String remaining,
            String expires,
            String note) {}

    /// @param credits with its sign; empty when the entry moves none
    public record EntryLine(
            String at, String id, String what, String detail, String credits, String balance) {}

    /// @param about which calls it bounds, such as `image.*`
    /// @param allows such as `150 credits a day`
    /// @param now where it stands, such as `50 credits left`
    /// @param barWidth 0 to 100; empty for a rate, which has no bar
    /// @param barClass `low` when little is left
    public record LimitLine(
            String id, String about, String allows, String now, String barWidth, String barClass) {}

    public AccountPanel {
        children = List.copyOf(children);
        limits = List.copyOf(limits);
        usage = List.copyOf(usage);
        grants = List.copyOf(grants);
        entries = List.copyOf(entries);
    }

    static AccountPanel of(
            AccountView view, List<OperationUsage> usage, List<Fact> entries, Instant now) {
        var zone = view.zone();
        var used = view.used();
        var percent = Figures.percent(used, view.quota());
        long calls = 0;
        var burned = Credits.ZERO;
        for (var row : usage) {
            calls = Math.addExact(calls, row.calls());
            burned = burned.plus(row.credits());
        }
        var total = burned;
        var pool = view.pool();
        return new AccountPanel(
                view.account().name(),
                view.plan().plan(),
                Figures.credits(view.available()),
                Figures.credits(used),
                Figures.credits(view.quota()),
                percent.toPlainString(),
                percent.max(BigDecimal.ZERO).min(HUNDRED).toPlainString(),
                percent.compareTo(LOW_FROM) >= 0 ? "low" : "",
                Figures.until(now, view.periodEnd()),
                Figures.moment(view.periodEnd(), zone),
                Figures.moment(view.periodStart(), zone),
                zone.getId(),
                notes(view),
                ahead(view),
                pool == null ? "" : pool.name(),
                view.children(),
                firing(view),
                view.limits().stream().map(limit -> LimitLines.of(limit, now)).toList(),
                Figures.count(calls),
                usage.stream()
                        .sorted(Comparator.comparing(OperationUsage::credits).reversed())
                        .map(row -> line(row, total))
                        .toList(),
                view.grants().stream().map(grant -> line(grant, zone, now)).toList(),
                entries.stream().map(fact -> EntryLines.of(fact, zone)).toList());
    }

    private static String notes(AccountView view) {
        var notes = new ArrayList<String>();
        if (view.status() != AccountStatus.OPEN) {
            notes.add("The account is " + view.status().name().toLowerCase(Locale.ROOT) + ".");
        }
        if (view.held().isPositive()) {
            notes.add(Figures.credits(view.held()) + " credits are set aside.");
        }
        if (view.receivable().isPositive()) {
            notes.add(Figures.credits(view.receivable()) + " credits are owed.");
        }
        return String.join(" ", notes);
    }

    private static String ahead(AccountView view) {
        var notes = new ArrayList<String>();
        var next = view.nextPlan();
        if (next != null) {
            notes.add(
                    "The plan changes to "
                            + next.plan()
                            + " on "
                            + Figures.moment(view.periodEnd(), view.zone())
                            + ".");
        }
        var rule = view.topUpRule();
        if (rule != null) {
            notes.add(
                    "Below "
                            + Figures.credits(rule.threshold())
                            + " credits, it is filled up to "
                            + Figures.credits(rule.target())
                            + ".");
        }
        if (view.openTopUp() != 0) {
            notes.add("A top-up waits to be paid.");
        }
        return String.join(" ", notes);
    }

    private static String firing(AccountView view) {
        return view.alerts().stream()
                .filter(AccountView.AlertView::fired)
                .map(alert -> alert.alert().id() + " (" + meaning(alert.alert()) + ")")
                .collect(Collectors.joining(", "));
    }

    private static String meaning(Alert alert) {
        return switch (alert) {
            case Alert.Used used -> "at least " + used.percent() + " % used";
            case Alert.Remaining remaining ->
                    "fewer than " + Figures.credits(remaining.credits()) + " credits left";
            case Alert.Forecast forecast ->
                    "at this pace, " + forecast.percent() + " % or more used when it resets";
        };
    }

    private static UsageLine line(OperationUsage row, Credits total) {
        return new UsageLine(
                row.operation(),
                Figures.count(row.calls()),
                Figures.credits(row.credits()),
                Figures.percent(row.credits(), total).toPlainString());
    }

    private static GrantLine line(AccountView.GrantView grant, ZoneId zone, Instant now) {
        var terms = grant.terms();
        return new GrantLine(
                FactId.grant(grant.grant()),
                kind(terms.category()),
                Figures.credits(terms.amount()),
                Figures.credits(grant.remaining()),
                expiry(terms.expires(), zone),
                note(grant, zone, now));
    }

    private static String note(AccountView.GrantView grant, ZoneId zone, Instant now) {
        var terms = grant.terms();
        var notes = new ArrayList<String>(2);
        if (terms.effective().isAfter(now)) {
            notes.add("from " + Figures.moment(terms.effective(), zone));
        } else if (grant.remaining().isZero()) {
            notes.add("spent");
        }
        if (!terms.operations().isEmpty()) {
            notes.add("for " + String.join(", ", terms.operations()));
        }
        return String.join(", ", notes);
    }

    static String kind(GrantCategory category) {
        return switch (category) {
            case PROMOTIONAL -> "promotional";
            case PLAN -> "plan";
            case PAID -> "paid";
        };
    }

    private static String expiry(@Nullable Instant expires, ZoneId zone) {
        return expires == null ? "never" : Figures.moment(expires, zone);
    }
}
