package io.fyercache.core.engine;

import io.fyercache.core.write.Change;
import io.fyercache.core.write.DeadLetter;
import java.util.List;

/** The changes of a cache that its writer has not written yet, as operators see them. Keys and values are in stored form. Thread-safe. */
public interface QueuedChanges {

    /** Returns how many keys have a change that is to be written; dead letters do not count. */
    int depth();

    /** Returns for how long the oldest of these changes has been waiting, in milliseconds; 0 if there is none. */
    long lagMillis();

    /** Returns how many dead letters there are. */
    int deadLetterCount();

    /** Returns how many batches could not be written, or not as a whole. */
    long failures();

    /** Returns the dead letters, oldest first. */
    List<DeadLetter<Object, Change>> deadLetters();

    /** Has a dead letter written anew, with all its attempts; tells whether the key had one. */
    boolean replay(Object key);

    /** Drops a dead letter; tells whether the key had one. */
    boolean discard(Object key);
}
