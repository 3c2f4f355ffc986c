package io.fyercache.sharded.engine;

import io.fyercache.core.engine.ChangeListeners;
import io.fyercache.sharded.message.ListenerFailure;
import io.fyercache.sharded.message.PlacedChange;
import org.jspecify.annotations.Nullable;

/**
 * Tells listeners of a change, on the thread that is to run them. What a listener does with caches meanwhile is not waited for by it: whoever is
 * to hear of that may be waiting for this thread (V5). Thread-safe.
 */
public final class ListenerThread {
    /** Whether this thread is telling listeners. Set only while it does. */
    private static final ThreadLocal<Boolean> TELLING = new ThreadLocal<>();

    private ListenerThread() {}

    /** Tells whether the calling thread runs a listener. */
    static boolean isTelling() {
        return TELLING.get() != null;
    }

    /** Tells listeners of a change; returns what they threw, null for nothing. */
    public static @Nullable ListenerFailure tell(ChangeListeners listeners, PlacedChange placed) {
        TELLING.set(true);
        try {
            listeners.publish(placed.change());
            return null;
        } catch (RuntimeException | Error e) {
            String message = e.getMessage();
            return new ListenerFailure(placed.place(), message == null ? e.toString() : message);
        } finally {
            TELLING.remove();
        }
    }
}
