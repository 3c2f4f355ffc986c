package io.fyercache.testkit.contract;

import io.fyercache.sharded.message.Message;
import io.fyercache.sharded.topology.Incarnation;
import io.fyercache.sharded.topology.Member;
import io.fyercache.sharded.transport.Peer;
import io.fyercache.sharded.transport.TransportListener;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A peer that remembers what it was told, and notes what it should not have been told: anything within a call of the port, or after it has
 * closed its transport. May be told things on another thread than the test's.
 */
final class ConnectedPeer implements TransportListener {
    private final Peer self;
    private final List<Received> received = new ArrayList<>();
    private final List<Peer> disconnected = new ArrayList<>();
    private final List<Incarnation> unreachable = new ArrayList<>();
    private final List<String> complaints = new ArrayList<>();
    private TransportFixture.@Nullable PeerProcess process;
    private @Nullable Thread calling;
    private boolean closed;

    /** A message, and who sent it. */
    record Received(Peer from, Message message) {}

    ConnectedPeer(Peer self) {
        this.self = self;
    }

    void begin(TransportFixture.PeerProcess started) {
        process = started;
    }

    Peer self() {
        return self;
    }

    TransportFixture.PeerProcess process() {
        return process;
    }

    void knows(List<Member> members) {
        call(() -> process.transport().membersChanged(members));
    }

    boolean send(ConnectedPeer to, Message message) {
        return send(to.self, message);
    }

    boolean send(Peer to, Message message) {
        AtomicBoolean sent = new AtomicBoolean();
        call(() -> sent.set(process.transport().send(to, message)));
        return sent.get();
    }

    void closeTransport() {
        call(() -> {
            process.transport().close();
            setClosed();
        });
    }

    private void call(Runnable action) {
        process.call(() -> {
            setCalling(Thread.currentThread());
            action.run();
            setCalling(null);
        });
    }

    private synchronized void setCalling(@Nullable Thread thread) {
        calling = thread;
    }

    private synchronized void setClosed() {
        closed = true;
    }

    synchronized List<Received> received() {
        return List.copyOf(received);
    }

    synchronized List<Message> messages() {
        return received.stream().map(Received::message).toList();
    }

    synchronized List<Peer> disconnected() {
        return List.copyOf(disconnected);
    }

    synchronized List<Incarnation> unreachable() {
        return List.copyOf(unreachable);
    }

    synchronized List<String> complaints() {
        return List.copyOf(complaints);
    }

    private void note(String told) {
        if (closed) {
            complaints.add(told + " after the end");
        }
        if (calling == Thread.currentThread()) {
            complaints.add(told + " within a call of the port");
        }
    }

    @Override
    public synchronized void received(Peer from, Message message) {
        note("a message");
        received.add(new Received(from, message));
    }

    @Override
    public synchronized void disconnected(Peer peer) {
        note("the end of a connection");
        disconnected.add(peer);
    }

    @Override
    public synchronized void unreachable(Incarnation member) {
        note("that nobody is there");
        unreachable.add(member);
    }
}
