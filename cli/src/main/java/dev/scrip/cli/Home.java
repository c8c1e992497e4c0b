package dev.scrip.cli;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Where Scrip is installed: the directory that has `examples/` in it.
final class Home {

    private Home() {}

    /// A file of the installation.
    ///
    /// @param path such as `examples/llm-api/pricing.yaml`
    /// @throws IllegalArgumentException if it is not there
    static Path file(String path) {
        var configured = System.getProperty("scrip.home");
        var home = configured == null ? besideTheJar() : Path.of(configured);
        var file = home.resolve(path);
        if (!Files.exists(file)) {
            throw new IllegalArgumentException(
                    "There is no "
                            + path
                            + " in "
                            + home
                            + ". Start with ./scrip, or say where Scrip is with"
                            + " -Dscrip.home=DIRECTORY.");
        }
        return file;
    }

    /// The jar is built into `cli/target`; a copy of it may lie at the top.
    private static Path besideTheJar() {
        try {
            var jar =
                    Path.of(Home.class.getProtectionDomain().getCodeSource().getLocation().toURI());
            for (var folder = jar.getParent(); folder != null; folder = folder.getParent()) {
                if (Files.isDirectory(folder.resolve("examples"))) {
                    return folder;
                }
            }
            return Path.of("").toAbsolutePath();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
