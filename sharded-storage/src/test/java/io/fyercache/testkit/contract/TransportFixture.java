package io.fyercache.testkit.contract;

import io.fyercache.sharded.topology.Incarnation;
import io.fyercache.sharded.topology.Member;
import io.fyercache.sharded.transport.Transport;
import io.fyercache.sharded.transport.TransportListener;
import java.util.function.BooleanSupplier;

/** A network, and means to do harm to it. */
public interface TransportFixture extends AutoCloseable {

    /** A peer's process. */
    interface PeerProcess {
        /** Returns its transport, which is used by {@link #call} alone. */
        Transport transport();

        /** Does something on the thread of the process, which does not stand still, and waits for it. */
        void call(Runnable action);

        /** Lets it stand still: it takes nothing, until it goes on. When this returns it stands still. */
        void pause();

        /** Lets it go on. */
        void resume();

        /** Ends it, whatever it is doing; the others find their connections broken. */
        void kill();
    }

    /** Returns a member that is to listen at an address of its own, the same for each of its lives on that node. */
    Member member(int node, Incarnation incarnation);

    /** Starts a member that was made by this fixture. It listens when this returns. */
    PeerProcess start(Member member, TransportListener listener);

    /** Starts a client. */
    PeerProcess startClient(long client, TransportListener listener);

    /** Breaks the connection of two peers. */
    void breakConnection(PeerProcess one, PeerProcess other);

    /** Lets nothing pass from one process to the other, until it is mended. */
    void cut(PeerProcess from, PeerProcess to);

    /** Ends a cut. */
    void mend(PeerProcess from, PeerProcess to);

    /**
     * Lets time pass until the condition holds.
     *
     * @throws AssertionError naming {@code what}, if it does not hold in any reasonable time
     */
    void await(String what, BooleanSupplier condition);

    /** Lets as much time pass as it takes until what is under way has arrived. */
    void settle();

    @Override
    void close();
}
