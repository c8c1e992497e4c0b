package dev.scrip.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.scrip.pricingfile.MeasuredLog;
import dev.scrip.pricingfile.MeasuredLog.Source;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TrafficTest {

    @TempDir private Path directory;

    @Test
    void callsOfSeveralLogsComeInTheOrderOfTheirTime() throws IOException {
        var code =
                log(
                        "code",
                        """
                        TIMESTAMP,Tokens
                        2023-11-16 18:00:01.0000000,10
                        2023-11-16 18:00:03.0000000,30
                        """);
        var chat =
                log(
                        "chat",
                        """
                        TIMESTAMP,Tokens
                        2023-11-16 18:00:02.5000000,20
                        """);

        var calls = Traffic.of(List.of(code, chat));

        assertThat(calls).extracting(TracedCall::id).containsExactly("code/2", "chat/2", "code/3");
        assertThat(calls.getLast().use().thirdParty())
                .isEqualTo(Map.of("token", new BigDecimal("30")));
    }

    @Test
    void aLogWithoutTimesIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Traffic.of(List.of(log("code", "When,Tokens\nnow,1\n"))))
                .withMessageContaining("TIMESTAMP")
                .withMessageContaining("When,Tokens");
    }

    private MeasuredLog log(String family, String csv) throws IOException {
        return new MeasuredLog(
                family,
                Files.writeString(directory.resolve(family + ".csv"), csv),
                null,
                Source.ONE,
                new TreeMap<>(),
                new TreeMap<>(Map.of("token", new Source.Column("Tokens"))));
    }
}
