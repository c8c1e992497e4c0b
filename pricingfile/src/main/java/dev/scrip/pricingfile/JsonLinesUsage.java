package dev.scrip.pricingfile;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/// Usage as JSON lines: one object a call. A field of an inner object is named by its path, such as
/// `use.compute_ms`; of an array nothing is read.
final class JsonLinesUsage implements UsageFormat {

    private static final JsonFactory FACTORY =
            JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxNestingDepth(16)
                                    .maxStringLength(1 << 16)
                                    .maxNameLength(1 << 10)
                                    .maxNumberLength(100)
                                    .build())
                    .build();

    @Override
    public List<String> endings() {
        return List.of(".jsonl", ".ndjson");
    }

    @Override
    public void read(Path file, Rows rows) throws IOException {
        var wanted = rows.wanted(null);
        var positions = new HashMap<String, Integer>();
        for (var name : wanted) {
            positions.put(name, positions.size());
        }
        var cells = new @Nullable String[wanted.size()];
        long line = 1;
        try (var input = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
                var json = FACTORY.createParser(ObjectReadContext.empty(), input)) {
            while (!rows.isEnough()) {
                var token = json.nextToken();
                if (token == null) {
                    return;
                }
                line = json.currentTokenLocation().getLineNr();
                if (token != JsonToken.START_OBJECT) {
                    throw new PricingFileException(
                            List.of(
                                    file
                                            + ":"
                                            + line
                                            + ": there is a "
                                            + token
                                            + "; expected one object a line"));
                }
                Arrays.fill(cells, null);
                object(json, "", positions, cells);
                rows.row(line, cells);
            }
        } catch (JacksonException e) {
            var at = e.getLocation();
            throw new PricingFileException(
                    List.of(
                            file
                                    + ":"
                                    + (at == null ? line : at.getLineNr())
                                    + ": this is not JSON ("
                                    + e.getOriginalMessage().lines().findFirst().orElse("")
                                    + "); expected one object a line, in UTF-8"));
        }
    }

    private static void object(
            JsonParser json,
            String path,
            Map<String, Integer> positions,
            @Nullable String[] cells) {
        for (var token = json.nextToken();
                token != JsonToken.END_OBJECT;
                token = json.nextToken()) {
            var name = path.isEmpty() ? json.currentName() : path + "." + json.currentName();
            var value = json.nextToken();
            switch (value) {
                case START_OBJECT -> object(json, name, positions, cells);
                case START_ARRAY -> json.skipChildren();
                default -> {
                    var position = positions.get(name);
                    if (position != null && value != JsonToken.VALUE_NULL) {
                        cells[position] = json.getString();
                    }
                }
            }
        }
    }
}
