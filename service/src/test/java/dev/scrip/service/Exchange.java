package dev.scrip.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpHeaders;
import tools.jackson.databind.JsonNode;

/// A request's answer.
record Exchange(String request, int status, HttpHeaders headers, String body) {

    JsonNode json() {
        return OpenApi.JSON.readTree(body);
    }

    String header(String name) {
        return headers.firstValue(name).orElse("");
    }

    String text(String pointer) {
        return json().at(pointer).asString("");
    }

    Exchange is(int expected) {
        assertThat(status).as("%s → %s", request, body).isEqualTo(expected);
        return this;
    }

    /// Requires a problem with a code.
    Exchange refuses(int expected, String code) {
        is(expected);
        assertThat(header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(text("/code")).as("%s → %s", request, body).isEqualTo(code);
        return this;
    }

    /// Requires a problem that names a field.
    Exchange refuses(int expected, String code, String pointer) {
        var _ = refuses(expected, code);
        assertThat(text("/pointer")).as("%s → %s", request, body).isEqualTo(pointer);
        return this;
    }
}
