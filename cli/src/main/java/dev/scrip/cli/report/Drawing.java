package dev.scrip.cli.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What drawings have in common: coordinates, lines, and where an axis is labelled.
final class Drawing {

    private Drawing() {}

    static String number(double coordinate) {
        return String.format(Locale.ROOT, "%.1f", coordinate);
    }

    static void line(Markup svg, String kind, String x1, String y1, String x2, String y2) {
        svg.open("line", "class", kind, "x1", x1, "y1", y1, "x2", x2, "y2", y2).close("line");
    }

    /// Even figures that cover a range: steps of 1, 2 or 5 times a power of ten, about `count`.
    static List<Double> evenTicks(double low, double high, int count) {
        double step = evenStep(low, high, count);
        var ticks = new ArrayList<Double>();
        for (long i = (long) Math.ceil(low / step - 1e-9); i * step <= high + step * 1e-9; i++) {
            ticks.add(i * step);
        }
        return ticks;
    }

    /// How far even figures are apart: 1, 2 or 5 times a power of ten.
    static double evenStep(double low, double high, int count) {
        double rough = (high - low) / count;
        double power = Math.pow(10, Math.floor(Math.log10(rough)));
        double step = power;
        for (double factor : new double[] {2, 5, 10}) {
            if (step < rough) {
                step = power * factor;
            }
        }
        return step;
    }

    /// Powers of ten within a range, with 2 and 5 between them where there are few.
    static List<Double> logTicks(double low, double high) {
        int from = (int) Math.floor(Math.log10(low));
        int to = (int) Math.ceil(Math.log10(high));
        double[] factors = to - from <= 2 ? new double[] {1, 2, 5} : new double[] {1};
        var ticks = new ArrayList<Double>();
        for (int power = from; power <= to; power++) {
            for (double factor : factors) {
                double tick = factor * Math.pow(10, power);
                if (tick >= low * (1 - 1e-9) && tick <= high * (1 + 1e-9)) {
                    ticks.add(tick);
                }
            }
        }
        return ticks;
    }

    /// A figure under an axis: at most four digits, thousands apart.
    static String label(double value) {
        double size = Math.abs(value);
        if (size >= 1_000_000) {
            return trimmed(value / 1_000_000) + " M";
        }
        if (size >= 1_000) {
            return String.format(Locale.ROOT, "%,.0f", value);
        }
        return trimmed(value);
    }

    private static String trimmed(double value) {
        var text =
                Math.abs(value) >= 0.001 || value == 0
                        ? String.format(Locale.ROOT, "%.4f", value)
                        : String.format(Locale.ROOT, "%.1e", value);
        return text.contains("e") ? text : text.replaceAll("\\.?0+$", "");
    }
}
