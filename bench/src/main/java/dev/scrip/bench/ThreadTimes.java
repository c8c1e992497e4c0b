package dev.scrip.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/// CPU time of a process by what its threads are for, from Linux's `/proc`.
///
/// @param nanos by kind of thread
record ThreadTimes(Map<String, Long> nanos) {

    static ThreadTimes of(long pid) throws IOException {
        var nanos = new TreeMap<String, Long>();
        var tasks = Path.of("/proc", Long.toString(pid), "task");
        if (Files.exists(tasks)) {
            try (var threads = Files.newDirectoryStream(tasks)) {
                for (var thread : threads) {
                    try {
                        var time = Files.readString(thread.resolve("schedstat")).split(" ", 2)[0];
                        nanos.merge(
                                kind(Files.readString(thread.resolve("comm")).strip()),
                                Long.parseLong(time),
                                Long::sum);
                    } catch (NoSuchFileException _) {
                        // It ended meanwhile.
                    }
                }
            }
        }
        return new ThreadTimes(nanos);
    }

    /// Names are cut after 15 characters by the system.
    private static String kind(String name) {
        if (name.startsWith("ForkJoinPool") || name.startsWith("VirtualThread")) {
            return "connections";
        }
        if (name.startsWith("scrip-partition")) {
            return "partition";
        }
        if (name.startsWith("bare-log")) {
            return "log";
        }
        if (name.startsWith("scrip-projector")) {
            return "projector";
        }
        if (name.startsWith("C1 ") || name.startsWith("C2 ")) {
            return "compiler";
        }
        if (name.startsWith("VM Thread") || name.startsWith("G1 ") || name.startsWith("GC ")) {
            return "collector";
        }
        return "other";
    }

    /// What was spent since, as text: microseconds for each of so many operations.
    String since(ThreadTimes before, long operations) {
        var spent = new StringBuilder();
        microsEachSince(before, operations)
                .forEach((kind, micros) -> spent.append(" %s %.1f".formatted(kind, micros)));
        return spent.toString();
    }

    /// What all threads spent since, in microseconds.
    double allMicrosSince(ThreadTimes before) {
        return (sum(nanos) - sum(before.nanos)) / 1e3;
    }

    private static long sum(Map<String, Long> nanos) {
        return nanos.values().stream().mapToLong(Long::longValue).sum();
    }

    /// What was spent since, in microseconds for each of so many operations.
    Map<String, Double> microsEachSince(ThreadTimes before, long operations) {
        var micros = new TreeMap<String, Double>();
        nanos.forEach((kind, now) ->
                micros.put(kind, (now - before.nanos.getOrDefault(kind, 0L)) / 1e3 / operations));
        return micros;
    }
}
