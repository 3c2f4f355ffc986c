package io.fyercache.zookeeper.lock;

import io.fyercache.zookeeper.turn.Places;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/** Where the sessions of locks come from. Used by the thread of the locks. */
public interface SessionSource {

    /**
     * Returns what opens sessions, one after another.
     *
     * @param thread runs one thing at a time, in the order in which they were given to it, never within the call that gives it
     */
    Places.Sessions on(Executor thread);

    /** Returns when nothing is left of the sessions that were opened until now and are closed. */
    CompletionStage<Void> ended();
}
