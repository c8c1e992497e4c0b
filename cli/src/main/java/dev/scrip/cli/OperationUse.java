package dev.scrip.cli;

import dev.scrip.pricingfile.PricingFile;
import dev.scrip.pricingfile.UsageEvent;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What accounts use of one operation in 30 days, in credits of the table, at the pace of a log; as
/// the log has it when it has no times or is of less than a day.
final class OperationUse {

    /// An account as a pricing file names it.
    static final Pattern ACCOUNT = Pattern.compile("[a-z][a-z0-9_-]{0,31}/[A-Za-z0-9._:-]{1,128}");

    private static final BigDecimal MONTH_SECONDS =
            BigDecimal.valueOf(Duration.ofDays(30).toSeconds());

    private final TreeMap<String, BigDecimal> credits = new TreeMap<>();
    private @Nullable Instant first;
    private @Nullable Instant end;

    private OperationUse() {}

    /// @param workspace of accounts that the log names without one
    /// @throws IllegalArgumentException if the log cannot be used, or a call of the operation has
    ///   no account that could have a price of its own
    static OperationUse read(PricingFile pricing, Path usage, String operation, String workspace) {
        var book = pricing.toPriceBook("now", Instant.EPOCH);
        var use = new OperationUse();
        pricing.usageLog(usage)
                .forEach(event -> {
                    use.time(event.at());
                    if (event.operation().equals(operation)) {
                        var quote = book.quote(operation, event.quantity());
                        if (quote != null) {
                            use.credits.merge(
                                    account(usage, event, workspace),
                                    quote.credits().toBigDecimal(),
                                    BigDecimal::add);
                        }
                    }
                });
        if (use.credits.isEmpty()) {
            throw new IllegalArgumentException(
                    usage + ": has no call of " + operation + "; expected those of its accounts");
        }
        return use;
    }

    private void time(@Nullable Instant at) {
        if (at != null) {
            first = first == null || at.isBefore(first) ? at : first;
            end = end == null || at.isAfter(end) ? at : end;
        }
    }

    private static String account(Path usage, UsageEvent event, String workspace) {
        var named = event.account();
        if (named == null) {
            throw new IllegalArgumentException(
                    usage
                            + ":"
                            + event.row()
                            + ":account: there is none; expected a column such as account, or"
                            + " usage.account in the pricing file");
        }
        var account = named.indexOf('/') < 0 ? workspace + "/" + named : named;
        if (!ACCOUNT.matcher(account).matches()) {
            throw new IllegalArgumentException(
                    usage
                            + ":"
                            + event.row()
                            + ":account: \""
                            + named
                            + "\" cannot have a price of its own; expected an account of the"
                            + " server: letters, digits, . _ : or -, with its workspace before a /"
                            + " if need be");
        }
        return account;
    }

    SortedMap<String, BigDecimal> monthlyCredits() {
        var span = first == null || end == null ? Duration.ZERO : Duration.between(first, end);
        if (span.compareTo(Duration.ofDays(1)) < 0) {
            return Collections.unmodifiableSortedMap(credits);
        }
        var monthly = new TreeMap<String, BigDecimal>();
        for (Map.Entry<String, BigDecimal> entry : credits.entrySet()) {
            monthly.put(
                    entry.getKey(),
                    entry.getValue()
                            .multiply(MONTH_SECONDS)
                            .divide(BigDecimal.valueOf(span.toSeconds()), MathContext.DECIMAL128));
        }
        return monthly;
    }
}
