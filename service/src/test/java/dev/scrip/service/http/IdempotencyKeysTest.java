package dev.scrip.service.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class IdempotencyKeysTest {

    @Test
    void quotedAndBareNameTheSameKey() {
        assertThat(IdempotencyKeys.parse("\"8e03978e-40d5\"")).isEqualTo("8e03978e-40d5");
        assertThat(IdempotencyKeys.parse("8e03978e-40d5")).isEqualTo("8e03978e-40d5");
        assertThat(IdempotencyKeys.parse("\"a\\\"b\\\\c\"")).isEqualTo("a\"b\\c");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\"", "\"\"", "\"a", "\"a\"b\"", "\"a\\", "\"a\\\"", "a\tb", "ä"})
    void whatIsNoStringIsRefused(String value) {
        assertThatThrownBy(() -> IdempotencyKeys.parse(value))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("1 to 255 printable ASCII characters");
    }
}
