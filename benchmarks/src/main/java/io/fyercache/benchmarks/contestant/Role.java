package io.fyercache.benchmarks.contestant;

/** What a contestant is compared as. */
public enum Role {
    /** FyerCache. */
    OURS,
    /** Another JCache provider. */
    PEER,
    /** A bare map: no JCache, the speed and size that a provider could at best approach. */
    LIMIT,
    /** FyerCache in another form, which it is held against. */
    OURS_ELSE
}
