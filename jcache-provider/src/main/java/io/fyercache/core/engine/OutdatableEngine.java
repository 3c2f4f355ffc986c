package io.fyercache.core.engine;

/** An engine in this JVM that can be told that what it keeps has changed elsewhere. */
public interface OutdatableEngine extends CacheEngine {

    /**
     * Takes out the entry of a key, and that the key is known to have no value: no listener, no writer, not counted. Waits for nobody and runs no code of the
     * user's but {@code equals} and {@code hashCode} of keys. What a load or another operation finds out that is under way is handed to whoever waits for it already, and not
     * kept.
     */
    void outdate(Object key);

    /** Takes out every entry, as {@link #outdate} does: also that of a key that was held when this began. */
    void outdateAll();
}
