package io.fyercache.core.operation;

/**
 * How a cache keeps keys and values: as the objects that the user gave, as private copies, or as bytes. The engine moves stored forms
 * about and never looks into them; this port is what it needs to know. Implementations are thread-safe.
 */
public interface StoredForm {

    /** Keys and values are the user's own objects. */
    StoredForm BY_REFERENCE = new StoredForm() {
        @Override
        public Object keep(Object key) {
            return key;
        }

        @Override
        public boolean sameValue(Object stored, Object other) {
            return stored.equals(other);
        }
    };

    /** Returns the key to keep for {@code key}: equal to it, and safe from what its owner does to it later. */
    Object keep(Object key);

    /** Tells whether two values in stored form are equal for the user: what {@code replace} and {@code remove} compare by. */
    boolean sameValue(Object stored, Object other);

    /**
     * Tells whether {@link #sameValue} of the two may run code of the user's, such as an {@code equals}. If not, it is quick, and a thread for which
     * others wait may do it.
     */
    default boolean asksUser(Object stored, Object other) {
        return true;
    }
}
