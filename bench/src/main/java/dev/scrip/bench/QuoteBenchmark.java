package dev.scrip.bench;

import dev.scrip.pricing.CostRates;
import dev.scrip.pricing.Credits;
import dev.scrip.pricing.Money;
import dev.scrip.pricing.OperationPrice;
import dev.scrip.pricing.PriceBook;
import dev.scrip.pricing.Quote;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collections;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// The price of a call from a book of 32 operations: of one, as most are, and of a measured
/// quantity, which has to be rounded.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class QuoteBenchmark {

    private static final int OPERATIONS = 32;

    private final PriceBook priceBook = priceBook();
    private BigDecimal measured = new BigDecimal("12.345678");

    private static PriceBook priceBook() {
        var operations = new TreeMap<String, OperationPrice>();
        for (int i = 0; i < OPERATIONS; i++) {
            var operation = "image.operation_" + i;
            operations.put(
                    operation,
                    new OperationPrice(
                            operation,
                            operation,
                            Credits.parse("2.5"),
                            Money.parse("0.0002"),
                            Money.ZERO,
                            new BigDecimal("0.5")));
        }
        return new PriceBook(
                "pb_1",
                Instant.EPOCH,
                "USD",
                Money.parse("0.001"),
                CostRates.NONE,
                operations,
                Collections.emptySortedMap());
    }

    @Benchmark
    public @Nullable Quote one() {
        return priceBook.quote("image.operation_17", BigDecimal.ONE);
    }

    @Benchmark
    public @Nullable Quote measured() {
        return priceBook.quote("image.operation_17", measured);
    }
}
