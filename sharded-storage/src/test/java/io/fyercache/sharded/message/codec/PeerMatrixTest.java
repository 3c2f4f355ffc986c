package io.fyercache.sharded.message.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.fyercache.sharded.message.ClientMessage.Call;
import io.fyercache.sharded.message.ClientMessage.Reply;
import io.fyercache.sharded.message.MemberMessage;
import io.fyercache.sharded.message.Message;
import io.fyercache.sharded.message.codec.Samples.Golden;
import io.fyercache.sharded.topology.Incarnation;
import io.fyercache.sharded.transport.Peer;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Who may send what to whom: each kind of message, from and to each kind of peer. */
class PeerMatrixTest {
    private static final long CLIENT = 3;
    private static final Peer MEMBER = new Peer.OfMember(new Incarnation(1));
    private static final Peer OTHER_MEMBER = new Peer.OfMember(new Incarnation(2));
    private static final Peer OTHER_CLIENT = new Peer.OfClient(CLIENT + 1);

    /** Of whom no message is. */
    private static final Peer STRANGER = new Peer.OfClient(Long.MIN_VALUE);

    /** From whom to whom a message may go. */
    private enum Way {
        MEMBER_TO_MEMBER,
        CLIENT_TO_MEMBER,
        MEMBER_TO_CLIENT
    }

    /** Of messages between clients and members, by the names of their classes. */
    private static final Map<String, Way> OF_CLIENTS = Map.ofEntries(
            Map.entry("Call", Way.CLIENT_TO_MEMBER),
            Map.entry("Reply", Way.MEMBER_TO_CLIENT),
            Map.entry("ListenerBeat", Way.CLIENT_TO_MEMBER),
            Map.entry("Changes", Way.MEMBER_TO_CLIENT),
            Map.entry("ChangesHeard", Way.CLIENT_TO_MEMBER),
            Map.entry("CacheDestroyed", Way.CLIENT_TO_MEMBER),
            Map.entry("CacheGivenUp", Way.MEMBER_TO_CLIENT),
            Map.entry("NearQuestion", Way.CLIENT_TO_MEMBER),
            Map.entry("NearAnswer", Way.MEMBER_TO_CLIENT),
            Map.entry("NearChanges", Way.MEMBER_TO_CLIENT),
            Map.entry("CountsAsked", Way.CLIENT_TO_MEMBER),
            Map.entry("CountsTold", Way.MEMBER_TO_CLIENT),
            Map.entry("Subscribe", Way.CLIENT_TO_MEMBER),
            Map.entry("Publish", Way.CLIENT_TO_MEMBER),
            Map.entry("Heard", Way.CLIENT_TO_MEMBER),
            Map.entry("Unsubscribe", Way.CLIENT_TO_MEMBER),
            Map.entry("Delivery", Way.MEMBER_TO_CLIENT),
            Map.entry("Unsubscribed", Way.MEMBER_TO_CLIENT),
            Map.entry("TimeAsked", Way.CLIENT_TO_MEMBER),
            Map.entry("TimeTold", Way.MEMBER_TO_CLIENT));

    private static Way way(Message message) {
        if (message instanceof MemberMessage) {
            return Way.MEMBER_TO_MEMBER;
        }
        String name = message.getClass().getSimpleName();
        assertThat(OF_CLIENTS).containsKey(name);
        return OF_CLIENTS.get(name);
    }

    /** Returns the client that a message is of, as its calls are in nobody else's name. */
    private static Peer clientOf(Message message) {
        if (message instanceof Call call) {
            return new Peer.OfClient(call.request().id().client());
        }
        return new Peer.OfClient(
                message instanceof Reply reply ? reply.operation().client() : CLIENT);
    }

    @Test
    void maySend_eachMessage_oneWayAlone() {
        Set<String> met = new HashSet<>();
        for (Golden golden : Samples.golden()) {
            Message message = golden.message();
            Peer client = clientOf(message);
            Way way = way(message);
            met.add(message.getClass().getSimpleName());

            assertThat(MEMBER.maySend(message, OTHER_MEMBER)).as("%s", message).isEqualTo(way == Way.MEMBER_TO_MEMBER);
            assertThat(client.maySend(message, MEMBER)).as("%s", message).isEqualTo(way == Way.CLIENT_TO_MEMBER);
            assertThat(MEMBER.maySend(message, client)).as("%s", message).isEqualTo(way == Way.MEMBER_TO_CLIENT);
            assertThat(client.maySend(message, OTHER_CLIENT)).as("%s", message).isFalse();
        }
        assertThat(met).containsAll(OF_CLIENTS.keySet());
    }

    @Test
    void maySend_callsAndReplies_inTheClientsOwnNameAlone() {
        for (Golden golden : Samples.golden()) {
            Message message = golden.message();
            assertThat(message instanceof Call && STRANGER.maySend(message, MEMBER))
                    .isFalse();
            assertThat(message instanceof Reply && MEMBER.maySend(message, STRANGER))
                    .isFalse();
        }
    }
}
