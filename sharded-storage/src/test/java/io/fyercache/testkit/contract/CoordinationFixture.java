package io.fyercache.testkit.contract;

import io.fyercache.sharded.coordination.ClusterCoordinator;
import io.fyercache.sharded.coordination.ClusterListener;
import io.fyercache.sharded.coordination.ClusterView;
import io.fyercache.sharded.coordination.CoordinationListener;
import io.fyercache.sharded.topology.MemberDescription;
import java.util.function.BooleanSupplier;

/** A ZooKeeper ensemble that is up, without a cluster in it, and means to do harm to members and clients. */
public interface CoordinationFixture extends AutoCloseable {
    /** What does not get through between a process and the ensemble. */
    enum Loss {
        /** Neither requests nor answers. */
        EVERYTHING,
        /** Requests arrive and are carried out; nothing comes back. */
        ANSWERS
    }

    /** Starts a member, and returns when its znode is there. It is used by {@link #call} alone. */
    ClusterCoordinator join(MemberDescription description, CoordinationListener listener);

    /** Starts a client, and returns when it has found the cluster, which a member has founded. It is used by {@link #call} alone. */
    ClusterView open(ClusterListener listener);

    /** Does something on the one thread that all are used by, and returns, or throws what it throws, when that is done. */
    void call(Runnable action);

    /**
     * Lets time pass until the condition holds.
     *
     * @throws AssertionError naming {@code what}, if it does not hold in any reasonable time
     */
    void await(String what, BooleanSupplier condition);

    /** Cuts a process off until it is restored. When this returns the loss has begun; the process need not have noticed. */
    void cutOff(ClusterView process, Loss loss);

    /** Lets a process connect again. */
    void restore(ClusterView process);

    /** Makes the ensemble give the session up that a process has now. */
    void expire(ClusterView process);

    @Override
    void close();
}
