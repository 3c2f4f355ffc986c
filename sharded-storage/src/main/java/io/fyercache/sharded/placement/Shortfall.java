package io.fyercache.sharded.placement;

/** Why the copies of a partition are less safe than was asked for. */
public enum Shortfall {
    /** There are fewer members than wanted copies. */
    FEWER_COPIES,

    /** Two copies are in one zone, as the zones that have room are fewer than the copies. Only where members name zones. */
    SHARED_ZONE,

    /** Two copies are on one host, as the hosts that have room, in the zones that the copies must be in, are fewer. */
    SHARED_HOST
}
