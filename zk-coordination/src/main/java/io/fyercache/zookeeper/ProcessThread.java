package io.fyercache.zookeeper;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * The one thread of a member or client that everything here happens on.
 *
 * @param executor runs one thing at a time, in the order in which they were given to it, never within the call that gives it
 */
record ProcessThread(Executor executor) {
    private static final Logger LOGGER = System.getLogger(ProcessThread.class.getName());

    /** Does something on it later, unless it has ended: then there is nobody left to be told. */
    void hand(Runnable action) {
        try {
            executor.execute(action);
        } catch (RejectedExecutionException e) {
            LOGGER.log(Level.DEBUG, "nobody is told what ZooKeeper says: the thread of the process has ended", e);
        }
    }
}
