package dev.scrip.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scrip.service.access.Scope;
import dev.scrip.service.http.ProblemType;
import dev.scrip.service.http.Route;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OpenApiTest {

    private final OpenApi description = new OpenApi();

    @Test
    void whatIsServedIsDescribedAndWhatIsDescribedIsServed(@TempDir Path folder) {
        try (var server = new TestServer(folder)) {
            var served =
                    server.server().routes().stream()
                            .map(Route::toString)
                            .collect(Collectors.toCollection(TreeSet::new));
            assertThat(description.operations()).isEqualTo(served);
        }
    }

    @Test
    void onlyProbesAndPagesAreOpen(@TempDir Path folder) {
        try (var server = new TestServer(folder)) {
            assertThat(server.server().routes())
                    .filteredOn(route -> route.scope() == Scope.OPEN)
                    .extracting(Route::template)
                    .containsExactlyInAnyOrder(
                            "/health/live",
                            "/health/started",
                            "/health/ready",
                            "/",
                            "/sign-in",
                            "/sign-out");
        }
    }

    @Test
    void everyProblemCodeIsDescribedWithItsStatus() {
        assertThat(description.codes())
                .containsExactlyElementsOf(
                        Arrays.stream(ProblemType.values())
                                .map(ProblemType::code)
                                .distinct()
                                .toList());
        for (var type : ProblemType.values()) {
            assertThat(description.codeTable())
                    .contains("| `" + type.code() + "` | " + type.status() + " |");
        }
    }

    @Test
    void theExamplesFitTheirSchemas() {
        assertThat(description.examples()).hasSizeGreaterThan(8);
        description.examples().forEach(description::check);
    }

    @Test
    void theDescriptionIsServedAsItIs(@TempDir Path folder) {
        try (var server = new TestServer(folder)) {
            assertThat(server.get("/openapi.yaml", server.admin()).is(200).body())
                    .isEqualTo(OpenApi.text());
        }
    }
}
