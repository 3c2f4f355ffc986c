package io.fyercache.core.operation;

import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The entry that a running {@link EntryProcess} sees, and the record of what it wants done at the end. Only the last of its changes
 * counts; a value that it set and removed again was never there (JSR-107 1.1.1, {@code MutableEntry}).
 *
 * <p>Used by the one thread that runs the process.
 */
final class EntryWishes implements ProcessedEntry {

    /** What the process wants done with the entry. */
    enum Wish {
        /** Nothing was asked. */
        NONE,
        /** The value was read, and nothing else. */
        READ,
        /** The value was read, and was brought by the loader. */
        LOADED,
        /** A value was set where there was one, or none. */
        SET,
        /** The value was removed. */
        REMOVE
    }

    private final @Nullable Object original;
    private final Supplier<@Nullable Object> loader;
    private @Nullable Object value;
    private Wish wish = Wish.NONE;
    private boolean loadTried;
    private boolean loaded;

    /**
     * Makes the view of an entry.
     *
     * @param original the value in stored form before the process ran, null for none
     * @param loader brings the value of a missing entry that is read; null when there is none or the cache does not read through
     */
    EntryWishes(@Nullable Object original, Supplier<@Nullable Object> loader) {
        this.original = original;
        this.loader = loader;
        this.value = original;
    }

    @Override
    public boolean exists() {
        return value != null;
    }

    @Override
    public @Nullable Object value() {
        if (value == null && !loadTried) {
            loadTried = true;
            value = loader.get();
            if (value != null) {
                loaded = true;
                wish = Wish.LOADED;
            }
        }
        if (wish == Wish.NONE && value != null) {
            wish = Wish.READ;
        }
        return value;
    }

    @Override
    public void set(Object newValue) {
        value = newValue;
        wish = Wish.SET;
    }

    @Override
    public void remove() {
        // What this very process created was never anywhere: taking it back is no change at all. What it loaded is in
        // the database, and whoever saw it there and removes it wants it deleted (EntryProcessor javadoc, example 3).
        boolean createdHere = original == null && !loaded && wish == Wish.SET;
        wish = createdHere ? Wish.NONE : Wish.REMOVE;
        value = null;
        loadTried = true; // It is gone for this process: reading it must not bring it back.
    }

    @Nullable
    Object original() {
        return original;
    }

    /** The value that the wishes SET and LOADED are about. */
    Object wantedValue() {
        return Objects.requireNonNull(value);
    }

    Wish wish() {
        return wish;
    }
}
