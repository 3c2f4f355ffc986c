package io.fyercache.sharded.message;

import org.jspecify.annotations.Nullable;

/** What an operation answers if it is carried out. */
public sealed interface OperationResult {

    /** Nothing, or that there is no value. */
    enum None implements OperationResult {
        /** The only one. */
        NONE
    }

    /** Yes or no: whether it has done what it is called after. */
    record Flag(boolean done) implements OperationResult {}

    /** A value. */
    record Value(EncodedValue value) implements OperationResult {}

    /**
     * Returns the result that an operation of the core decided upon.
     *
     * @throws IllegalArgumentException if it is none of null, a {@link Boolean} and an {@link EncodedValue}
     */
    static OperationResult of(@Nullable Object decided) {
        if (decided == null) {
            return None.NONE;
        } else if (decided instanceof Boolean done) {
            return new Flag(done);
        } else if (decided instanceof EncodedValue value) {
            return new Value(value);
        }
        throw new IllegalArgumentException("result: an instance of "
                + decided.getClass().getName() + " (expected: null, a Boolean, or an encoded value)");
    }
}
