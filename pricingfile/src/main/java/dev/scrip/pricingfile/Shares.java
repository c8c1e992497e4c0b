package dev.scrip.pricingfile;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/// Splits a whole number in proportion, by largest remainder, so that the parts sum up exactly.
final class Shares {

    private Shares() {}

    /// @param weights not negative, at least one of them positive
    static List<Long> split(long whole, List<Long> weights) {
        var sum =
                weights.stream().map(BigInteger::valueOf).reduce(BigInteger.ZERO, BigInteger::add);
        var parts = new ArrayList<Long>();
        var remainders = new ArrayList<BigInteger>();
        long left = whole;
        for (var weight : weights) {
            var product = BigInteger.valueOf(whole).multiply(BigInteger.valueOf(weight));
            var quotient = product.divideAndRemainder(sum);
            parts.add(quotient[0].longValueExact());
            remainders.add(quotient[1]);
            left -= parts.getLast();
        }
        IntStream.range(0, weights.size())
                .boxed()
                .sorted(Comparator.comparing(remainders::get, Comparator.reverseOrder()))
                .limit(left)
                .forEach(i -> parts.set(i, parts.get(i) + 1));
        return List.copyOf(parts);
    }
}
