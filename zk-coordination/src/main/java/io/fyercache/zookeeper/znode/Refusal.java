package io.fyercache.zookeeper.znode;

/** Why ZooKeeper did not do what it was asked for; a transaction was not carried out at all. */
public enum Refusal {
    /** There is no such znode, or no parent to create it under. */
    NO_NODE,
    /** There is such a znode already. */
    NODE_EXISTS,
    /** It has another version than expected. */
    BAD_VERSION,
    /** It has children. */
    NOT_EMPTY,
    /** The parent is ephemeral. */
    NO_CHILDREN_FOR_EPHEMERALS,
    /** Its access list does not permit this. */
    NOT_PERMITTED,
    /** Something that should not happen, and was logged. */
    OTHER
}
