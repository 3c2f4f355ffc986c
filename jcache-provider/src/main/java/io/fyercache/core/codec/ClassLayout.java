package io.fyercache.core.codec;

import java.nio.charset.StandardCharsets;

/**
 * The form of one class of the application: what stands in the bytes for the class, and how its instances are written and
 * read.
 *
 * <p>The bytes name the class and the fingerprint of its shape. Where the shape has changed, the bytes are refused instead of
 * being read into the wrong fields. A layout is reachable only from its class: it must not be referred to strongly from
 * anything that outlives the class. Thread-safe.
 */
abstract sealed class ClassLayout implements Form permits ObjectLayout, RecordLayout, EnumLayout, ArrayLayout {
    private static final int INITIAL_SIZE_HINT = 64;
    /** Bytes. An unusually large value must not make the buffers of all later ones as large. */
    private static final int LARGEST_SIZE_HINT = 4_096;

    private final Class<?> type;
    private final Sharing sharing;
    private final byte[] nameBytes;
    private final long fingerprint;
    /** Bytes of the last value; written by any thread, and any value of it will do. */
    private int sizeHint = INITIAL_SIZE_HINT;

    /**
     * Creates the base of a layout.
     *
     * @param shape describes, beyond the name of the class, what its bytes depend on
     */
    ClassLayout(Class<?> type, Sharing sharing, String shape) {
        this.type = type;
        this.sharing = sharing;
        this.nameBytes = type.getName().getBytes(StandardCharsets.UTF_8);
        this.fingerprint = Fingerprint.of(type.getName() + '\n' + shape);
    }

    final Class<?> type() {
        return type;
    }

    @Override
    public final Sharing sharing() {
        return sharing;
    }

    /** The name of the class in UTF-8; not to be changed. */
    final byte[] nameBytes() {
        return nameBytes;
    }

    final long fingerprint() {
        return fingerprint;
    }

    /** Bytes that a value of this class probably takes. */
    final int sizeHint() {
        return sizeHint;
    }

    final void noteSize(int bytes) {
        if (bytes != sizeHint) {
            sizeHint = Math.min(bytes, LARGEST_SIZE_HINT);
        }
    }
}
