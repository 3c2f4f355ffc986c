package io.fyercache.sharded.engine;

import io.fyercache.sharded.client.CallOwner;
import io.fyercache.sharded.client.RequestRouter;

/** A call that is about to be made. */
@FunctionalInterface
public interface Submission {

    /**
     * Makes the call.
     *
     * @param nowNanos of the router's clock
     * @param owner is told what has become of it, maybe before this returns
     */
    void submitTo(RequestRouter router, long nowNanos, CallOwner owner);
}
