package io.fyercache.core.codec;

/** How the values of one class become bytes. Immutable and thread-safe. */
interface Form {
    /** Whether and when values of this form can be referred to. */
    Sharing sharing();

    /** Writes the value's tag and contents. */
    void write(ValueWriter out, Object value);
}
