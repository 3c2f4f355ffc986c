package io.fyercache.benchmarks.result;

/** How the numbers of a cell are read. */
public enum Scale {
    /** Operations per microsecond, all threads together: more is better. */
    OPERATIONS_PER_MICROSECOND("op/µs", Better.MORE),
    /** Bytes per entry: less is better. */
    BYTES_PER_ENTRY("B/entry", Better.LESS),
    /** Operations per second of a whole cluster: more is better. */
    OPERATIONS_PER_SECOND("op/s", Better.MORE),
    /** How long an operation takes: less is better. */
    MICROSECONDS("µs", Better.LESS),
    /** How long something is not to be had: less is better. */
    MILLISECONDS("ms", Better.LESS),
    /** Acknowledged writes that were not there afterwards: less is better, and none is what was promised. */
    LOST_WRITES("writes", Better.LESS) {
        /** Each counts from one up, as no number is a multiple of none. */
        @Override
        public double advantage(double first, double second) {
            return super.advantage(first + 1, second + 1);
        }
    };

    private enum Better {
        MORE,
        LESS
    }

    private final String unit;
    private final Better better;

    Scale(String unit, Better better) {
        this.unit = unit;
        this.better = better;
    }

    /** The unit, for tables. */
    public String unit() {
        return unit;
    }

    /** How many times better the first number is than the second; above 1 when it is better. */
    public double advantage(double first, double second) {
        return better == Better.MORE ? first / second : second / first;
    }
}
