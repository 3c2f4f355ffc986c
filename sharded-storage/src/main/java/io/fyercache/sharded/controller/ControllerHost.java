package io.fyercache.sharded.controller;

import io.fyercache.sharded.coordination.TableWrite;
import io.fyercache.sharded.message.MemberMessage;
import io.fyercache.sharded.topology.Incarnation;

/** What a controller needs of the member that it is on. No method calls back into the controller. */
public interface ControllerHost {

    /** Asks for a change of the table. {@link Controller#onWritten} is told how that ended. */
    void write(TableWrite write);

    /** Asks for the table as it is. {@link Controller#onRefreshed} is told when it has come. */
    void refresh();

    /** Goes to the end of the queue of those who want to control. */
    void requeue();

    /** Sends a message to another member, or to this one. */
    void send(Incarnation member, MemberMessage message);

    /** Tells everybody, this member included, what has changed in the table. */
    void announce(MemberMessage.TableChanged change);
}
