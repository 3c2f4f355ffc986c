package io.fyercache.zookeeper;

import io.fyercache.sharded.coordination.ClusterCoordinator;
import io.fyercache.sharded.coordination.ClusterListener;
import io.fyercache.sharded.coordination.ClusterView;
import io.fyercache.sharded.coordination.CoordinationListener;
import io.fyercache.sharded.topology.MemberDescription;
import io.fyercache.testkit.contract.CoordinationFixture;
import io.fyercache.zookeeper.TcpProxy.Traffic;
import java.util.function.BooleanSupplier;

/** A chroot of its own in a real ensemble, for the contract. */
final class LiveCoordination implements CoordinationFixture {
    private final LiveMembers members;

    LiveCoordination(Ensemble ensemble) {
        members = new LiveMembers(ensemble, ZooKeeperSettings.of(ensemble.servers(), ensemble.newChroot()));
    }

    @Override
    public ClusterCoordinator join(MemberDescription description, CoordinationListener listener) {
        return members.join(description, listener);
    }

    @Override
    public ClusterView open(ClusterListener listener) {
        return members.open(listener);
    }

    @Override
    public void call(Runnable action) {
        members.call(action);
    }

    @Override
    public void await(String what, BooleanSupplier condition) {
        LiveMembers.await(what, condition);
    }

    @Override
    public void cutOff(ClusterView process, Loss loss) {
        members.set(process, loss == Loss.EVERYTHING ? Traffic.CUT : Traffic.LOSES_ANSWERS);
    }

    @Override
    public void restore(ClusterView process) {
        members.set(process, Traffic.PASSES);
    }

    @Override
    public void expire(ClusterView process) {
        members.expire(process);
    }

    @Override
    public void close() {
        members.close();
    }
}
