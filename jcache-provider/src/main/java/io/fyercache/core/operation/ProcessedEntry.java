package io.fyercache.core.operation;

import org.jspecify.annotations.Nullable;

/** The entry as a running {@link EntryProcess} sees it; values are in stored form. Used by the one thread that runs the process. */
public interface ProcessedEntry {

    /** Tells whether the entry has a value now; never loads one. */
    boolean exists();

    /** Returns the value, loaded if there is none and the cache reads through, or null. */
    @Nullable
    Object value();

    /** Asks for {@code newValue} to be set. */
    void set(Object newValue);

    /** Asks for the entry to be removed. A value that was only set by this process is forgotten; one that was loaded is deleted. */
    void remove();
}
