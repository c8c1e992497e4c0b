package dev.scrip.cli.report;

import dev.scrip.cli.report.Curves.Axis;
import dev.scrip.cli.report.Curves.Curve;
import dev.scrip.cli.report.Curves.Point;
import dev.scrip.cli.report.Curves.Scale;
import dev.scrip.cli.report.Curves.Shape;
import java.util.ArrayList;
import java.util.List;

/// Draws curves as SVG, with their axes, a legend and what is marked.
final class CurvesDrawing {

    private static final int WIDTH = 860;
    private static final int HEIGHT = 380;
    private static final int LEFT = 70;
    private static final int RIGHT = 24;
    private static final int TOP = 34;
    private static final int BOTTOM = 50;
    private static final int X_TICKS = 16;
    private static final int Y_TICKS = 6;
    private static final int COLOURS = 4;
    private static final int LEGEND_LETTER = 8;

    private final Curves curves;
    private final Range x;
    private final Range y;
    private final Markup svg = new Markup();

    /// The part of an axis that is seen, and where on the drawing it lies.
    private record Range(Scale scale, double low, double high, double from, double to) {

        double place(double value) {
            double share =
                    switch (scale) {
                        case LINEAR -> (value - low) / (high - low);
                        case LOG -> Math.log(value / low) / Math.log(high / low);
                    };
            return from + share * (to - from);
        }

        List<Double> ticks(int count) {
            return switch (scale) {
                case LINEAR -> Drawing.evenTicks(low, high, count);
                case LOG -> Drawing.logTicks(low, high);
            };
        }
    }

    CurvesDrawing(Curves curves) {
        this.curves = curves;
        var points = curves.curves().stream().flatMap(curve -> curve.points().stream()).toList();
        var xs = points.stream().mapToDouble(Point::x).summaryStatistics();
        var ys = points.stream().mapToDouble(Point::y).summaryStatistics();
        this.x = range(curves.x(), xs.getMin(), xs.getMax(), LEFT, WIDTH - RIGHT);
        // What is compared by its height starts from zero.
        var least = curves.y().scale() == Scale.LINEAR ? Math.min(0, ys.getMin()) : ys.getMin();
        this.y = toTicks(range(curves.y(), least, ys.getMax(), HEIGHT - BOTTOM, TOP));
    }

    /// Widened to the ticks around it: an axis that ends between two has nobody's figure at its
    /// top.
    private static Range toTicks(Range range) {
        if (range.scale() == Scale.LOG) {
            return range;
        }
        double step = Drawing.evenStep(range.low(), range.high(), Y_TICKS);
        return new Range(
                range.scale(),
                step * Math.floor(range.low() / step + 1e-9),
                step * Math.ceil(range.high() / step - 1e-9),
                range.from(),
                range.to());
    }

    private static Range range(Axis axis, double low, double high, double from, double to) {
        var isLog = axis.scale() == Scale.LOG;
        if (low > high) {
            return new Range(axis.scale(), isLog ? 1 : 0, isLog ? 10 : 1, from, to);
        }
        var top = high > low ? high : isLog ? low * 10 : low + 1;
        return new Range(axis.scale(), low, top, from, to);
    }

    String svg() {
        svg.open("svg", "viewBox", "0 0 " + WIDTH + " " + HEIGHT, "role", "img");
        svg.element("title", curves.title());
        band();
        axes();
        for (int i = 0; i < curves.curves().size(); i++) {
            curve(curves.curves().get(i), i % COLOURS);
        }
        marks();
        legend();
        return svg.close("svg").toString();
    }

