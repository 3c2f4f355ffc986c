package io.fyercache.zookeeper.znode;

/** How a request ended. */
public sealed interface Reply<T> {
    /** All of it was done. */
    record Done<T>(T value) implements Reply<T> {}

    /**
     * None of it was done.
     *
     * @param operation the position of the first operation that failed, 0 for a read
     */
    record Refused<T>(int operation, Refusal reason) implements Reply<T> {}

    /** The connection broke: whether a write was done is unknown, and settled when the client is connected again. */
    record Lost<T>() implements Reply<T> {}
}
