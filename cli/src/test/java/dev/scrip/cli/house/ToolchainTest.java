package dev.scrip.cli.house;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// How `scrip` and `verify` find a JDK, tried on directories that look like JDKs.
@DisabledOnOs(OS.WINDOWS)
final class ToolchainTest {

    @TempDir private Path directory;

    private record Found(int exitCode, String out, String err) {}

    @Test
    void theOldestThatIsNewEnoughIsTaken() throws Exception {
        jdk("jdk-17", "17.0.14");
        jdk("jdk-25", "25.0.3");
        jdk("jdk-26", "26");

        assertThat(bash("oldest_fit_jdk '%1$s'/*".formatted(directory), Map.of()).out())
                .isEqualTo(directory.resolve("jdk-25").toString());
    }

    @Test
    void aRuntimeWithoutCompilerIsNoJdk() throws Exception {
        Files.delete(jdk("jre-25", "25.0.3").resolve("bin/javac"));

        assertThat(bash("oldest_fit_jdk '%1$s'/*".formatted(directory), Map.of()).out()).isEmpty();
    }

    @Test
    void theOneThatIsAskedForIsTakenOrNone() throws Exception {
        var wished = jdk("mine", "25.0.1");
        var old = jdk("old", "17.0.14");

        assertThat(find(Map.of("SCRIP_JAVA_HOME", wished.toString())).out())
                .isEqualTo(wished.toString());
        assertThat(find(Map.of("SCRIP_JAVA_HOME", old.toString())))
                .satisfies(
                        found -> assertThat(found.exitCode()).isEqualTo(1),
                        found -> assertThat(found.err()).contains(old + ") is no JDK 25 or newer"));
    }

    @Test
    void javaHomeIsTakenWhenItIsNewEnoughAndPassedOverWhenNot() throws Exception {
        var fit = jdk("fit", "25.0.1");
        var old = jdk("old", "17.0.14");

        assertThat(find(Map.of("JAVA_HOME", fit.toString())).out()).isEqualTo(fit.toString());
        assertThat(find(Map.of("JAVA_HOME", old.toString())).out()).isNotEqualTo(old.toString());
    }

    private Path jdk(String name, String version) throws IOException {
        var home = directory.resolve(name);
        Files.createDirectories(home.resolve("bin"));
        for (var tool : new String[] {"bin/java", "bin/javac"}) {
            var file = Files.writeString(home.resolve(tool), "#!/bin/sh\n");
            assertThat(file.toFile().setExecutable(true)).isTrue();
        }
        Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
        return home;
    }

    private Found find(Map<String, String> environment) throws Exception {
        return bash("find_jdk && printf %s \"$JAVA_HOME\"", environment);
    }

    private Found bash(String script, Map<String, String> environment) throws Exception {
        var toolchain = Path.of(System.getProperty("scrip.home", "..")).resolve("bin/toolchain.sh");
        var builder = new ProcessBuilder("bash", "-c", ". '" + toolchain + "'\n" + script);
        builder.environment().remove("JAVA_HOME");
        builder.environment().remove("SCRIP_JAVA_HOME");
        builder.environment().putAll(environment);
        var process = builder.start();
        process.getOutputStream().close();
        var out = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
        var err = new String(process.getErrorStream().readAllBytes(), UTF_8);
        return new Found(process.waitFor(), out, err);
    }
}
