package dev.scrip.pricingfile;

import dev.scrip.pricing.ResourceUse;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Turns the rows of a usage log into events, and notes what is wrong with them.
final class UsageRows implements UsageFormat.Rows {

    private static final int PROBLEMS_MAX = 10;
    private static final int DECIMALS_MAX = 9;
    private static final int QUANTITY_DECIMALS = 6;
    private static final BigDecimal QUANTITY_MAX = new BigDecimal("1000000000");
    private static final int TEXT_MAX = 200;
    private static final int[] NOWHERE = {};

    private final UsageLog log;
    private final UsageColumns columns;
    private final Consumer<UsageEvent> taker;
    private final List<String> problems = new ArrayList<>();
    private final List<String> wanted = new ArrayList<>();
    private final TreeMap<String, int[]> parts = new TreeMap<>();
    private final List<Unit> units = new ArrayList<>();
    private final TreeMap<String, int[]> sizes = new TreeMap<>();
    private long rows;

    /// Where the count of a third-party unit is.
    private static final class Unit {

        private final String name;
        private final int[] cells;

        Unit(String name, int[] cells) {
            this.name = name;
            this.cells = cells;
        }
    }

    UsageRows(UsageLog log, Consumer<UsageEvent> taker) {
        this.log = log;
        this.columns = log.columns();
        this.taker = taker;
    }

    void add(String problem) {
        problems.add(log.file() + ": " + problem);
    }

    void throwIfAny() {
        if (!problems.isEmpty()) {
            throw new PricingFileException(problems);
        }
    }

    void end() {
        if (rows == 0 && problems.isEmpty()) {
            add("has no row; expected one for each call");
        }
    }

    @Override
    public boolean isEnough() {
        return problems.size() >= PROBLEMS_MAX;
    }

    @Override
    public List<String> wanted(@Nullable List<String> names) {
        for (var part : UsageColumns.PARTS.keySet()) {
            var isNamed = columns.columns().containsKey(part);
            parts.put(part, cells(columns.candidates(part), names, isNamed, "usage." + part));
        }
        columns.thirdParty()
                .forEach((unit, column) ->
                        units.add(
                                new Unit(
                                        unit,
                                        cells(
                                                List.of(column),
                                                names,
                                                true,
                                                "usage.third_party." + unit))));
        for (var unit : columns.unitsByDefault()) {
            var cells = cells(List.of(unit), names, false, unit);
            if (cells.length > 0) {
                units.add(new Unit(unit, cells));
            }
        }
        columns.bands()
                .forEach((family, bands) ->
                        sizes.put(family, cells(List.of(bands.column()), names, false, family)));
        if (names != null && columns.operation() == null && at("operation").length == 0) {
            problem(
                    1,
                    "operation",
                    "no column says which operation was called",
                    "one of " + quoted(names) + " as usage.operation in the pricing file");
        }
        return problems.isEmpty() ? List.copyOf(wanted) : List.of();
    }

    @Override
    public void row(long row, @Nullable String[] cells) {
        rows++;
        int before = problems.size();
        var used = used(row, cells);
        var operation = operation(row, cells);
        var quantity = quantity(row, cells);
        var at = time(row, cells);
        var account = account(row, cells);
        var costText = first(at("cost"), cells);
        var cost = costText == null ? null : amount(row, "cost", at("cost"), costText);
        if (problems.size() == before && operation != null) {
            taker.accept(new UsageEvent(row, account, operation, at, quantity, used, cost));
        }
    }

    private int[] at(String part) {
        return parts.getOrDefault(part, NOWHERE);
    }

    /// Where the cells of some columns will be; of those a header knows, only the first.
    private int[] cells(
            List<String> candidates, @Nullable List<String> names, boolean isNeeded, String field) {
        var found = new ArrayList<Integer>();
        for (var candidate : candidates) {
            if (names == null || (names.contains(candidate) && found.isEmpty())) {
                int index = wanted.indexOf(candidate);
                if (index < 0) {
                    index = wanted.size();
                    wanted.add(candidate);
                }
                found.add(index);
            }
        }
        if (found.isEmpty() && isNeeded && names != null) {
            var meant = Wording.nearest(candidates.getFirst(), names);
            problem(
                    1,
                    candidates.getFirst(),
                    "there is no such column, which "
                            + field
                            + " of the pricing file names"
                            + (meant == null ? "" : ". Did you mean " + meant + "?"),
                    "one of " + quoted(names));
        }
        return found.stream().mapToInt(Integer::intValue).toArray();
    }

    private ResourceUse used(long row, @Nullable String[] cells) {
        var compute = amount(row, "compute_ms", cells);
        var memory = amount(row, "memory_mb", cells);
        var storage = amount(row, "storage_kb", cells);
        var bandwidth = amount(row, "bandwidth_kb", cells);
        var bought = ResourceUse.NONE.thirdParty();
        for (var unit : units) {
            var text = first(unit.cells, cells);
            if (text != null) {
                var count = amount(row, unit.name, unit.cells, text);
                if (count.signum() != 0) {
                    if (bought.isEmpty()) {
                        bought = new TreeMap<>();
                    }
                    bought.put(unit.name, count);
                }
            }
        }
        return bought.isEmpty()
                        && compute.signum() == 0
                        && memory.signum() == 0
                        && storage.signum() == 0
                        && bandwidth.signum() == 0
                ? ResourceUse.NONE
                : new ResourceUse(compute, memory, storage, bandwidth, bought);
    }

