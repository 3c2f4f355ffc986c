package io.fyercache.core.engine;

/**
 * How a cache is kept in step with those of other processes. All but {@link #cleared} are those of its connection to the bus, which caches with the same
 * settings share. Any thread.
 */
public interface InvalidationFigures {

    /** Returns how many messages the bus has taken over, heartbeats not counted. */
    long sent();

    /** Returns how many messages of other processes have told of changes. */
    long received();

    /** Returns how many messages were of no use: malformed, or here already. */
    long dropped();

    /** Returns how often something was missed, so that everything was taken for outdated. */
    long gaps();

    /** Returns how often this cache was emptied as a whole, for whatever reason. */
    long cleared();

    /** Returns how old the news is that this process goes by, in nanoseconds: the age of the latest heartbeat that has come back; -1 if none has. */
    long lagNanos();

    /** Tells whether the cache answers from memory. */
    boolean isInStep();
}
