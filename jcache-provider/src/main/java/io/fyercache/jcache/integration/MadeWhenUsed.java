package io.fyercache.jcache.integration;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A thing that is made when it is first wanted, and once; if that fails, whoever wanted it is told, and the next one tries again. Thread-safe.
 * Its monitor is owned while it is made.
 *
 * @param <T> what is made
 */
public final class MadeWhenUsed<T> implements Supplier<T> {
    private final Supplier<? extends T> making;
    private volatile @Nullable T made;

    /** Keeps in mind how to make it. */
    public MadeWhenUsed(Supplier<? extends T> making) {
        this.making = making;
    }

    @Override
    public T get() {
        T present = made;
        return present != null ? present : make();
    }

    private synchronized T make() {
        T present = made;
        if (present == null) {
            present = making.get();
            made = present;
        }
        return present;
    }
}
