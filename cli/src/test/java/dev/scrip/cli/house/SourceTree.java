package dev.scrip.cli.house;

import static java.util.Objects.requireNonNullElse;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// The project's own text files, as a newcomer's clone has them.
final class SourceTree {

    private static final Set<String> NOT_OURS =
            Set.of(".git", "target", "node_modules", ".idea", ".vscode", "data");
    private static final Pattern TEXT =
            Pattern.compile(
                    ".*\\.(java|jte|md|xml|ya?ml|proto|properties|css|js|html|sh)|.*/(scrip|verify|run|Makefile|NOTICE)");

    private final Path root;
    private final List<Source> sources;

    /// @param path from the root, with slashes
    record Source(String path, String text) {

        List<String> lines() {
            return text.lines().toList();
        }

        boolean isMainJava() {
            return path.endsWith(".java") && path.contains("/src/main/");
        }

        boolean isIn(String room) {
            return path.startsWith(room + "/");
        }
    }

    private SourceTree(Path root, List<Source> sources) {
        this.root = root;
        this.sources = sources;
    }

    /// Reads the tree that Maven was started in; every module's tests are told where that is.
    static SourceTree read() {
        var root = Path.of(requireNonNullElse(System.getProperty("scrip.home"), ".."));
        var sources = new ArrayList<Source>();
        try {
            Files.walkFileTree(root, new Reader(root, sources));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new SourceTree(root, List.copyOf(sources));
    }

    List<Source> sources() {
        return sources;
    }

    List<Source> under(String folder) {
        return sources.stream().filter(source -> source.path().startsWith(folder + "/")).toList();
    }

    /// The Maven modules named in the root pom, in its order.
    List<String> rooms() {
        var module = Pattern.compile("<module>([a-z/-]+)</module>");
        return module.matcher(source("pom.xml").text()).results().map(m -> m.group(1)).toList();
    }

    Source source(String path) {
        return sources.stream()
                .filter(source -> source.path().equals(path))
                .findFirst()
                .orElseThrow(() -> new AssertionError("There is no file " + path + "."));
    }

    boolean has(String path) {
        return Files.exists(root.resolve(path));
    }

    private static final class Reader extends SimpleFileVisitor<Path> {

        private final Path root;
        private final List<Source> sources;

        Reader(Path root, List<Source> sources) {
            this.root = root;
            this.sources = sources;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
            return NOT_OURS.contains(directory.getFileName().toString()) && !directory.equals(root)
                    ? FileVisitResult.SKIP_SUBTREE
                    : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
            var path = root.relativize(file).toString().replace('\\', '/');
            if (TEXT.matcher("/" + path).matches()) {
                try {
                    sources.add(new Source(path, Files.readString(file)));
                } catch (MalformedInputException e) {
                    throw new IOException(path + " is not UTF-8.", e);
                }
            }
            return FileVisitResult.CONTINUE;
        }
    }
}
