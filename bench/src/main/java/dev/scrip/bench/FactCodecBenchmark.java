package dev.scrip.bench;

import dev.scrip.ledger.Batch;
import dev.scrip.ledger.Fact;
import dev.scrip.storage.FactCodec;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// A charge to bytes and back, in batches as large as 64 callers make them.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class FactCodecBenchmark {

    private static final int BATCH = 64;

    private final List<Fact> facts =
            LongStream.range(0, BATCH)
                    .mapToObj(i -> Workload.charged(1_000_000 + i, i * 7919 % 10_000, 2_345, i))
                    .toList();
    private final byte[] bytes = FactCodec.encode(facts);

    @Benchmark
    @OperationsPerInvocation(BATCH)
    public byte[] encode() {
        return FactCodec.encode(facts);
    }

    @Benchmark
    @OperationsPerInvocation(BATCH)
    public Batch decode() {
        return FactCodec.decode(bytes);
    }
}
