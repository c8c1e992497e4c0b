package dev.scrip.bench;

import java.util.Locale;

/// A line of the table in docs/performance.md that says how Scrip does beside something else.
///
/// @param figure of Scrip, with its unit
/// @param other the same of what it is compared with, and what that is
record Comparison(String work, String figure, String other, double ratio, Goal goal) {

    /// The median of both and of the ratios of each round.
    static Comparison ofRates(
            String work, double[] rates, String peer, double[] others, Goal goal) {
        return new Comparison(
                work,
                rate(rates),
                peer + ": " + rate(others),
                Figures.medianRatio(rates, others),
                goal);
    }

    /// As [#ofRates] for what one charge takes, in microseconds.
    static Comparison ofCosts(
            String work, double[] costs, String peer, double[] others, Goal goal) {
        return new Comparison(
                work,
                cost(costs),
                peer + ": " + cost(others),
                Figures.medianRatio(costs, others),
                goal);
    }

    private static String rate(double[] perSecond) {
        return String.format(Locale.ROOT, "%,.0f/s", Figures.median(perSecond));
    }

    private static String cost(double[] micros) {
        return String.format(Locale.ROOT, "%.1f µs", Figures.median(micros));
    }

    /// In Markdown; bench/run collects these lines.
    void print() {
        System.out.printf(
                Locale.ROOT,
                "| %s | %s | %s | %.2f | %s%s |%n",
                work,
                figure,
                other,
                ratio,
                goal,
                goal.isMetBy(ratio) ? "" : ", **missed**");
    }
}
