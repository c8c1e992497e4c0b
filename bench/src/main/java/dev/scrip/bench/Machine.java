package dev.scrip.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/// Says what the figures after it were measured on.
public final class Machine {

    private static final int FLUSHES = 500;
    private static final int BLOCK_BYTES = 4_096;

    private Machine() {}

    public static void main(String[] args) throws IOException {
        var flush = flushMicros();
        System.out.printf(
                "Machine: %d cores of %s, %s %s, flush p50 %.0f µs p99 %.0f µs, load %s%n",
                Runtime.getRuntime().availableProcessors(),
                processor(),
                System.getProperty("java.vm.name"),
                System.getProperty("java.vm.version"),
                flush[FLUSHES / 2],
                flush[FLUSHES * 99 / 100],
                load());
    }

    private static String processor() throws IOException {
        var cpuInfo = Path.of("/proc/cpuinfo");
        if (!Files.exists(cpuInfo)) {
            return System.getProperty("os.arch");
        }
        try (var lines = Files.lines(cpuInfo)) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(System.getProperty("os.arch"));
        }
    }

    private static String load() throws IOException {
        var file = Path.of("/proc/loadavg");
        return Files.exists(file) ? Files.readString(file).split(" ", 2)[0] : "unknown";
    }

    /// How long appended blocks take to be on the disk that data is kept on, shortest first.
    private static double[] flushMicros() throws IOException {
        var file = Files.createTempFile("scrip-flush", "");
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            var micros = new double[FLUSHES];
            for (int i = 0; i < FLUSHES; i++) {
                long start = System.nanoTime();
                channel.write(ByteBuffer.allocate(BLOCK_BYTES));
                channel.force(false);
                micros[i] = (System.nanoTime() - start) / 1e3;
            }
            Arrays.sort(micros);
            return micros;
        } finally {
            Files.delete(file);
        }
    }
}
