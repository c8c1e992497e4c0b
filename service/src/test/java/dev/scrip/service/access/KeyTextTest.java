package dev.scrip.service.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class KeyTextTest {

    @ParameterizedTest
    @ValueSource(strings = {"live", "a", "eu_west-1_staging", "abcdefghijklmnopqrstuvwxyz_-0123"})
    void aKeyNamesItsWorkspaceAndEndsInItsChecksum(String workspace) {
        var text = KeyText.random(workspace);
        var body = text.substring(0, text.length() - 6);

        assertThat(text).startsWith("sk_" + workspace + "_");
        assertThat(KeyText.checksum(body)).isEqualTo(text.substring(text.length() - 6));
        assertThat(text).contains("_" + KeyText.id(text) + "_");
    }

    @Test
    void noTwoKeysAreAlike() {
        var seen = new HashSet<String>();
        for (int i = 0; i < 1_000; i++) {
            var text = KeyText.random("live");
            assertThat(seen.add(text) && seen.add(KeyText.id(text))).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "sk_", "sk_live", "sk_live_x_y", "pk_live_aaaaaaaaaaaa_b"})
    void whatHasNotTheFormHasNoId(String text) {
        assertThat(KeyText.idOrNull(text)).isNull();
        assertThat(KeyText.idOrNull(text + "x".repeat(200))).isNull();
    }
}
