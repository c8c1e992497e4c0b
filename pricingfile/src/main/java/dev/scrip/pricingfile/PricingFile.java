package dev.scrip.pricingfile;

import dev.scrip.pricing.CostBreakdown;
import dev.scrip.pricing.CostRates;
import dev.scrip.pricing.CreditTableDesign;
import dev.scrip.pricing.DesignWarning;
import dev.scrip.pricing.PriceBook;
import dev.scrip.pricing.PriceBookRules;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A pricing file that was read and designed: the credit table, the plans, and the logs it was
/// measured from.
///
/// @param source the file it came from
/// @param measured the logs of measured operations, in the file's order
/// @param rules what its price book must keep to be published
/// @param costs where the costs come from
public record PricingFile(
        Path source,
        CreditTableDesign design,
        List<MeasuredLog> measured,
        PriceBookRules rules,
        CostSources costs) {

    public static final String FORMAT = "scrip-pricing/1";

    public PricingFile {
        measured = List.copyOf(measured);
    }

    /// Reads a pricing file and the logs and price lists it names, and designs its credit table.
    ///
    /// @throws PricingFileException with every problem found, if there is any
    public static PricingFile read(Path file) {
        return readWith(file, null);
    }

    /// Reads a pricing file and a log of recorded usage, whose calls say what operations cost: the
    /// credit table is designed from that.
    ///
    /// @throws PricingFileException with every problem found in either, if there is any
    public static PricingFile readWithUsage(Path file, Path usage) {
        return readWith(file, usage);
    }

    private static PricingFile readWith(Path file, @Nullable Path usage) {
        var problems = new Problems(file.toString());
        return new PricingFileReader(file, problems).read(text(file, problems), usage);
    }

    /// The recorded usage of a file, by the columns that this pricing file names.
    public UsageLog usageLog(Path usage) {
        return new UsageLog(usage, costs.columns());
    }

    /// What a recorded call cost: as the log says itself, or its use at the cost rates and the part
    /// of a stated cost that no use accounts for.
    public CostBreakdown cost(UsageEvent event) {
        return UsageCosting.cost(
                event,
                costRates(),
                costs.unattributed().getOrDefault(event.operation(), BigDecimal.ZERO));
    }

    /// Costs that are missing or too old on a day, as warnings of the credit table.
    public List<DesignWarning> costWarnings(LocalDate today) {
        return costs.warnings(design.brief().operations(), today);
    }

    public String currency() {
        return design.currency();
    }

    public CostRates costRates() {
        return design.brief().costRates();
    }

    /// The price book to publish. Unit costs are rounded half up to a nano-unit.
    public PriceBook toPriceBook(String version, Instant effectiveFrom) {
        return design.toPriceBook(version, effectiveFrom);
    }

    private static String text(Path file, Problems problems) {
        return text(file, problems, "pricing file");
    }

    /// The text of a file that is small and UTF-8.
    ///
    /// @param kind what it should be, in two words
    static String text(Path file, Problems problems, String kind) {
        byte[] bytes = {};
        try (var input = Files.newInputStream(file)) {
            bytes = input.readNBytes(YamlText.BYTES_MAX + 1);
            if (bytes.length > YamlText.BYTES_MAX) {
                problems.add("is larger than 1 MiB; expected a " + kind);
            }
        } catch (NoSuchFileException e) {
            problems.add("there is no such file; expected a " + kind);
        } catch (AccessDeniedException e) {
            problems.add("may not be read; expected a readable " + kind);
        } catch (IOException e) {
            problems.add("cannot be read (" + e.getMessage() + "); expected a " + kind);
        }
        problems.throwIfAny();
        try {
            var text =
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            problems.add("is not UTF-8 text; expected UTF-8. Maybe it is Latin-1");
            throw problems.toException();
        }
    }
}
