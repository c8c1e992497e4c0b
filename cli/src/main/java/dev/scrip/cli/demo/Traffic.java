package dev.scrip.cli.demo;

import dev.scrip.client.MeasuredUse;
import dev.scrip.pricing.ResourceUse;
import dev.scrip.pricingfile.LoggedCall;
import dev.scrip.pricingfile.MeasuredLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// The calls of several logs as one stream, in the order in which they came.
public final class Traffic {

    private static final String TIME_COLUMN = "TIMESTAMP";

    private Traffic() {}

    public static List<TracedCall> of(List<MeasuredLog> logs) {
        var calls = new ArrayList<TracedCall>();
        for (var log : logs) {
            var lines = lines(log);
            int column = List.of(lines.getFirst().split(",", -1)).indexOf(TIME_COLUMN);
            if (column < 0) {
                throw new IllegalArgumentException(
                        "The log "
                                + log.log()
                                + " has no column "
                                + TIME_COLUMN
                                + " to replay it by. Its columns: "
                                + lines.getFirst()
                                + ".");
            }
            log.forEachCall(call -> calls.add(traced(log, call, lines, column)));
        }
        calls.sort(Comparator.comparing(TracedCall::at));
        return calls;
    }

    private static List<String> lines(MeasuredLog log) {
        try {
            return Files.readAllLines(log.log());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static TracedCall traced(
            MeasuredLog log, LoggedCall call, List<String> lines, int column) {
        var row = lines.get(Math.toIntExact(call.row() - 1)).split(",", -1);
        return new TracedCall(
                log.family() + "/" + call.row(),
                LocalDateTime.parse(row[column].replace(' ', 'T')),
                call.operation(),
                measured(call.use()));
    }

    private static MeasuredUse measured(ResourceUse use) {
        return new MeasuredUse(
                use.computeMs(),
                use.memoryMb(),
                use.storageKb(),
                use.bandwidthKb(),
                use.thirdParty());
    }
}
