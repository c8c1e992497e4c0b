package dev.scrip.cli.report;

/// Draws bars as SVG.
final class BarsDrawing {

    private static final int WIDTH = 860;
    private static final int LABEL_WIDTH = 250;
    private static final int SHOWN_WIDTH = 90;
    private static final int ROW = 26;
    private static final int BAR = 14;
    private static final int HEAD = 22;
    private static final int LABEL_LENGTH_MAX = 36;

    private final Bars bars;
    private final double low;
    private final double high;
    private final Markup svg = new Markup();

    BarsDrawing(Bars bars) {
        this.bars = bars;
        double low = 0;
        double high = 0;
        for (var bar : bars.bars()) {
            low = Math.min(low, bar.value());
            high = Math.max(high, bar.value());
        }
        var reference = bars.reference();
        if (reference != null) {
            low = Math.min(low, reference);
            high = Math.max(high, reference);
        }
        this.low = low;
        this.high = high == low ? low + 1 : high;
    }

    String svg() {
        int top = bars.reference() == null ? 0 : HEAD;
        int height = top + bars.bars().size() * ROW + 4;
        svg.open("svg", "viewBox", "0 0 " + WIDTH + " " + height, "role", "img");
        svg.element("title", bars.title());
        int y = top;
        for (var bar : bars.bars()) {
            row(bar, y);
            y += ROW;
        }
        vertical("axis", 0, top, height);
        var reference = bars.reference();
        if (reference != null) {
            vertical("reference", reference, top - 4, height);
            svg.element(
                    "text",
                    bars.referenceLabel(),
                    "class",
                    "quiet",
                    "text-anchor",
                    "middle",
                    "x",
                    Drawing.number(x(reference)),
                    "y",
                    "12");
        }
        return svg.close("svg").toString();
    }

    private void row(Bars.Bar bar, int y) {
        double from = x(Math.min(0, bar.value()));
        double to = x(Math.max(0, bar.value()));
        svg.element(
                "text",
                shortened(bar.label()),
                "text-anchor",
                "end",
                "x",
                Integer.toString(LABEL_WIDTH - 10),
                "y",
                Integer.toString(y + BAR + 3));
        svg.open(
                        "rect",
                        "class",
                        bar.tone() == Block.Tone.WARNING ? "bar low" : "bar",
                        "x",
                        Drawing.number(from),
                        "y",
                        Integer.toString(y + (ROW - BAR) / 2),
                        "width",
                        Drawing.number(Math.max(1, to - from)),
                        "height",
                        Integer.toString(BAR),
                        "rx",
                        "2")
                .close("rect");
        svg.element(
                "text",
                bar.shown(),
                "x",
                Drawing.number(to + 8),
                "y",
                Integer.toString(y + BAR + 3));
    }

    private void vertical(String kind, double value, int top, int bottom) {
        var x = Drawing.number(x(value));
        Drawing.line(svg, kind, x, Integer.toString(top), x, Integer.toString(bottom));
    }

    private double x(double value) {
        double room = WIDTH - LABEL_WIDTH - SHOWN_WIDTH;
        return LABEL_WIDTH + room * (value - low) / (high - low);
    }

    private static String shortened(String label) {
        return label.length() <= LABEL_LENGTH_MAX
                ? label
                : label.substring(0, LABEL_LENGTH_MAX - 1).stripTrailing() + "…";
    }
}
