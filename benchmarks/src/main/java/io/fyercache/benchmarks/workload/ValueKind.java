package io.fyercache.benchmarks.workload;

/** The kinds of values that are stored. */
public enum ValueKind {
    /** A {@link String} of about 20 characters. */
    STRING("string", String.class) {
        @Override
        public Object value(int number, int revision) {
            return "value-" + (1_000_000_000L + number) + "-r" + revision;
        }

        @Override
        public long look(Object value) {
            return ((String) value).length();
        }
    },
    /** A {@link CustomerRecord}. */
    RECORD("record", CustomerRecord.class) {
        @Override
        public Object value(int number, int revision) {
            return new CustomerRecord(number, "customer-" + number, revision);
        }

        @Override
        public long look(Object value) {
            return ((CustomerRecord) value).id();
        }
    },
    /** An {@link Order}: mutable, ten fields. */
    POJO("pojo", Order.class) {
        @Override
        public Object value(int number, int revision) {
            return new Order(number, revision);
        }

        @Override
        public long look(Object value) {
            return ((Order) value).number();
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

    /** Looks at a value as whoever has asked for it does: reads one field. */
    public abstract long look(Object value);
}
