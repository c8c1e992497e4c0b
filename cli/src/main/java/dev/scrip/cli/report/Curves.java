package dev.scrip.cli.report;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Figures over figures: lines with their points, on linear or logarithmic axes.
///
/// @param band a range of x that is shaded; null for none
/// @param marks points that are named
public record Curves(
        String title, Axis x, Axis y, List<Curve> curves, @Nullable Band band, List<Mark> marks)
        implements Block.Picture {

    public enum Scale {
        LINEAR,
        /// Ten times as much is one step; for values above zero only.
        LOG
    }

    public enum Shape {
        LINE,
        /// Holds its value until the next point.
        STEPS,
        POINTS
    }

    public record Axis(String label, Scale scale) {}

    public record Curve(String name, Shape shape, List<Point> points) {

        public Curve {
            points = List.copyOf(points);
        }
    }

    public record Point(double x, double y) {

        public Point {
            checkFinite(x);
            checkFinite(y);
        }
    }

    public record Band(double from, double to, String label) {}

    public record Mark(Point at, String label) {}

    public Curves {
        curves = List.copyOf(curves);
        marks = List.copyOf(marks);
        for (var curve : curves) {
            for (var point : curve.points()) {
                checkScale("x", x, point.x());
                checkScale("y", y, point.y());
            }
        }
    }

    static void checkFinite(double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("A picture cannot show " + value + ".");
        }
    }

    private static void checkScale(String name, Axis axis, double value) {
        if (axis.scale() == Scale.LOG && value <= 0) {
            throw new IllegalArgumentException(
                    "On a logarithmic " + name + " axis " + value + " has no place.");
        }
    }
}
