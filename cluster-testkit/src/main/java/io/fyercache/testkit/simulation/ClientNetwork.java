package io.fyercache.testkit.simulation;

import io.fyercache.sharded.message.ClientMessage;
import io.fyercache.sharded.topology.Incarnation;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** What a process that uses caches reaches of the world. */
interface ClientNetwork {
    Random random();

    /** Sends something to a member; returns false if it is certain that it was not sent. */
    boolean send(ClientProcess from, Incarnation to, ClientMessage message);

    /** Returns any member, or null if there is none. */
    @Nullable
    Incarnation anybody();

    /** Asks any member for the table that it knows, which may be an old one; maybe nothing comes back. */
    void askForTable(ClientProcess from);
}
