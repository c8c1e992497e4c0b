package dev.scrip.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.scrip.ledger.Batch;
import dev.scrip.ledger.Fact;
import dev.scrip.pricing.Credits;
import dev.scrip.pricing.Money;
import dev.scrip.storage.wire.BatchMessage;
import dev.scrip.storage.wire.FactMessage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FactCodecTest {

    @Test
    void everyKindOfFactComesBackAsItWas() {
        var facts = Facts.ofEachKind();

        assertThat(FactCodec.decode(FactCodec.encode(facts))).isEqualTo(new Batch(facts));
    }

    @Test
    void oneFactOfABatchIsFoundByItsNumber() {
        var batch = FactCodec.encode(Facts.ofEachKind());

        for (var fact : Facts.ofEachKind()) {
            assertThat(FactCodec.decode(batch, fact.seq())).isEqualTo(fact);
        }
        assertThatThrownBy(() -> FactCodec.decode(batch, 7))
                .isInstanceOf(StorageException.class)
                .hasMessage("The journal has no fact 7.");
    }

    @Test
    void aReversalOfAChildsCallComesBackAsItWas() {
        var facts =
                List.<Fact>of(
                        new Fact.Reversed(
                                1,
                                Facts.START,
                                Facts.ACME,
                                Facts.request("reverse"),
                                9,
                                false,
                                "video.process",
                                "team-a",
                                Credits.of(9),
                                Money.parse("0.009"),
                                Money.parse("0.001"),
                                List.of(),
                                Credits.ZERO,
                                "the job failed",
                                Credits.of(11)));

        assertThat(FactCodec.decode(FactCodec.encode(facts))).isEqualTo(new Batch(facts));
    }

    /// Written by the versions that had these kinds first. If this fails, journals that exist can
    /// no longer be read: mend the layout, never a golden batch.
    @Test
    void theGoldenBatchesReplayForEver() throws IOException {
        assertThat(FactCodec.decode(golden("batch-v1")).facts()).isEqualTo(Facts.ofEachKind());
        assertThat(FactCodec.decode(golden("batch-v2")).facts()).isEqualTo(Facts.ofLaterKinds());
        assertThat(FactCodec.decode(golden("batch-v3")).facts())
                .isEqualTo(Facts.ofKindsWithLimits());
        assertThat(FactCodec.decode(golden("batch-prices-v1")).facts()).isEqualTo(PriceFacts.all());
    }

    private static byte[] golden(String name) throws IOException {
        try (var stream = FactCodecTest.class.getResourceAsStream("/golden/" + name + ".hex")) {
            assertThat(stream).isNotNull();
            return HexFormat.of()
                    .parseHex(new String(stream.readAllBytes(), StandardCharsets.US_ASCII).strip());
        }
    }

    @Test
    void everyKindOfFactHasAGoldenBatch() {
        var kinds =
                Stream.of(
                                Facts.ofEachKind(),
                                Facts.ofLaterKinds(),
                                Facts.ofKindsWithLimits(),
                                PriceFacts.all())
                        .flatMap(List::stream)
                        .map(Object::getClass)
                        .collect(Collectors.toSet());

        assertThat(kinds)
                .isEqualTo(
                        Stream.of(Fact.class.getPermittedSubclasses())
                                .flatMap(kind ->
                                        kind.isSealed()
                                                ? Stream.of(kind.getPermittedSubclasses())
                                                : Stream.of(kind))
                                .collect(Collectors.toSet()));
    }

    @Test
    void bytesThatAreNoBatchAreSaidToBeDamaged() {
        var bytes = FactCodec.encode(Facts.ofEachKind());
        bytes[0] = 0x7F;

        assertThatThrownBy(() -> FactCodec.decode(bytes))
                .isInstanceOf(StorageException.class)
                .hasMessage("A batch of the journal is damaged.");
    }

    @Test
    void aFactOfANewerVersionIsRefusedNotSkipped() {
        var bytes =
                BatchMessage.newBuilder()
                        .addFacts(
                                FactMessage.newBuilder()
                                        .setSeq(9)
                                        .setWorkspace("live")
                                        .setAccount("acme"))
                        .build()
                        .toByteArray();

        assertThatThrownBy(() -> FactCodec.decode(bytes))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("written by a newer version");
    }
}
