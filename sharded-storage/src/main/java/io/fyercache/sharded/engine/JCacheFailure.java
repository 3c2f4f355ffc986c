package io.fyercache.sharded.engine;

import javax.cache.CacheException;
import javax.cache.integration.CacheLoaderException;
import javax.cache.integration.CacheWriterException;
import javax.cache.processor.EntryProcessorException;
import org.jspecify.annotations.Nullable;

/**
 * The exceptions that JCache has for what user code throws. Every process knows them, so whoever called gets one of its own, with the stack of
 * its own call, and what was thrown on the member as its cause.
 */
enum JCacheFailure {
    LOADER(CacheLoaderException.class),
    WRITER(CacheWriterException.class),
    PROCESSOR(EntryProcessorException.class),
    /** Last, as the others are of its kind. */
    ANY(CacheException.class);

    private final Class<? extends CacheException> type;

    JCacheFailure(Class<? extends CacheException> type) {
        this.type = type;
    }

    /** Returns what an exception is to whoever called; null if it is none of JCache's, nor of a subclass. */
    static @Nullable JCacheFailure of(Throwable thrown) {
        for (JCacheFailure failure : values()) {
            if (failure.type.isInstance(thrown)) {
                return failure;
            }
        }
        return null;
    }

    /** Returns the one whose class has this name; null for none. */
    static @Nullable JCacheFailure named(String className) {
        for (JCacheFailure failure : values()) {
            if (failure.type.getName().equals(className)) {
                return failure;
            }
        }
        return null;
    }

    /** Returns the name of its class. */
    String className() {
        return type.getName();
    }

    /** Returns what is behind an exception of this kind: its cause, or the exception itself if its class is the user's own. */
    @Nullable
    Throwable behind(Throwable thrown) {
        return thrown.getClass() == type ? thrown.getCause() : thrown;
    }

    /** Makes one for whoever called. */
    CacheException make(String text, @Nullable Throwable cause) {
        return switch (this) {
            case LOADER -> new CacheLoaderException(text, cause);
            case WRITER -> new CacheWriterException(text, cause);
            case PROCESSOR -> new EntryProcessorException(text, cause);
            case ANY -> new CacheException(text, cause);
        };
    }
}
