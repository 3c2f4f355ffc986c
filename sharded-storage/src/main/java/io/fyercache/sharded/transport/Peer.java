package io.fyercache.sharded.transport;

import io.fyercache.sharded.message.ClientMessage.CacheDestroyed;
import io.fyercache.sharded.message.ClientMessage.CacheGivenUp;
import io.fyercache.sharded.message.ClientMessage.Call;
import io.fyercache.sharded.message.ClientMessage.Changes;
import io.fyercache.sharded.message.ClientMessage.ChangesHeard;
import io.fyercache.sharded.message.ClientMessage.CountsAsked;
import io.fyercache.sharded.message.ClientMessage.CountsTold;
import io.fyercache.sharded.message.ClientMessage.FromRelay;
import io.fyercache.sharded.message.ClientMessage.ListenerBeat;
import io.fyercache.sharded.message.ClientMessage.NearAnswer;
import io.fyercache.sharded.message.ClientMessage.NearChanges;
import io.fyercache.sharded.message.ClientMessage.NearQuestion;
import io.fyercache.sharded.message.ClientMessage.Reply;
import io.fyercache.sharded.message.ClientMessage.TimeAsked;
import io.fyercache.sharded.message.ClientMessage.TimeTold;
import io.fyercache.sharded.message.ClientMessage.ToRelay;
import io.fyercache.sharded.message.MemberMessage;
import io.fyercache.sharded.message.Message;
import io.fyercache.sharded.topology.Incarnation;

/** Who is at an end of a connection. */
public sealed interface Peer {

    /**
     * Tells whether a message is for this peer to send to another one: members say to each other what members do, a client makes calls in its
     * own name, says what it has heard and which caches it has destroyed, asks what has changed, what was counted and what time it is, and
     * publishes to topics, and a member answers a client's own calls, tells it changes, what it has counted, the time and what comes by topics,
     * and says which caches it has given up.
     */
    boolean maySend(Message message, Peer to);

    /** A member, in one of its lives. */
    record OfMember(Incarnation incarnation) implements Peer {
        @Override
        public boolean maySend(Message message, Peer to) {
            return to instanceof OfClient client
                    ? message instanceof Changes
                            || message instanceof CacheGivenUp
                            || message instanceof NearAnswer
                            || message instanceof NearChanges
                            || message instanceof CountsTold
                            || message instanceof TimeTold
                            || message instanceof FromRelay
                            || (message instanceof Reply reply
                                    && reply.operation().client() == client.client())
                    : message instanceof MemberMessage;
        }
    }

    /**
     * A process that uses caches.
     *
     * @param client as in {@link io.fyercache.sharded.message.OperationId}
     */
    record OfClient(long client) implements Peer {
        @Override
        public boolean maySend(Message message, Peer to) {
            return to instanceof OfMember
                    && (message == ListenerBeat.LISTENER_BEAT
                            || message instanceof ChangesHeard
                            || message instanceof CacheDestroyed
                            || message instanceof NearQuestion
                            || message instanceof CountsAsked
                            || message instanceof TimeAsked
                            || message instanceof ToRelay
                            || (message instanceof Call call
                                    && call.request().id().client() == client));
        }
    }
}
