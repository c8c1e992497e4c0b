package dev.scrip.cli;

import dev.scrip.cli.report.Block;
import dev.scrip.cli.report.Report;
import dev.scrip.cli.report.TextTable;
import dev.scrip.cli.report.TextTable.Column;
import dev.scrip.insight.Cohorts;
import dev.scrip.insight.Cohorts.Cohort;
import dev.scrip.insight.Cohorts.Heavy;
import dev.scrip.insight.Cohorts.Member;
import dev.scrip.pricing.CreditTableDesign;
import dev.scrip.pricing.Credits;
import dev.scrip.pricing.DesignedOperation;
import dev.scrip.pricing.Prose;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Who keeps an old price, what that gives up, and what to put into the pricing file.
///
/// @param now the operation at the old price
/// @param to what a call shall cost
/// @param members those who use most first
/// @param start the first day of the new price
/// @param until the day from which nobody keeps the old one; null when it is not known
record CohortsResult(
        CreditTableDesign design,
        DesignedOperation now,
        Credits to,
        Cohorts rule,
        List<Member> members,
        LocalDate start,
        @Nullable LocalDate until)
        implements Result {

    /// Fewer than these tell little of what a price does.
    private static final int MEASURABLE = 30;

    private static final BigDecimal MONTH_DAYS = BigDecimal.valueOf(30);

    CohortsResult {
        members = List.copyOf(members);
    }

    @Override
    public Report report() {
        var blocks = new ArrayList<Block>();
        blocks.add(new Block.Table("", summary()));
        remarks().forEach(one -> blocks.add(new Block.Paragraph(one)));
        if (members.stream().anyMatch(one -> one.cohort().keepsPrice())) {
            blocks.add(new Block.Heading("For the pricing file that has the new price"));
            blocks.add(new Block.Code(adjustments()));
        }
        blocks.add(new Block.Heading("Accounts"));
        blocks.add(new Block.Table("", accounts()));
        return new Report("Who keeps the price", lead(), blocks);
    }

    @Override
    public String json() {
        return JsonText.of(json -> {
            json.writeStartObject();
            json.writeStringProperty("operation", now.operation());
            JsonText.number(json, "credits_before", now.credits().toString());
            JsonText.number(json, "credits_after", to.toString());
            json.writeStringProperty("from", start.toString());
            json.writeStringProperty("until", until == null ? null : until.toString());
            json.writeNumberProperty("seed", rule.seed());
            json.writeStringProperty("currency", design.currency());
            json.writeName("accounts");
            json.writeStartArray();
            for (var member : members) {
                json.writeStartObject();
                json.writeStringProperty("account", member.account());
                json.writeStringProperty("cohort", member.cohort().word());
                JsonText.number(json, "monthly_credits", Numbers.rate(member.monthlyCredits()));
                JsonText.number(json, "monthly_given_up", money(givenUp(member)));
                var whole = whole(givenUp(member));
                JsonText.number(json, "given_up", whole == null ? null : money(whole));
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeStringProperty("adjustments", String.join("\n", adjustments()));
            json.writeEndObject();
        });
    }

    @Override
    public List<String> csv() {
        var lines = new ArrayList<String>();
        lines.add("account,cohort,monthly_credits,monthly_given_up,given_up");
        for (var member : members) {
            var whole = whole(givenUp(member));
            lines.add(
                    new CsvLine()
                            .text(member.account())
                            .text(member.cohort().word())
                            .figure(Numbers.rate(member.monthlyCredits()))
                            .figure(money(givenUp(member)))
                            .figure(whole == null ? "" : money(whole))
                            .toString());
        }
        return lines;
    }

    private String lead() {
        var heavy =
                switch (rule.heavy()) {
                    case Heavy.TopShare(var share) ->
                            "the " + Numbers.percent(share) + " that use most of it";
                    case Heavy.AtLeast(var credits) ->
                            "those who use at least "
                                    + Numbers.plain(credits)
                                    + " "
                                    + Prose.numbered(credits, "credit")
                                    + " a month";
                };
        return now.operation()
                + ": "
                + now.credits()
                + " → "
                + to
                + " credits from "
                + start
                + "; "
                + heavy
                + " keep the price, and "
                + Numbers.percent(rule.holdout())
                + " of the others by lot (seed "
                + rule.seed()
                + ")";
    }

    private TextTable summary() {
        var table =
                new TextTable(
                        Column.left("cohort"),
                        Column.right("accounts"),
                        Column.right("credits a month"),
                        Column.right("given up a month"),
                        Column.right("until the end"));
        for (var cohort : Cohort.values()) {
            var its = members.stream().filter(one -> one.cohort() == cohort).toList();
            var credits =
                    its.stream()
                            .map(Member::monthlyCredits)
                            .reduce(BigDecimal.ZERO, BigDecimal::add);
            var lost = its.stream().map(this::givenUp).reduce(BigDecimal.ZERO, BigDecimal::add);
            var whole = whole(lost);
            table.add(
                    cohort.word(),
                    Integer.toString(its.size()),
                    shown(credits),
                    money(lost),
                    whole == null ? "–" : money(whole));
        }
        return table;
    }

    private List<String> remarks() {
        var lines = new ArrayList<String>();
        lines.add(
                "Given up is what they would pay more at list price in "
                        + design.currency()
                        + ", if they called as often.");
        var heldOut = members.stream().filter(one -> one.cohort() == Cohort.HOLDOUT).count();
        if (rule.holdout().signum() > 0 && heldOut < MEASURABLE) {
            lines.add(
                    "The holdout is only "
                            + Prose.counted(heldOut, "account")
                            + ": with fewer than "
                            + MEASURABLE
                            + ", a difference to the others says little.");
        }
        return lines;
    }

    private List<String> adjustments() {
        var lines = new ArrayList<String>();
        lines.add("adjustments:");
        lines.add("  keep_" + now.operation().replace('.', '_') + ":");
        if (until == null) {
            lines.add("    # publish without this block when everybody shall pay the new price");
        } else {
            lines.add("    until: " + until.atStartOfDay(ZoneOffset.UTC).toInstant());
        }
        lines.add("    operations: [" + now.operation() + "]");
        lines.add("    accounts:");
        for (var member : members) {
            if (member.cohort().keepsPrice()) {
                lines.add(
                        "      "
                                + member.account()
                                + ": {credits: "
                                + now.credits()
                                + "}  # "
                                + member.cohort().word());
            }
        }
        return lines;
    }

    private TextTable accounts() {
        var table =
                new TextTable(
                        Column.left("account"),
                        Column.left("cohort"),
                        Column.right("credits a month"),
                        Column.right("given up a month"));
        for (var member : members) {
            table.add(
                    member.account(),
                    member.cohort().word(),
                    shown(member.monthlyCredits()),
                    member.cohort().keepsPrice() ? money(givenUp(member)) : "–");
        }
        return table;
    }

    /// What an account would pay more in a month; nothing for those who do.
    private BigDecimal givenUp(Member member) {
        if (!member.cohort().keepsPrice()) {
            return BigDecimal.ZERO;
        }
        var before = now.credits().toBigDecimal();
        return member.monthlyCredits()
                .multiply(to.toBigDecimal().subtract(before))
                .multiply(design.creditPrice().perCredit().toBigDecimal())
                .divide(before, MathContext.DECIMAL128);
    }

    private @Nullable BigDecimal whole(BigDecimal monthly) {
        return until == null
                ? null
                : monthly.multiply(BigDecimal.valueOf(ChronoUnit.DAYS.between(start, until)))
                        .divide(MONTH_DAYS, MathContext.DECIMAL128);
    }

    private static String shown(BigDecimal credits) {
        return Numbers.plain(credits.setScale(0, RoundingMode.HALF_EVEN));
    }

    private static String money(BigDecimal amount) {
        return amount.setScale(2, RoundingMode.HALF_EVEN).toPlainString();
    }
}
