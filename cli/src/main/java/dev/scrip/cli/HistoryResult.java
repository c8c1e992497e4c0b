package dev.scrip.cli;

import dev.scrip.cli.report.Block;
import dev.scrip.cli.report.Report;
import dev.scrip.cli.report.TextTable;
import dev.scrip.cli.report.TextTable.Column;
import dev.scrip.client.PriceBookVersion;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/// The price books of a server.
///
/// @param versions newest first
record HistoryResult(List<PriceBookVersion> versions) implements Result {

    HistoryResult {
        versions = List.copyOf(versions);
    }

    @Override
    public Report report() {
        var table =
                new TextTable(
                        Column.left("version"),
                        Column.left("effective from"),
                        Column.left(""),
                        Column.left("published"),
                        Column.left("by"),
                        Column.left("reason"));
        boolean isPast = false;
        for (var one : versions) {
            table.add(
                    one.version(),
                    toTheSecond(one.effectiveFrom()),
                    one.inForce()
                            ? "in force"
                            : one.calledOff() ? "called off" : isPast ? "" : "to come",
                    toTheSecond(one.publishedAt()),
                    one.publishedBy() == null ? "a start" : one.publishedBy(),
                    reason(one));
            isPast |= one.inForce();
        }
        return new Report("Price books", "", List.of(new Block.Table("", table)));
    }

    private static String reason(PriceBookVersion one) {
        var reason = text(one.reason());
        return one.overrideReason() == null
                ? reason
                : (reason + " [rules broken: " + one.overrideReason() + "]").strip();
    }

    /// For people; JSON and CSV have the whole instant.
    private static String toTheSecond(@Nullable Instant instant) {
        return instant == null ? "" : instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private static String text(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }

    @Override
    public String json() {
        return JsonText.of(json -> {
            json.writeStartObject();
            json.writeName("price_books");
            json.writeStartArray();
            versions.forEach(one -> write(json, one));
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    private static void write(JsonGenerator json, PriceBookVersion one) {
        json.writeStartObject();
        json.writeStringProperty("version", one.version());
        json.writeStringProperty("effective_from", one.effectiveFrom().toString());
        json.writeName("in_force");
        json.writeBoolean(one.inForce());
        json.writeName("called_off");
        json.writeBoolean(one.calledOff());
        property(json, "published_at", one.publishedAt());
        property(json, "published_by", one.publishedBy());
        property(json, "reason", one.reason());
        property(json, "override_reason", one.overrideReason());
        json.writeEndObject();
    }

    private static void property(JsonGenerator json, String name, @Nullable Object value) {
        json.writeName(name);
        if (value == null) {
            json.writeNull();
        } else {
            json.writeString(value.toString());
        }
    }

    @Override
    public List<String> csv() {
        var lines = new ArrayList<String>();
        lines.add(
                "version,effective_from,in_force,called_off,published_at,published_by,reason,override_reason");
        for (var one : versions) {
            lines.add(
                    new CsvLine()
                            .text(one.version())
                            .text(one.effectiveFrom().toString())
                            .text(Boolean.toString(one.inForce()))
                            .text(Boolean.toString(one.calledOff()))
                            .text(text(one.publishedAt()))
                            .text(text(one.publishedBy()))
                            .text(text(one.reason()))
                            .text(text(one.overrideReason()))
                            .toString());
        }
        return lines;
    }
}
