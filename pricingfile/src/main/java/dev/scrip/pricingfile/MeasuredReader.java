package dev.scrip.pricingfile;

import dev.scrip.pricing.CostProfile;
import dev.scrip.pricing.CostRates;
import dev.scrip.pricing.CostRecorder;
import dev.scrip.pricing.PriceUnit;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads the `measured` part of an operation, and the costs of the calls in its log.
final class MeasuredReader {

    private static final Pattern BAND_ID = Pattern.compile("[a-z0-9][a-z0-9_-]{0,15}");
    private static final String SOURCE = "a column of the log, or a figure for every call";

    private final Path source;
    private final CostRates rates;

    MeasuredReader(Path source, CostRates rates) {
        this.source = source;
        this.rates = rates;
    }

    /// How to read the log, or null with problems noted.
    ///
    /// @param unit what the operation counts; null when it counts calls
    @Nullable MeasuredLog read(String family, Field field, @Nullable PriceUnit unit) {
        var section = field.section("log, and what its columns mean");
        if (section == null) {
            return null;
        }
        if (unit != null
                && !section.needed(
                        "quantity",
                        "the column that says how many of unit " + unit.name() + " a call is")) {
            return null;
        }
        var quantity =
                section.field("quantity") == null ? MeasuredLog.Source.ONE : quantity(section);
        var log = section.neededText("log", "a CSV file beside this one");
        var use = new TreeMap<String, MeasuredLog.Source>();
        var useSection = section.section("use", "a source for compute_ms and others");
        if (useSection != null) {
            for (var resource : OperationReader.RESOURCES) {
                var source = source(useSection.field(resource));
                if (source != null) {
                    use.put(resource, source);
                }
            }
            useSection.refuseOthers();
        }
        var thirdParty = new TreeMap<String, MeasuredLog.Source>();
        var bought = section.section("third_party", "a source for each unit");
        if (bought != null) {
            for (var one : bought.all()) {
                var source = source(one);
                if (OperationReader.checkRate(one, rates) && source != null) {
                    thirdParty.put(one.name(), source);
                }
            }
        }
        var bands = section.has("bands") ? bands(family, section) : null;
        section.refuseOthers();
        if (use.isEmpty() && thirdParty.isEmpty()) {
            section.problem("says nothing of what a call uses", "use, third_party or both");
        }
        if (log == null || quantity == null || (bands == null && section.has("bands"))) {
            return null;
        }
        return new MeasuredLog(
                family, source.resolveSibling(log), bands, quantity, use, thirdParty);
    }

    private static MeasuredLog.@Nullable Source quantity(Section section) {
        var source = source(section.field("quantity"));
        if (source instanceof MeasuredLog.Source.Constant(var value) && value.signum() == 0) {
            AdjustmentReader.noted(
                    section, "quantity", "0 is too small", "a column, or a figure greater than 0");
            return null;
        }
        return source;
    }

    /// The cost profile of each operation of a log, in the order of its bands.
    ///
    /// @param per for how many of what the operation counts its cost and its credits are
    /// @throws PricingFileException if the log cannot be used
    Map<String, CostProfile> profiles(MeasuredLog log, BigDecimal per) {
        var recorders = new LinkedHashMap<String, CostRecorder>();
        for (var operation : log.operations()) {
            recorders.put(operation, new CostRecorder(rates));
        }
        log.forEachCall(call -> {
            var recorder = recorders.get(call.operation());
            if (recorder != null) {
                recorder.record(
                        call.use(),
                        rates.cost(call.use()),
                        call.quantity().divide(per, MathContext.DECIMAL128));
            }
        });
        var profiles = new LinkedHashMap<String, CostProfile>();
        var empty = new ArrayList<String>();
        recorders.forEach((operation, recorder) -> {
            if (recorder.calls() == 0) {
                empty.add(
                        log.log()
                                + ": has no call of "
                                + operation
                                + ", so its cost is unknown; expected at least one. Maybe"
                                + " leave that band out");
            } else {
                profiles.put(operation, recorder.toProfile());
            }
        });
        if (!empty.isEmpty()) {
            throw new PricingFileException(empty);
        }
        return profiles;
    }

    private static MeasuredLog.@Nullable Source source(@Nullable Field field) {
        if (field == null) {
            return null;
        }
        var text = field.text(SOURCE);
        if (text == null) {
            return null;
        }
        if (!Character.isDigit(text.codePointAt(0)) && !text.startsWith("-")) {
            return new MeasuredLog.Source.Column(text);
        }
        var value = field.figure(Figure.AMOUNT);
        return value == null ? null : new MeasuredLog.Source.Constant(value);
    }

    private static @Nullable SizeBands bands(String family, Section measured) {
        var section = measured.section("bands", "by and up_to");
        if (section == null) {
            return null;
        }
        var column = section.neededText("by", "the column that says how large a call is");
        var unit = section.text("unit", "what the sizes count, such as prompt tokens");
        var upTo = new LinkedHashMap<String, BigDecimal>();
        if (section.needed("up_to", "the largest size of each band, rising")) {
            var bounds = section.section("up_to", "the largest size of each band, rising");
            if (bounds != null) {
                BigDecimal before = null;
                for (var band : bounds.all()) {
                    var bound = bound(family, band, before);
                    if (bound != null) {
                        upTo.put(band.name(), bound);
                        before = bound;
                    }
                }
            }
        }
        section.refuseOthers();
        return column == null || upTo.isEmpty()
                ? null
                : new SizeBands(column, unit == null ? column : unit, upTo);
    }

    private static @Nullable BigDecimal bound(
            String family, Field band, @Nullable BigDecimal before) {
        if (!BAND_ID.matcher(band.name()).matches()
                || !PricingFileReader.OPERATION_ID.matcher(family + "." + band.name()).matches()) {
            band.problem("is no band id", "a short name of lower-case letters and digits");
        }
        var bound = band.figure(Figure.SIZE);
        if (bound != null && before != null && bound.compareTo(before) <= 0) {
            band.problem(
                    bound.toPlainString() + " comes after " + before.toPlainString(),
                    "a bound greater than the one before it");
        }
        return bound;
    }
}
