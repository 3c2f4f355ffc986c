package io.fyercache.jcache.event;

import io.fyercache.core.operation.ChangeInterest;
import io.fyercache.core.operation.EntryChange;

/** How the changes of a cache come to one listener. Thread-safe. */
sealed interface Delivery permits SynchronousDelivery, AsynchronousDelivery {

    /** Passes a change on; changes of one key come in the order of their commits, with the key held. */
    void pass(EntryChange change);

    /** Returns what others want to hear, and what the listener does. */
    ChangeInterest addInterest(ChangeInterest others);

    /** Takes no more changes, and closes the listener when it has heard of those that were passed. */
    void close();
}
