package dev.scrip.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.scrip.ledger.Batch;
import dev.scrip.storage.wire.BatchMessage;
import dev.scrip.storage.wire.FactMessage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
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

    /// Written by the first version that had a journal. If this fails, journals that exist can no
    /// longer be read: mend the layout, never the golden batch.
    @Test
    void theGoldenBatchReplaysForEver() throws IOException {
        try (var golden = FactCodecTest.class.getResourceAsStream("/golden/batch-v1.hex")) {
            assertThat(golden).isNotNull();
            var bytes =
                    HexFormat.of()
                            .parseHex(
                                    new String(golden.readAllBytes(), StandardCharsets.US_ASCII)
                                            .strip());

            assertThat(FactCodec.decode(bytes).facts()).isEqualTo(Facts.ofEachKind());
        }
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
