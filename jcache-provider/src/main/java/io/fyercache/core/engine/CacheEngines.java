package io.fyercache.core.engine;

import io.fyercache.core.operation.EncodedForm;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** The engines of the caches of one manager, and what they share. Thread-safe. */
public interface CacheEngines extends AutoCloseable {

    /** What engines can keep. */
    enum Keeping {
        /** Any object, as it is or as bytes. */
        OBJECTS,
        /** Bytes only: definitions must have an {@link EncodedForm}. */
        BYTES
    }

    /** Returns what these engines can keep. */
    default Keeping keeping() {
        return Keeping.OBJECTS;
    }

    /**
     * Starts the engine of a cache. Its name is not in use in this manager, which sees to that.
     *
     * @throws RuntimeException if that cannot be; then nothing of the cache is left here but what its design has made
     */
    CacheEngine open(CacheDesign design);

    /**
     * Starts the engine of a cache that is defined already, as far as this process knows, and never defines one. By default no cache is: it is defined by
     * being opened.
     *
     * @throws CacheNotDefinedException if there is none of that name
     * @throws RuntimeException if it cannot be opened; then nothing of it is left here but what its design has made
     */
    default CacheEngine openDefined(CacheDesign design) {
        throw new CacheNotDefinedException(design.name());
    }

    /**
     * Returns what they are or have of a type, for {@code CacheManager.unwrap}; null if that is nothing. By default they are themselves.
     */
    default <T> @Nullable T as(Class<T> type) {
        return type.isInstance(this) ? type.cast(this) : null;
    }

    /**
     * Runs work in the background that must not hold up its caller: loads, asynchronous listeners. Daemon threads, until {@link
     * #close()}. Refuses work, with a {@link java.util.concurrent.RejectedExecutionException}, when too much is waiting.
     */
    Executor background();

    /** Ends what the engines share; all engines are closed before. Leaves no thread. */
    @Override
    void close();
}
