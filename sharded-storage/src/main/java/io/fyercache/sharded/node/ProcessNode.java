package io.fyercache.sharded.node;

import io.fyercache.core.bus.InvalidationBusProvider;
import io.fyercache.core.engine.PortableDefinition;
import io.fyercache.core.statistics.CacheCounts;
import io.fyercache.core.time.Clock;
import io.fyercache.sharded.client.ServedCounts;
import io.fyercache.sharded.coordination.NumberedCache;
import io.fyercache.sharded.engine.RouterAccess;
import io.fyercache.sharded.transport.netty.ProcessLoop;
import io.fyercache.sharded.transport.netty.Refusal;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.Consumer;

/** What a process is to the caches in it, be it a member or a client: both have a router, a directory of caches and a loop. Thread-safe. */
public abstract sealed class ProcessNode implements ClusterNode permits ClientNode, MemberNode {
    abstract NodeRouter nodeRouter();

    abstract CacheDirectory directory();

    abstract ProcessLoop loop();

    @Override
    public final RouterAccess router() {
        return nodeRouter();
    }

    @Override
    public final ClusterEvents events() {
        return nodeRouter().events();
    }

    @Override
    public final Clock clock() {
        return nodeRouter().clusterClock();
    }

    @Override
    public final InvalidationBusProvider topics() {
        return nodeRouter().topics();
    }

    @Override
    public final ServedCounts served(List<Integer> caches) {
        return nodeRouter().served(caches);
    }

    @Override
    public final SortedMap<Integer, CacheCounts> servedHere() {
        return nodeRouter().servedHere();
    }

    @Override
    public final Map<Refusal, Long> refusedConnections() {
        return loop().refusals();
    }

    @Override
    public final ClusterPicture picture() {
        return nodeRouter().picture();
    }

    @Override
    public final NumberedCache define(PortableDefinition wanted) {
        return directory().define(wanted);
    }

    @Override
    public final NumberedCache adjust(int number, SortedMap<String, PortableDefinition.Setting> settings) {
        return directory().adjust(number, settings);
    }

    @Override
    public final void onCaches(Consumer<List<NumberedCache>> listener) {
        nodeRouter().onCaches(listener);
    }

    @Override
    public final void destroy(int number) {
        directory().destroy(number);
        nodeRouter().awaitGivenUp(number);
    }
}
