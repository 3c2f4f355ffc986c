package io.fyercache.sharded.client;

import io.fyercache.sharded.message.ClientMessage.Call;
import io.fyercache.sharded.topology.Incarnation;

/** What a {@link RequestRouter} needs of the process that it is in. No method calls back into it. */
public interface RouterHost {

    /**
     * Sends a request to a member, now or never: it may get lost, be late, and overtake others.
     *
     * @return false if it is certain that the request was not sent, because nobody knows where the member is, or too much waits for it
     */
    boolean send(Incarnation member, Call call);

    /** Sees to it that the newest table is learned, and told by {@link RequestRouter#onTable}. */
    void learnTable();

    /** Draws a number by chance, 0..{@code bound}-1: clients that were turned away together must not come back together. */
    long draw(long bound);
}
