package io.fyercache.benchmarks.result;

/** How the numbers of a cell are read. */
public enum Scale {
    /** Operations per microsecond, all threads together: more is better. */
    OPERATIONS_PER_MICROSECOND("op/µs") {
        @Override
        public double advantage(double first, double second) {
            return first / second;
        }
    },
    /** Bytes per entry: less is better. */
    BYTES_PER_ENTRY("B/entry") {
        @Override
        public double advantage(double first, double second) {
            return second / first;
        }
    };

    private final String unit;

    Scale(String unit) {
        this.unit = unit;
    }

    /** The unit, for tables. */
    public String unit() {
        return unit;
    }

    /** How many times better the first number is than the second; above 1 when it is better. */
    public abstract double advantage(double first, double second);
}
