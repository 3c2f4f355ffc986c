package io.fyercache.sharded.coordination;

/** How a {@link CacheCatalogue#destroy} ended. */
public enum DestroyOutcome {
    /** There is no cache of that number, and never will be. */
    GONE,
    /** The connection broke, or ZooKeeper does not permit it, which is logged: it is gone or not. To destroy it again does no harm. */
    UNKNOWN
}
