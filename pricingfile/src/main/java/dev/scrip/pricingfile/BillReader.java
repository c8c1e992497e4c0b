package dev.scrip.pricingfile;

import dev.scrip.pricing.CostCategory;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads the rows of a bill.
final class BillReader {

    /// FOCUS `ServiceCategory` values that calls cause; every other one is overhead.
    private static final Map<String, CostCategory> BY_SERVICE_CATEGORY =
            Map.of(
                    "Compute", CostCategory.COMPUTE,
                    "Storage", CostCategory.STORAGE,
                    "Databases", CostCategory.STORAGE,
                    "Networking", CostCategory.BANDWIDTH,
                    "AI and Machine Learning", CostCategory.THIRD_PARTY);

    private static final Pattern MONTH = Pattern.compile("\\d{4}-(0[1-9]|1[0-2])([-T ].*)?");
    private static final String TOTAL = "total";

    private final Path file;
    private final String currency;
    private final SortedMap<String, String> services;
    private final List<Bill.Line> lines = new ArrayList<>();
    private String amountColumn = "amount";

    BillReader(Path file, String currency, SortedMap<String, String> services) {
        this.file = file;
        this.currency = currency;
        this.services = services;
    }

    Bill read() {
        CsvTable.ofAnySize(file, file.toString())
                .read(table ->
                        table.header().contains("EffectiveCost")
                                        || table.header().contains("BilledCost")
                                ? focus(table)
                                : simple(table));
        return new Bill(file, amountColumn, lines);
    }

    private CsvTable.RowReader focus(CsvTable table) {
        // What was used in the period, discounts and commitments spread out over it.
        amountColumn = table.header().contains("EffectiveCost") ? "EffectiveCost" : "BilledCost";
        int amount = table.column(amountColumn);
        int serviceCategory = table.column("ServiceCategory");
        int service = table.header().indexOf("ServiceName");
        int start = table.column("ChargePeriodStart");
        int charge = table.header().indexOf("ChargeCategory");
        int billed = table.column("BillingCurrency");
        return cells -> {
            if (!cells.get(billed).equals(currency)) {
                table.problem(
                        "BillingCurrency",
                        Wording.quote(cells.get(billed)) + " is not the pricing file's currency",
                        currency);
            }
            var name = service < 0 ? cells.get(serviceCategory) : cells.get(service);
            var isTax = charge >= 0 && cells.get(charge).equals("Tax");
            add(
                    table,
                    month(table, "ChargePeriodStart", cells.get(start)),
                    isTax ? CostCategory.OVERHEAD : category(name, cells.get(serviceCategory)),
                    isTax ? "tax on " + name : name,
                    cells.get(amount));
        };
    }

    private CostCategory category(String service, String serviceCategory) {
        var named = services.get(service);
        return named == null
                ? BY_SERVICE_CATEGORY.getOrDefault(serviceCategory, CostCategory.OVERHEAD)
                : CostCategory.of(named);
    }

    private CsvTable.RowReader simple(CsvTable table) {
        int category = table.column("category");
        int amount = table.column("amount");
        int period = table.header().indexOf("period");
        return cells -> {
            var word = cells.get(category);
            var named = services.get(word);
            if (!word.equals(TOTAL) && named == null && !CostCategory.words().contains(word)) {
                table.problem(
                        "category",
                        Wording.quote(word) + " is no category",
                        TOTAL
                                + ", one of "
                                + String.join(", ", CostCategory.words())
                                + ", or a service of bill.services in the pricing file");
                return;
            }
            add(
                    table,
                    period < 0 ? "" : month(table, "period", cells.get(period)),
                    word.equals(TOTAL) ? null : CostCategory.of(named == null ? word : named),
                    word,
                    cells.get(amount));
        };
    }

    private void add(
            CsvTable table,
            String period,
            @Nullable CostCategory category,
            String service,
            String text) {
        var amount = PlainDecimal.of(text);
        if (amount == null || amount.abs().compareTo(new BigDecimal("1000000000")) > 0) {
            table.problem(
                    amountColumn,
                    Wording.quote(text) + " is no amount",
                    "a plain decimal such as 1234.56");
            return;
        }
        lines.add(new Bill.Line(period, category, service, amount));
    }

    private static String month(CsvTable table, String column, String text) {
        if (!MONTH.matcher(text).matches()) {
            table.problem(
                    column, Wording.quote(text) + " is no time", "such as 2026-03-01T00:00:00Z");
            return "";
        }
        return text.substring(0, "2026-03".length());
    }
}
