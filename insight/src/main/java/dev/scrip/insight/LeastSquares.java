package dev.scrip.insight;

/// Least squares with coefficients that are not negative, for a handful of columns.
///
/// Every set of columns is solved without the bound, and the best whose coefficients are all
/// allowed is taken: that is the optimum, since at it some set is free and the others are zero.
final class LeastSquares {

    private static final int COLUMNS_MAX = 12;
    private static final double SINGULAR = 1e-10;

    private LeastSquares() {}

    /// The coefficients x ≥ 0 that make the sum of squares of `rows · x − right` least. Columns
    /// that others explain as well are left out; of equal sets the one of fewer columns is taken.
    ///
    /// @throws IllegalArgumentException if there are more than twelve columns, or none
    static double[] nonNegative(double[][] rows, double[] right) {
        int columns = rows.length == 0 ? 0 : rows[0].length;
        if (columns == 0 || columns > COLUMNS_MAX) {
            throw new IllegalArgumentException(
                    "There must be 1 to " + COLUMNS_MAX + " columns, but there are " + columns);
        }
        var scale = scale(rows, columns);
        var best = new double[columns];
        double least = squares(rows, right, best);
        double tolerance = 1e-12 * Math.max(least, Double.MIN_NORMAL);
        for (int size = 1; size <= columns; size++) {
            for (int set = 1; set < 1 << columns; set++) {
                if (Integer.bitCount(set) != size) {
                    continue;
                }
                var found = solve(rows, right, set, scale);
                if (found.length > 0) {
                    double squares = squares(rows, right, found);
                    if (squares < least - tolerance) {
                        least = squares;
                        best = found;
                    }
                }
            }
        }
        return best;
    }

    private static double[] scale(double[][] rows, int columns) {
        var scale = new double[columns];
        for (int j = 0; j < columns; j++) {
            double sum = 0;
            for (var row : rows) {
                sum += row[j] * row[j];
            }
            scale[j] = sum == 0 ? 1 : Math.sqrt(sum);
        }
        return scale;
    }

    private static double squares(double[][] rows, double[] right, double[] x) {
        double sum = 0;
        for (int i = 0; i < rows.length; i++) {
            double difference = -right[i];
            for (int j = 0; j < x.length; j++) {
                difference += rows[i][j] * x[j];
            }
            sum += difference * difference;
        }
        return sum;
    }

    /// The normal equations of some columns, scaled to length 1; empty when they are singular or a
    /// coefficient is negative.
    private static double[] solve(double[][] rows, double[] right, int set, double[] scale) {
        int size = Integer.bitCount(set);
        var chosen = new int[size];
        for (int j = 0, at = 0; j < scale.length; j++) {
            if ((set & 1 << j) != 0) {
                chosen[at++] = j;
            }
        }
        var normal = new double[size][size + 1];
        for (int a = 0; a < size; a++) {
            for (int i = 0; i < rows.length; i++) {
                double left = rows[i][chosen[a]] / scale[chosen[a]];
                for (int b = 0; b < size; b++) {
                    normal[a][b] += left * rows[i][chosen[b]] / scale[chosen[b]];
                }
                normal[a][size] += left * right[i];
            }
        }
        for (int k = 0; k < size; k++) {
            if (normal[k][k] < SINGULAR) {
                return new double[0];
            }
            for (int a = k + 1; a < size; a++) {
                double factor = normal[a][k] / normal[k][k];
                for (int b = k; b <= size; b++) {
                    normal[a][b] -= factor * normal[k][b];
                }
            }
        }
        var x = new double[scale.length];
        for (int a = size - 1; a >= 0; a--) {
            double sum = normal[a][size];
            for (int b = a + 1; b < size; b++) {
                sum -= normal[a][b] * x[chosen[b]] * scale[chosen[b]];
            }
            double value = sum / normal[a][a] / scale[chosen[a]];
            if (value < 0) {
                return new double[0];
            }
            x[chosen[a]] = value;
        }
        return x;
    }
}
