package io.fyercache.sharded.client;

/** Who waits for the outcome of a call. */
@FunctionalInterface
public interface CallOwner {

    /** Is told what has become of the call: once, and for certain, provided that the router is told the time. Must not call the router. */
    void completed(CallOutcome outcome);
}
