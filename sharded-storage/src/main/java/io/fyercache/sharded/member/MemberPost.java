package io.fyercache.sharded.member;

import io.fyercache.core.statistics.CacheCounts;
import io.fyercache.core.time.Clock;
import io.fyercache.sharded.coordination.ClaimOutcome;
import io.fyercache.sharded.coordination.CoordinationListener;
import io.fyercache.sharded.coordination.MembersPresent;
import io.fyercache.sharded.coordination.VersionedTable;
import io.fyercache.sharded.coordination.WriteOutcome;
import io.fyercache.sharded.message.Answer;
import io.fyercache.sharded.message.ClientMessage;
import io.fyercache.sharded.message.ClientMessage.CacheDestroyed;
import io.fyercache.sharded.message.ClientMessage.Call;
import io.fyercache.sharded.message.ClientMessage.ChangesHeard;
import io.fyercache.sharded.message.ClientMessage.CountsAsked;
import io.fyercache.sharded.message.ClientMessage.CountsTold;
import io.fyercache.sharded.message.ClientMessage.ListenerBeat;
import io.fyercache.sharded.message.ClientMessage.NearQuestion;
import io.fyercache.sharded.message.ClientMessage.Reply;
import io.fyercache.sharded.message.ClientMessage.TimeAsked;
import io.fyercache.sharded.message.ClientMessage.TimeTold;
import io.fyercache.sharded.message.ClientMessage.ToRelay;
import io.fyercache.sharded.message.CountedCache;
import io.fyercache.sharded.message.MemberMessage;
import io.fyercache.sharded.message.Message;
import io.fyercache.sharded.topology.ControllerEpoch;
import io.fyercache.sharded.topology.Incarnation;
import io.fyercache.sharded.transport.Peer;
import io.fyercache.sharded.transport.Transport;
import io.fyercache.sharded.transport.TransportListener;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The post of one life of a member: what its connections and ZooKeeper tell goes to the member, with the time at which it came, and what the
 * member says to whom it is for.
 *
 * <p>A message that names a cache that is not known here, or says of a known one that it is destroyed, waits until all is learned of the caches
 * that there are. What is too much is turned
 * away: clients are told to come back, and members say it again by themselves.
 *
 * <p>Used by the thread of the member.
 */
public final class MemberPost implements TransportListener {
    /** Messages, 64, that wait for a cache to be known: that takes milliseconds, and a message has 256 KiB at most unless it is one entry. */
    static final int MAX_WAITING = 64;

    private final StorageMember member;
    private final MemberHost host;
    private final Transport transport;
    private final KnownCaches caches;
    private final Clock clock;
    private final Consumer<Runnable> later;

    private final Deque<Received> waiting = new ArrayDeque<>();
    private boolean learning;

    private record Received(Peer from, Message message) {}

    /**
     * Opens the post of a member.
     *
     * @param host of the member
     * @param later does something on the member's thread, soon and not within the call
     */
    public MemberPost(
            StorageMember member,
            MemberHost host,
            Transport transport,
            KnownCaches caches,
            Clock clock,
            Consumer<Runnable> later) {
        this.member = member;
        this.host = host;
        this.transport = transport;
        this.caches = caches;
        this.clock = clock;
        this.later = later;
    }

    // ---- from connections

    @Override
    public void received(Peer from, Message message) {
        if (NamedCaches.areKnown(message, caches)) {
            deliver(from, message);
        } else if (waiting.size() < MAX_WAITING) {
            waiting.add(new Received(from, message));
            learn();
        } else if (message instanceof Call call) {
            host.answer(call.partition(), call.request().id(), call.request().attempt(), Answer.Busy.BUSY);
        }
    }

