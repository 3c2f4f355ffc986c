package io.fyercache.sharded.placement;

/**
 * A quantity divided among takers in proportion to their weights, except that none takes less than its minimum or more than
 * its maximum. Computed in doubles, which are the same on every JVM since Java 17. Used by one thread, once.
 */
final class FairDivision {
    private final double[] weights;
    private final double[] minimums;
    private final double[] maximums;
    private final double[] parts;
    /** Takers whose part is settled, as it would be out of bounds otherwise. */
    private final boolean[] closed;

    private FairDivision(double[] weights, double[] minimums, double[] maximums) {
        this.weights = weights;
        this.minimums = minimums;
        this.maximums = maximums;
        this.parts = new double[weights.length];
        this.closed = new boolean[weights.length];
    }

    /**
     * Divides the quantity, which is between the sums of the minimums and of the maximums. The arrays have an element for
     * each taker; weights are greater than 0.
     *
     * <p>In each round the rest is divided by weight among the takers that are open. If they would have to be given more
     * than that in sum to be within their bounds, those below their minimum are closed at it, else those above their maximum
     * at that. Later rounds would only push them further out, so there are at most as many rounds as takers. (The flexible
     * lengths of CSS are resolved in the same way.)
     */
    static double[] divide(double quantity, double[] weights, double[] minimums, double[] maximums) {
        FairDivision division = new FairDivision(weights, minimums, maximums);
        do {
            division.divideAmongOpen(quantity);
        } while (division.closeOutOfBounds());
        return division.parts;
    }

    private void divideAmongOpen(double quantity) {
        double rest = quantity;
        double openWeight = 0;
        for (int i = 0; i < parts.length; i++) {
            if (closed[i]) {
                rest -= parts[i];
            } else {
                openWeight += weights[i];
            }
        }
        for (int i = 0; i < parts.length; i++) {
            if (!closed[i]) {
                parts[i] = rest * weights[i] / openWeight;
            }
        }
    }

    private boolean closeOutOfBounds() {
        double lacking = 0;
        for (int i = 0; i < parts.length; i++) {
            lacking += bounded(i) - parts[i];
        }
        boolean any = false;
        for (int i = 0; i < parts.length; i++) {
            double bounded = bounded(i);
            boolean wrong = (lacking >= 0 && bounded > parts[i]) || (lacking <= 0 && bounded < parts[i]);
            if (!closed[i] && wrong) {
                parts[i] = bounded;
                closed[i] = true;
                any = true;
            }
        }
        return any;
    }

    private double bounded(int taker) {
        return Math.max(minimums[taker], Math.min(maximums[taker], parts[taker]));
    }
}
