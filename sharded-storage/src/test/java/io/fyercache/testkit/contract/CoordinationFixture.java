package io.fyercache.testkit.contract;

import io.fyercache.sharded.coordination.ClusterCoordinator;
import io.fyercache.sharded.coordination.CoordinationListener;
import io.fyercache.sharded.topology.MemberDescription;
import java.util.function.BooleanSupplier;

/** A ZooKeeper ensemble that is up, without a cluster in it, and means to do harm to members. */
public interface CoordinationFixture extends AutoCloseable {
    /** What does not get through between a member and the ensemble. */
    enum Loss {
        /** Neither requests nor answers. */
        EVERYTHING,
        /** Requests arrive and are carried out; nothing comes back. */
        ANSWERS
    }

    /** Starts a member, and returns when its znode is there. It is used by {@link #call} alone. */
    ClusterCoordinator join(MemberDescription description, CoordinationListener listener);

    /** Does something on the one thread that members are used by, and returns, or throws what it throws, when that is done. */
    void call(Runnable action);

    /**
     * Lets time pass until the condition holds.
     *
     * @throws AssertionError naming {@code what}, if it does not hold in any reasonable time
     */
    void await(String what, BooleanSupplier condition);

    /** Cuts a member off until it is restored. When this returns the loss has begun; the member need not have noticed. */
    void cutOff(ClusterCoordinator member, Loss loss);

    /** Lets a member connect again. */
    void restore(ClusterCoordinator member);

    /** Makes the ensemble give a member's session up. */
    void expire(ClusterCoordinator member);

    @Override
    void close();
}