    private void band() {
        var band = curves.band();
        if (band == null) {
            return;
        }
        double from = x.place(Math.max(x.low(), band.from()));
        double to = x.place(Math.min(x.high(), band.to()));
        if (to <= from) {
            return;
        }
        svg.open(
                        "rect",
                        "class",
                        "band",
                        "x",
                        Drawing.number(from),
                        "y",
                        Integer.toString(TOP),
                        "width",
                        Drawing.number(to - from),
                        "height",
                        Integer.toString(HEIGHT - BOTTOM - TOP))
                .close("rect");
        text(band.label(), "quiet", "middle", (from + to) / 2, TOP + 14);
    }

    private void axes() {
        double bottom = HEIGHT - BOTTOM;
        for (var tick : y.ticks(Y_TICKS)) {
            double at = y.place(tick);
            line("grid", LEFT, at, WIDTH - RIGHT, at);
            text(Drawing.label(tick), "quiet", "end", LEFT - 8, at + 4);
        }
        for (var tick : x.ticks(X_TICKS)) {
            double at = x.place(tick);
            line("axis", at, bottom, at, bottom + 5);
            text(Drawing.label(tick), "quiet", "middle", at, bottom + 18);
        }
        line("axis", LEFT, bottom, WIDTH - RIGHT, bottom);
        text(curves.x().label(), "quiet", "middle", (LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - 8);
        text(curves.y().label(), "quiet", "start", 4, 14);
    }

    private void curve(Curve curve, int colour) {
        var points = curve.points();
        if (curve.shape() != Shape.POINTS && points.size() > 1) {
            svg.open("path", "class", "curve c" + colour, "d", path(curve)).close("path");
        }
        // Many points are a line; drawn one by one they would hide it.
        if (curve.shape() == Shape.POINTS || points.size() <= 40) {
            points.forEach(point -> dot("p" + colour, point, "3.5"));
        }
    }

    private String path(Curve curve) {
        var path = new StringBuilder();
        for (var point : curve.points()) {
            var at = Drawing.number(x.place(point.x()));
            if (path.isEmpty()) {
                path.append('M').append(at).append(' ');
            } else if (curve.shape() == Shape.STEPS) {
                path.append('H').append(at).append('V');
            } else {
                path.append('L').append(at).append(' ');
            }
            path.append(Drawing.number(y.place(point.y())));
        }
        return path.toString();
    }

    private void marks() {
        for (var mark : curves.marks()) {
            dot("mark", mark.at(), "7");
            double at = x.place(mark.at().x());
            var left = at > WIDTH * 0.7;
            text(
                    mark.label(),
                    "",
                    left ? "end" : "start",
                    at + (left ? -10 : 10),
                    y.place(mark.at().y()) - 10);
        }
    }

    private void legend() {
        var named = new ArrayList<Curve>(curves.curves());
        if (named.size() < 2) {
            return;
        }
        double at = WIDTH - RIGHT;
        for (int i = named.size() - 1; i >= 0; i--) {
            var name = named.get(i).name();
            at -= name.length() * LEGEND_LETTER;
            text(name, "", "start", at, 14);
            svg.open(
                            "circle",
                            "class",
                            "p" + i % COLOURS,
                            "cx",
                            Drawing.number(at - 10),
                            "cy",
                            "10",
                            "r",
                            "4.5")
                    .close("circle");
            at -= 28;
        }
    }

    private void dot(String kind, Point point, String radius) {
        svg.open(
                        "circle",
                        "class",
                        kind,
                        "cx",
                        Drawing.number(x.place(point.x())),
                        "cy",
                        Drawing.number(y.place(point.y())),
                        "r",
                        radius)
                .close("circle");
    }

    private void line(String kind, double x1, double y1, double x2, double y2) {
        Drawing.line(
                svg,
                kind,
                Drawing.number(x1),
                Drawing.number(y1),
                Drawing.number(x2),
                Drawing.number(y2));
    }

    private void text(String text, String kind, String anchor, double atX, double atY) {
        svg.element(
                "text",
                text,
                "class",
                kind,
                "text-anchor",
                anchor,
                "x",
                Drawing.number(atX),
                "y",
                Drawing.number(atY));
    }
}
