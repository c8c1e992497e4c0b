package dev.scrip.pricingfile;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Plans whose bundles are to be sized, as a JSON file that names a file of accounts beside it.
///
/// @param accounts credits each used in the month
/// @param daily the same by day, where a file of days is named; may lack accounts
/// @param shareOverMax null for no bound
/// @param marginMin null for no bound
public record BundleFile(
        List<Plan> plans,
        BigDecimal overagePrice,
        BigDecimal costPerCredit,
        SortedMap<String, BigDecimal> accounts,
        SortedMap<String, SortedMap<Integer, BigDecimal>> daily,
        @Nullable BigDecimal shareOverMax,
        @Nullable BigDecimal marginMin,
        Methods methods) {

    /// @param included at least one figure
    public record Plan(String id, BigDecimal fee, List<BigDecimal> included) {

        public Plan {
            included = List.copyOf(included);
        }
    }

    /// What the usual ways of sizing a bundle start from; null where the file says nothing.
    public record Methods(
            @Nullable CostMultiple costMultiple,
            @Nullable UseCase useCase,
            @Nullable List<CompetingBundle> competitors) {

        static final Methods NONE = new Methods(null, null, null);
    }

    /// @param buffer share on top of what the fee buys
    /// @param creditPrice what a credit costs the customer; null for the overage price
    public record CostMultiple(BigDecimal buffer, @Nullable BigDecimal creditPrice) {}

    public record UseCase(BigDecimal operationsPerDay, BigDecimal creditsPerOperation) {}

    public record CompetingBundle(BigDecimal credits, BigDecimal price) {}

    private static final String FIELDS =
            "plans, overage_price_per_credit, cost_per_credit and accounts_file";
    private static final Pattern PLAN_ID = Pattern.compile("[a-z][a-z0-9_-]{0,63}");

    /// Names that the answer uses beside those of plans.
    private static final Set<String> TAKEN =
            Set.of(
                    "revenue",
                    "cost",
                    "profit",
                    "margin",
                    "accounts_on",
                    "share_over_included_among_paid",
                    "feasible",
                    "reasons",
                    "details");

    public BundleFile {
        plans = List.copyOf(plans);
    }

    /// @throws PricingFileException if there is anything wrong with the file or one it names
    public static BundleFile read(Path path) {
        return new Reader(path, new Problems(path.toString())).read();
    }

    private record Reader(Path path, Problems problems) {

        BundleFile read() {
            var root =
                    YamlText.parseJson(
                            PricingFile.text(path, problems, "bundle file"), FIELDS, problems);
            var plans = plans(root);
            var overage = root.neededFigure("overage_price_per_credit", Figure.RATE);
            var cost = root.neededFigure("cost_per_credit", Figure.RATE);
            var accountsFile = root.neededText("accounts_file", "a CSV file beside this one");
            var dailyFile = root.text("daily_file", "a CSV file beside this one");
            var constraints =
                    root.section(
                            "constraints",
                            "max_share_over_included_among_paid and min_blended_margin");
            BigDecimal shareMax = null;
            BigDecimal marginMin = null;
            if (constraints != null) {
                shareMax =
                        constraints.figure("max_share_over_included_among_paid", Figure.FULL_SHARE);
                marginMin = constraints.figure("min_blended_margin", Figure.SHARE);
                constraints.refuseOthers();
            }
            var methods = methods(root);
            root.refuseOthers();
            problems.throwIfAny();
            if (overage == null || cost == null || accountsFile == null) {
                throw new IllegalStateException("A field is missing, and no problem noted.");
            }
            var accounts = AccountUsage.credits(path.resolveSibling(accountsFile));
            return new BundleFile(
                    plans,
                    overage,
                    cost,
                    accounts,
                    dailyFile == null
                            ? new TreeMap<>()
                            : AccountUsage.daily(path.resolveSibling(dailyFile), accounts.keySet()),
                    shareMax,
                    marginMin,
                    methods);
        }

        private List<Plan> plans(Section root) {
            var plans = new ArrayList<Plan>();
            var expected = "a list of plans with id, fee and included or included_candidates";
            var field = root.needed("plans", expected) ? root.field("plans") : null;
            var items = field == null ? null : field.items(expected);
            if (field == null || items == null) {
                return plans;
            }
            if (items.isEmpty()) {
                field.problem("has no plans", "at least one");
            }
            var seen = new HashSet<String>();
            for (var item : items) {
                var section = item.section("id, fee and included or included_candidates");
                var plan = section == null ? null : plan(section);
                if (plan == null) {
                    continue;
                }
                if (!seen.add(plan.id())) {
                    item.problem(Wording.quote(plan.id()) + " is there twice", "it once");
                }
                plans.add(plan);
            }
            return plans;
        }

        private static @Nullable Plan plan(Section plan) {
            var id = plan.neededText("id", "a plan id such as starter");
            var fee = plan.neededFigure("fee", Figure.MONEY);
            var included = included(plan);
            plan.refuseOthers();
            if (id != null && (!PLAN_ID.matcher(id).matches() || TAKEN.contains(id))) {
                plan.problem(
                        Wording.quote(id) + " is no plan id, or means something else in the answer",
                        "a lower-case letter, then letters, digits, _ or -");
                return null;
            }
            return id == null || fee == null || included.isEmpty()
                    ? null
                    : new Plan(id, fee, included);
        }

        private static List<BigDecimal> included(Section plan) {
            var included = new ArrayList<BigDecimal>();
            var candidates = plan.field("included_candidates");
            if (candidates == null || plan.has("included")) {
                var one = plan.neededFigure("included", Figure.USED_CREDITS);
                if (candidates != null) {
                    candidates.problem("stands beside included", "one of the two");
                } else if (one != null) {
                    included.add(one);
                }
                return included;
            }
            var items = candidates.items("a list of credits such as [50000, 100000]");
            if (items == null) {
                return included;
            }
            if (items.isEmpty()) {
                candidates.problem("is empty", "at least one figure");
            }
            for (var item : items) {
                var figure = item.figure(Figure.USED_CREDITS);
                if (figure != null) {
                    if (included.stream().anyMatch(one -> one.compareTo(figure) == 0)) {
                        item.problem(figure.toPlainString() + " is there twice", "it once");
                    }
                    included.add(figure);
                }
            }
            return included;
        }

        private static Methods methods(Section root) {
            var section =
                    root.section(
                            "methods", "cost_multiple, use_case_anchor and competitive_parity");
            if (section == null) {
                return Methods.NONE;
            }
            var methods =
                    new Methods(costMultiple(section), useCase(section), competitors(section));
            section.refuseOthers();
            return methods;
        }

        private static @Nullable CostMultiple costMultiple(Section methods) {
            var section = methods.section("cost_multiple", "buffer and perhaps credit_price");
            if (section == null) {
                return null;
            }
            var buffer = section.neededFigure("buffer", Figure.BUFFER);
            var price = section.figure("credit_price", Figure.PRICE);
            section.refuseOthers();
            return buffer == null ? null : new CostMultiple(buffer, price);
        }

        private static @Nullable UseCase useCase(Section methods) {
            var section =
                    methods.section(
                            "use_case_anchor", "operations_per_day and credits_per_operation");
            if (section == null) {
                return null;
            }
            var operations = section.neededFigure("operations_per_day", Figure.SIZE);
            var credits = section.neededFigure("credits_per_operation", Figure.SIZE);
            section.refuseOthers();
            return operations == null || credits == null ? null : new UseCase(operations, credits);
        }

        private static @Nullable List<CompetingBundle> competitors(Section methods) {
            var expected = "a list of bundles with credits and price";
            var field = methods.field("competitive_parity");
            var items = field == null ? null : field.items(expected);
            if (field == null || items == null) {
                return null;
            }
            if (items.isEmpty()) {
                field.problem("is empty", "at least one bundle");
            }
            var bundles = new ArrayList<CompetingBundle>();
            for (var item : items) {
                var bundle = item.section("credits and price");
                if (bundle != null) {
                    var credits = bundle.neededFigure("credits", Figure.SIZE);
                    var price = bundle.neededFigure("price", Figure.PRICE);
                    var _ = bundle.text("name", "a name");
                    bundle.refuseOthers();
                    if (credits != null && price != null) {
                        bundles.add(new CompetingBundle(credits, price));
                    }
                }
            }
            return List.copyOf(bundles);
        }
    }
}
