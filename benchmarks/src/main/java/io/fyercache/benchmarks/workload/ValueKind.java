package io.fyercache.benchmarks.workload;

/** The kinds of values that are stored. */
public enum ValueKind {
    /** A {@link String} of about 20 characters. */
    STRING("string", String.class) {
        @Override
        public Object value(int number, int revision) {
            return "value-" + (1_000_000_000L + number) + "-r" + revision;
        }
    },
    /** A {@link CustomerRecord}. */
    RECORD("record", CustomerRecord.class) {
        @Override
        public Object value(int number, int revision) {
            return new CustomerRecord(number, "customer-" + number, revision);
        }
    },
    /** An {@link Order}: mutable, ten fields. */
    POJO("pojo", Order.class) {
        @Override
        public Object value(int number, int revision) {
            return new Order(number, revision);
        }
    };

    private final String id;
    private final Class<?> type;

    ValueKind(String id, Class<?> type) {
        this.id = id;
        this.type = type;
    }

    /** The name in cell names. */
    public String id() {
        return id;
    }

    /** The class of the values. */
    public Class<?> type() {
        return type;
    }

    /** A new value; values of equal number and revision are equal, others are not. */
    public abstract Object value(int number, int revision);
}
