package io.fyercache.jdbc.fence;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * Tells a writer by whose authority it is called. Asked by the thread that the provider has called the writer on, within the call.
 *
 * <p>Serializable, as it travels with the factory of the writer. Thread-safe.
 */
@FunctionalInterface
public interface PrimaryEpochs extends Serializable {

    /** The primary that has the entry of a key written; null if nobody has said. */
    @Nullable
    PrimaryEpoch of(Object key);
}
