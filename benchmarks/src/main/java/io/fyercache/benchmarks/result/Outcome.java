package io.fyercache.benchmarks.result;

import java.util.ArrayList;
import java.util.List;

/** What one contestant did in one cell. */
public sealed interface Outcome {
    /**
     * Samples in the cell's unit.
     *
     * @param samples at least one
     */
    record Measured(List<Double> samples) implements Outcome {
        /** Keeps a copy of the samples. */
        public Measured {
            samples = List.copyOf(samples);
            if (samples.isEmpty()) {
                throw new IllegalArgumentException("samples: none (expected: at least one)");
            }
        }

        /** Half of the samples are below, half above. */
        public double median() {
            return quantile(0.5);
        }

        /** The spread of the middle half of the samples, in parts of the median; 0 when all are equal. */
        public double relativeSpread() {
            return median() == 0 ? 0 : (quantile(0.75) - quantile(0.25)) / median();
        }

        /** By linear interpolation between the closest ranks (Hyndman and Fan's definition 7). */
        private double quantile(double fraction) {
            double[] sorted =
                    samples.stream().mapToDouble(Double::doubleValue).sorted().toArray();
            double position = fraction * (sorted.length - 1);
            int below = (int) position;
            int above = Math.min(below + 1, sorted.length - 1);
            return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
        }

        /** These samples and more. */
        public Measured and(Measured more) {
            List<Double> all = new ArrayList<>(samples);
            all.addAll(more.samples);
            return new Measured(all);
        }
    }

    /**
     * The contestant cannot do what the cell asks for, or failed to prove that it does.
     *
     * @param reason one line, for the report
     */
    record NotAvailable(String reason) implements Outcome {}
}
