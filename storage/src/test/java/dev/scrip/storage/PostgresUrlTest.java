package dev.scrip.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresUrlTest {

    @Test
    void itShowsHostAndDatabaseOnly() {
        var url = new PostgresUrl("jdbc:postgresql://a:5432,b/scrip?user=u&password=hush");

        assertThat(url).hasToString("jdbc:postgresql://a:5432,b/scrip");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "journal.db",
                "jdbc:sqlite:hush",
                "postgresql://u:hush@host/db",
                "jdbc:postgresql://u:hush@host/db",
                "jdbc:postgresql://host",
                "jdbc:postgresql://host/",
                "jdbc:postgresql://host/db?a b=hush",
                "jdbc:postgresql://host/db&password=hush"
            })
    void whatIsNoAddressIsRefusedAndNotRepeated(String text) {
        assertThatThrownBy(() -> new PostgresUrl(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("jdbc:postgresql://HOST/DATABASE")
                .hasMessageNotContaining("hush");
    }
}
