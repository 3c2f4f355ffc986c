package io.fyercache.core.engine;

import io.fyercache.core.operation.ChangeInterest;
import io.fyercache.core.operation.EntryChange;

/** Those who are told what happens to entries: the engine's side of the listeners of JSR-107 chapter 8. */
public interface ChangeListeners {

    /** Nobody listens. */
    ChangeListeners NONE = new ChangeListeners() {
        @Override
        public boolean isEmpty() {
            return true;
        }

        @Override
        public ChangeInterest interest() {
            return ChangeInterest.NONE;
        }

        @Override
        public void publish(EntryChange change) {
            // Nobody listens.
        }
    };

    /** Tells whether nobody listens, so that keys need not be held to keep the order of events. One volatile read. */
    boolean isEmpty();

    /** Returns what they want to hear now, for an engine that tells them from elsewhere. */
    ChangeInterest interest();

    /**
     * Tells everyone, in the order of calls for one key, after the commit. Returns when synchronous listeners are done; what they throw
     * comes out of the operation, which has happened all the same. An engine in this JVM holds the key meanwhile.
     */
    void publish(EntryChange change);
}
