package io.fyercache.sharded.member;

import io.fyercache.sharded.coordination.CacheCatalogue;
import io.fyercache.sharded.coordination.CatalogueListener;
import io.fyercache.sharded.coordination.ClusterCoordinator;
import io.fyercache.sharded.coordination.TableWrite;
import io.fyercache.sharded.message.Answer;
import io.fyercache.sharded.message.ClientMessage;
import io.fyercache.sharded.message.EncodedValue;
import io.fyercache.sharded.message.EntryKey;
import io.fyercache.sharded.message.LogEntry;
import io.fyercache.sharded.message.MemberMessage;
import io.fyercache.sharded.message.OperationId;
import io.fyercache.sharded.replication.HostedCache;
import io.fyercache.sharded.replication.UserCodeCall;
import io.fyercache.sharded.topology.ControllerEpoch;
import io.fyercache.sharded.topology.DataAddress;
import io.fyercache.sharded.topology.Incarnation;
import io.fyercache.sharded.topology.Location;
import io.fyercache.sharded.topology.Member;
import io.fyercache.sharded.topology.MemberDescription;
import io.fyercache.sharded.topology.ProtocolVersions;
import java.util.List;
import java.util.UUID;

/** A process that does nothing of what its member wants, with a ZooKeeper that never answers. */
class SilentProcess implements MemberHost, ClusterCoordinator {
    private final Incarnation self;

    SilentProcess(Incarnation self) {
        this.self = self;
    }

    /** Returns a member on a machine of its own. */
    static Member member(Incarnation life) {
        return new Member(
                life,
                new MemberDescription(
                        new UUID(0, life.number()),
                        "node" + life.number(),
                        new Location("host" + life.number(), ""),
                        new DataAddress("host" + life.number(), 1),
                        MemberDescription.DEFAULT_CAPACITY,
                        new ProtocolVersions(1, 1)));
    }

    @Override
    public Incarnation self() {
        return self;
    }

    @Override
    public UUID cluster() {
        return new UUID(0, 0);
    }

    @Override
    public HostedCache cache(int number) {
        throw new AssertionError("cache " + number);
    }

    @Override
    public CacheCatalogue openCatalogue(CatalogueListener listener) {
        throw new AssertionError("the process, not the member, knows the caches");
    }

    @Override
    public void send(Incarnation member, MemberMessage message) {}

    @Override
    public boolean isLetIn() {
        return true;
    }

    @Override
    public void answer(int partition, OperationId request, int attempt, Answer answer) {}

    @Override
    public void committed(int partition, LogEntry entry) {}

    @Override
    public void tell(long client, ClientMessage message) {}

    @Override
    public void changesGivenUp(int partition, long generation, long number) {}

    @Override
    public void expired(int partition, EntryKey key) {}

    @Override
    public void evicted(int partition, EntryKey key, EncodedValue value) {}

    @Override
    public void runUserCode(int partition, UserCodeCall call) {}

    @Override
    public void write(int cache, List<PlacedWrite> batch) {}

    @Override
    public double draw() {
        return 0;
    }

    @Override
    public void runUserCodeTogether(List<PlacedCall> calls) {}

    @Override
    public void partitionLost(int partition, long generation, List<Incarnation> lastOwners) {}

    @Override
    public void clocksDiffer(Incarnation member, long aheadMillis) {}

    @Override
    public void clocksAgree(Incarnation member, long aheadMillis) {}

    @Override
    public void hasLeft() {}

    @Override
    public void renewLicence(long sentNanos) {}

    @Override
    public void claim(ControllerEpoch known) {}

    @Override
    public void requeue() {}

    @Override
    public void write(TableWrite write) {}

    @Override
    public void refresh() {}

    @Override
    public void leave() {}
}
