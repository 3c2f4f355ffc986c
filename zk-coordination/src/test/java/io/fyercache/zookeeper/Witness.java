package io.fyercache.zookeeper;

import io.fyercache.sharded.coordination.ClaimOutcome;
import io.fyercache.sharded.coordination.CoordinationListener;
import io.fyercache.sharded.coordination.MembersPresent;
import io.fyercache.sharded.coordination.VersionedTable;
import io.fyercache.sharded.coordination.WriteOutcome;
import io.fyercache.sharded.topology.ControllerEpoch;
import io.fyercache.sharded.topology.DataAddress;
import io.fyercache.sharded.topology.Incarnation;
import io.fyercache.sharded.topology.Location;
import io.fyercache.sharded.topology.MemberDescription;
import io.fyercache.sharded.topology.ProtocolVersions;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

/** Remembers what a member was told. */
final class Witness implements CoordinationListener {
    final List<MembersPresent> members = new CopyOnWriteArrayList<>();
    final List<List<Incarnation>> queues = new CopyOnWriteArrayList<>();
    final List<Incarnation> controllers = new CopyOnWriteArrayList<>();
    final List<VersionedTable> tables = new CopyOnWriteArrayList<>();
    final List<Long> licences = new CopyOnWriteArrayList<>();
    final List<ClaimOutcome> claims = new CopyOnWriteArrayList<>();
    final List<WriteOutcome> writes = new CopyOnWriteArrayList<>();
    final List<String> refreshes = new CopyOnWriteArrayList<>();
    final List<String> expulsions = new CopyOnWriteArrayList<>();

    static MemberDescription description() {
        return description("node", ProtocolVersions.SPOKEN);
    }

    static MemberDescription description(String nodeName, ProtocolVersions versions) {
        return new MemberDescription(
                UUID.randomUUID(),
                nodeName,
                new Location("host", Location.NO_ZONE),
                new DataAddress("10.0.0.1", 7400),
                MemberDescription.DEFAULT_CAPACITY,
                versions);
    }

    MembersPresent present() {
        return members.isEmpty() ? MembersPresent.NOBODY : members.get(members.size() - 1);
    }

    List<Incarnation> queue() {
        return queues.isEmpty() ? List.of() : queues.get(queues.size() - 1);
    }

    @Override
    public void membersChanged(MembersPresent next) {
        members.add(next);
    }

    @Override
    public void candidatesChanged(List<Incarnation> queue) {
        queues.add(queue);
    }

    @Override
    public void controllerChanged(ControllerEpoch epoch, Incarnation controller) {
        if (controller != null) {
            controllers.add(controller);
        }
    }

    @Override
    public void tableChanged(VersionedTable table) {
        tables.add(table);
    }

    @Override
    public void licenceRenewed(long sentNanos) {
        licences.add(sentNanos);
    }

    @Override
    public void claimEnded(ClaimOutcome outcome) {
        claims.add(outcome);
    }

    @Override
    public void writeEnded(WriteOutcome outcome) {
        writes.add(outcome);
    }

    @Override
    public void refreshed() {
        refreshes.add("refreshed");
    }

    @Override
    public void expelled() {
        expulsions.add("expelled");
    }
}
