package io.fyercache.sharded.topology;

/** How a partition's primary came to be one, which decides whether it must wait before it serves. */
public enum Succession {
    /** The primary before it may not know yet: the leases that it holds must run out first. */
    TAKEN_OVER,

    /** The primary before it gave up on its own, and serves no more: there is nothing to wait for. */
    HANDED_OVER
}