    private @Nullable String operation(long row, @Nullable String[] cells) {
        var named = columns.operation();
        if (named == null) {
            named = text(row, "operation", cells);
            if (named == null) {
                problem(row, name(at("operation")), "is empty", "an operation");
                return null;
            }
            named = columns.names().getOrDefault(named, named);
        }
        var bands = columns.bands().get(named);
        var size = bands == null ? null : first(sizes.getOrDefault(named, NOWHERE), cells);
        if (bands == null || size == null) {
            return named;
        }
        var value = amount(row, bands.column(), sizes.getOrDefault(named, NOWHERE), size);
        var band = bands.of(value);
        if (band == null) {
            problem(
                    row,
                    bands.column(),
                    "the size " + value.toPlainString() + " is above the last band of " + named,
                    "at most " + List.copyOf(bands.upTo().values()).getLast().toPlainString());
            return null;
        }
        return named + "." + band;
    }

    private @Nullable String account(long row, @Nullable String[] cells) {
        var account = text(row, "account", cells);
        if (account != null
                && (account.isBlank() || account.chars().anyMatch(Character::isISOControl))) {
            problem(
                    row,
                    name(at("account")),
                    Wording.quote(account) + " is blank or has control characters",
                    "the name of an account, or nothing");
            return null;
        }
        return account;
    }

    private BigDecimal quantity(long row, @Nullable String[] cells) {
        var text = first(at("quantity"), cells);
        if (text == null) {
            return BigDecimal.ONE;
        }
        var quantity = PlainDecimal.of(text);
        if (quantity == null
                || quantity.signum() <= 0
                || quantity.compareTo(QUANTITY_MAX) > 0
                || quantity.stripTrailingZeros().scale() > QUANTITY_DECIMALS) {
            problem(
                    row,
                    name(at("quantity")),
                    Wording.quote(text) + " is no quantity",
                    "a plain decimal above 0, at most 1000000000 and with at most 6 decimals");
            return BigDecimal.ONE;
        }
        return quantity;
    }

    private @Nullable Instant time(long row, @Nullable String[] cells) {
        var text = first(at("time"), cells);
        if (text == null) {
            return null;
        }
        var at = LogTime.of(text);
        if (at == null) {
            problem(
                    row,
                    name(at("time")),
                    Wording.quote(text) + " is no time",
                    "such as 2026-03-01T12:00:00Z, 2026-03-01 12:00:00 (taken as UTC), or seconds"
                            + " or milliseconds since 1970");
        }
        return at;
    }

    private @Nullable String text(long row, String part, @Nullable String[] cells) {
        var text = first(at(part), cells);
        if (text != null && text.length() > TEXT_MAX) {
            problem(
                    row,
                    name(at(part)),
                    Wording.quote(text) + " is too long",
                    "at most " + TEXT_MAX + " characters");
            return null;
        }
        return text;
    }

    private BigDecimal amount(long row, String part, @Nullable String[] cells) {
        var at = at(part);
        var text = first(at, cells);
        return text == null ? BigDecimal.ZERO : amount(row, part, at, text);
    }

    /// Measurements finer than a billionth are rounded half up: programs write them with all the
    /// digits of a binary fraction.
    private BigDecimal amount(long row, String part, int[] at, String text) {
        var value = PlainDecimal.of(text);
        if (value != null && value.scale() > DECIMALS_MAX) {
            value = value.setScale(DECIMALS_MAX, RoundingMode.HALF_UP);
        }
        var problem =
                value == null
                        ? Wording.quote(text) + " is not a plain decimal"
                        : Figure.AMOUNT.problem(value);
        if (value == null || problem != null) {
            problem(
                    row,
                    at.length == 0 ? part : name(at),
                    problem == null ? "" : problem,
                    Figure.AMOUNT.expected());
            return BigDecimal.ZERO;
        }
        return value;
    }

    private static @Nullable String first(int[] at, @Nullable String[] cells) {
        for (int index : at) {
            var text = cells[index];
            if (text != null && !text.isEmpty()) {
                return text;
            }
        }
        return null;
    }

    private String name(int[] at) {
        return at.length == 0 ? "operation" : wanted.get(at[0]);
    }

    private static String quoted(List<String> names) {
        return String.join(", ", names.stream().map(Wording::quote).toList());
    }

    private void problem(long row, String column, String problem, String expected) {
        if (!isEnough()) {
            problems.add(
                    log.file()
                            + ":"
                            + row
                            + ":"
                            + column
                            + ": "
                            + problem
                            + "; expected "
                            + expected);
        }
    }
}