    private void deliver(Peer from, Message message) {
        if (message instanceof Call call) {
            member.onRequest(call.partition(), call.request(), clock.nanoTime(), clock.millis());
        } else if (from instanceof Peer.OfMember other && message instanceof MemberMessage said) {
            member.onMessage(other.incarnation(), said, clock.nanoTime(), clock.millis());
        } else if (from instanceof Peer.OfClient listening && message == ListenerBeat.LISTENER_BEAT) {
            member.onListenerBeat(listening.client(), clock.nanoTime());
        } else if (from instanceof Peer.OfClient listening && message instanceof ChangesHeard heard) {
            member.onChangesHeard(listening.client(), heard, clock.nanoTime());
        } else if (from instanceof Peer.OfClient asking && message instanceof NearQuestion question) {
            member.onNearQuestion(asking.client(), question, clock.nanoTime());
        } else if (from instanceof Peer.OfClient telling && message instanceof ToRelay said) {
            member.onTopic(telling.client(), said, clock.nanoTime());
        } else if (from instanceof Peer.OfClient asking && message instanceof CacheDestroyed destroyed) {
            // By now ZooKeeper has been asked: if it has the cache, it is not destroyed, whatever anybody says.
            if (!caches.has(destroyed.cache())) {
                caches.tellWhenGivenUp(destroyed.cache(), asking.client());
            }
        } else if (from instanceof Peer.OfClient asking && message instanceof CountsAsked asked) {
            host.tell(asking.client(), new CountsTold(asked.question(), counted(asked.caches())));
        } else if (from instanceof Peer.OfClient asking && message instanceof TimeAsked asked) {
            member.clusterMillis(clock.nanoTime())
                    .ifPresent(millis -> host.tell(asking.client(), new TimeTold(asked.sentNanos(), millis)));
        } else {
            throw new IllegalArgumentException("message of " + from + ": "
                    + message.getClass().getSimpleName() + " (expected: what it may send to a member)");
        }
    }

    /** S2. What is not known here yet, or any more, has nothing to be counted. */
    private List<CountedCache> counted(List<Integer> asked) {
        return asked.stream()
                .filter(caches::has)
                .map(number -> new CountedCache(
                        number, CacheCounts.of(host.cache(number).counters())))
                .toList();
    }

    private void learn() {
        if (!learning) {
            learning = true;
            caches.learn();
        }
    }

    /** Takes in that all is known of the caches that there were when it was asked for: what is not known now is no cache any more. */
    public void onCachesLearned() {
        learning = false;
        for (int left = waiting.size(); left > 0; left--) {
            Received next = waiting.remove();
            deliver(next.from(), next.message());
        }
    }

    @Override
    public void disconnected(Peer peer) {
        // It is made again at once, or else unreachable.
    }

    @Override
    public void unreachable(Incarnation other) {
        member.onConnectionLost(other);
    }

    // ---- to others

    /** Sends a message to another member, or to this one; see {@link MemberHost#send}. */
    public void send(Incarnation to, MemberMessage message) {
        if (to.equals(member.self())) {
            later.accept(() -> member.onMessage(to, message, clock.nanoTime(), clock.millis()));
        } else {
            transport.send(new Peer.OfMember(to), message);
        }
    }

    /** Sends an answer to the client that has called. */
    public void send(Reply reply) {
        transport.send(new Peer.OfClient(reply.operation().client()), reply);
    }

    /** Sends a message to a client that is no answer to a call. */
    public void send(long client, ClientMessage message) {
        transport.send(new Peer.OfClient(client), message);
    }

    // ---- from ZooKeeper

    /** Takes in who is there; see {@link CoordinationListener#membersChanged}. */
    public void membersChanged(MembersPresent members) {
        transport.membersChanged(members.members());
        member.onMembers(members, clock.nanoTime());
    }

    /** Takes in who wants to be the controller; see {@link CoordinationListener#candidatesChanged}. */
    public void candidatesChanged(List<Incarnation> queue) {
        member.onCandidates(queue);
    }

    /** Takes in who is the controller; see {@link CoordinationListener#controllerChanged}. */
    public void controllerChanged(ControllerEpoch epoch, @Nullable Incarnation controller) {
        member.onController(epoch, controller);
    }

    /** Takes in a table; see {@link CoordinationListener#tableChanged}. */
    public void tableChanged(VersionedTable table) {
        member.onTable(table, clock.nanoTime());
    }

    /** Takes in an answer to a proof of contact; see {@link CoordinationListener#licenceRenewed}. */
    public void licenceRenewed(long sentNanos) {
        member.onLicence(sentNanos);
    }

    /** Takes in how a claim has ended; see {@link CoordinationListener#claimEnded}. */
    public void claimEnded(ClaimOutcome outcome) {
        member.onClaim(outcome);
    }

    /** Takes in how a write has ended; see {@link CoordinationListener#writeEnded}. */
    public void writeEnded(WriteOutcome outcome) {
        member.onWrite(outcome, clock.nanoTime());
    }

    /** Takes in that a refresh has ended; see {@link CoordinationListener#refreshed}. */
    public void refreshed() {
        member.onRefreshed(clock.nanoTime());
    }

    // ---- from the clock

    /** Lets time pass for the member. */
    public void tick() {
        member.onTick(clock.nanoTime(), clock.millis());
    }
}
