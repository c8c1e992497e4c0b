package dev.scrip.cli.house;

import dev.scrip.cli.house.SourceTree.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// Something no line of a source may say, and what to write instead.
///
/// @param files which files it holds for
/// @param exceptions files where it may stand, each with the reason
/// @param instead what to do rather
/// @param breach a line that breaks the rule, to prove that it bites
record LineRule(
        String name,
        Pattern pattern,
        Predicate<Source> files,
        Map<String, String> exceptions,
        String instead,
        String breach) {

    List<String> breaches(List<Source> sources) {
        var found = new ArrayList<String>();
        for (var source : sources) {
            if (!files.test(source) || exceptions.containsKey(source.path())) {
                continue;
            }
            var lines = source.lines();
            for (int i = 0; i < lines.size(); i++) {
                if (pattern.matcher(lines.get(i)).find()) {
                    found.add(
                            "%s:%d: %s → %s"
                                    .formatted(
                                            source.path(), i + 1, lines.get(i).strip(), instead));
                }
            }
        }
        return found;
    }

    /// Exceptions that are none any more, so that the list only ever says what is true.
    List<String> idleExceptions(List<Source> sources) {
        return exceptions.keySet().stream()
                .filter(path ->
                        sources.stream()
                                .noneMatch(source ->
                                        source.path().equals(path)
                                                && pattern.matcher(source.text()).find()))
                .toList();
    }

    @Override
    public String toString() {
        return name;
    }
}
