package dev.scrip.cli;

import dev.scrip.cli.demo.Customer;
import dev.scrip.cli.demo.Replay;
import dev.scrip.cli.report.TextTable;
import dev.scrip.cli.report.TextTable.Column;
import dev.scrip.client.MarginReport;
import dev.scrip.client.MoneyAmount;
import dev.scrip.pricing.Plan;
import dev.scrip.pricing.Prose;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.PrettyPrinter;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.core.util.Separators;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// How the results of the demonstration read.
final class DemoText {

    private static final String NONE = "–";
    private static final int MONEY_DECIMALS = 2;

    /// The headers worth showing, in the order in which they are sent.
    private static final List<String> HEADERS =
            List.of(
                    "idempotent-replayed",
                    "credits-consumed",
                    "credits-required",
                    "credits-remaining",
                    "credits-reset",
                    "ratelimit-policy",
                    "ratelimit");

    private static final PrettyPrinter PRETTY =
            new DefaultPrettyPrinter(
                            Separators.createDefaultInstance()
                                    .withObjectNameValueSpacing(Separators.Spacing.AFTER))
                    .withArrayIndenter(DefaultIndenter.SYSTEM_LINEFEED_INSTANCE);

    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .defaultPrettyPrinter(PRETTY)
                    .build();

    private DemoText() {}

    static TextTable plans(Collection<Plan> plans, List<Customer> customers, String currency) {
        var table =
                new TextTable(
                        Column.left("plan"),
                        Column.right("accounts"),
                        Column.right("credits a month"),
                        Column.right("fee"));
        plans.stream()
                .sorted(Comparator.comparing(Plan::includedCredits))
                .forEach(plan ->
                        table.add(
                                plan.title(),
                                count(
                                        customers.stream()
                                                .filter(one -> one.plan().equals(plan.id()))
                                                .count()),
                                credits(plan.includedCredits().toBigDecimal()),
                                Numbers.plain(plan.fee().toBigDecimal()) + " " + currency));
        return table;
    }

    static String progress(int done, int total, long startNanos) {
        long millis = Math.max(1, (System.nanoTime() - startNanos) / 1_000_000);
        return count(done)
                + " of "
                + count(total)
                + ", "
                + count(done * 1_000L / millis)
                + " a second";
    }

    static List<String> replay(Replay.Result result) {
        var dry = result.tooFew().stream().map(Replay.Refused::account).distinct().count();
        return List.of(
                Prose.counted(result.calls(), "call")
                        + " in "
                        + seconds(result.elapsed())
                        + ": "
                        + count(result.callsPerSecond())
                        + " a second, each durable before it was answered",
                "Time to answer: p50 " + millis(result.p50()) + ", p99 " + millis(result.p99()),
                count(result.charged())
                        + " charged (201), "
                        + count(result.tooFew().size())
                        + " refused (402) because "
                        + Prose.counted(dry, "account")
                        + " ran dry");
    }

    /// Status, the headers about credits, and the body.
    static List<String> answer(HttpResponse<String> response) {
        var lines = new ArrayList<String>();
        lines.add("HTTP/1.1 " + response.statusCode());
        for (var name : HEADERS) {
            for (var value : response.headers().allValues(name)) {
                lines.add(titled(name) + ": " + value);
            }
        }
        lines.addAll(pretty(response.body()));
        return lines;
    }

    static List<String> pretty(String json) {
        return JSON.writerWithDefaultPrettyPrinter()
                .writeValueAsString(JSON.readTree(json))
                .lines()
                .toList();
    }

    /// As headers are usually written: `Credits-Remaining`.
    private static String titled(String name) {
        if (name.startsWith("ratelimit")) {
            return name.replace("ratelimit", "RateLimit").replace("-policy", "-Policy");
        }
        var title = new StringBuilder();
        for (var word : name.split("-", -1)) {
            title.append(title.isEmpty() ? "" : "-")
                    .append(word.substring(0, 1).toUpperCase(Locale.ROOT))
                    .append(word.substring(1));
        }
        return title.toString();
    }

    static TextTable margins(MarginReport report) {
        var table =
                new TextTable(
                        Column.left("operation"),
                        Column.right("calls"),
                        Column.right("credits"),
                        Column.right("revenue"),
                        Column.right("cost"),
                        Column.right("margin"),
                        Column.right("at yield"),
                        Column.right("floor"),
                        Column.left(""));
        for (var one : report.operations()) {
            table.add(
                    one.operation(),
                    count(one.calls()),
                    credits(one.credits()),
                    money(one.listRevenue()),
                    money(one.cost()),
                    percent(one.marginAtList()),
                    percent(one.marginAtYield()),
                    percent(one.marginFloor()),
                    one.leak() ? "LEAK, short of " + money(one.exposure()) : "");
        }
        table.add(
                "all",
                count(report.operations().stream().mapToLong(one -> one.calls()).sum()),
                credits(
                        report.operations().stream()
                                .map(MarginReport.OperationMargin::credits)
                                .reduce(BigDecimal.ZERO, BigDecimal::add)),
                money(report.listRevenue()),
                money(report.cost()),
                percent(report.marginAtList()),
                percent(report.marginAtYield()),
                "",
                "");
        return table;
    }

    /// What given and discounted credits leave of the margin at list price.
    static String yieldRemark(MarginReport report) {
        return "At yield: of what the burned credits really earned, free ones nothing, "
                + percent(report.marginAtYield())
                + " remain.";
    }

    static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    static String credits(BigDecimal credits) {
        return credits.stripTrailingZeros().scale() <= 0
                ? count(credits.longValueExact())
                : Numbers.plain(credits);
    }

    static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1e3);
    }

    private static String millis(Duration duration) {
        return String.format(Locale.ROOT, "%.1f ms", duration.toNanos() / 1e6);
    }

    private static String money(MoneyAmount money) {
        return money.amount().setScale(MONEY_DECIMALS, RoundingMode.HALF_EVEN).toPlainString();
    }

    private static String percent(@Nullable BigDecimal share) {
        return share == null
                ? NONE
                : share.movePointRight(2).setScale(1, RoundingMode.HALF_EVEN).toPlainString()
                        + " %";
    }
}
