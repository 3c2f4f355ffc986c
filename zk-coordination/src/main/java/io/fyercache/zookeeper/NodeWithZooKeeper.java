package io.fyercache.zookeeper;

import io.fyercache.core.bus.InvalidationBusProvider;
import io.fyercache.core.engine.PortableDefinition;
import io.fyercache.core.statistics.CacheCounts;
import io.fyercache.core.time.Clock;
import io.fyercache.sharded.client.ServedCounts;
import io.fyercache.sharded.coordination.NumberedCache;
import io.fyercache.sharded.engine.RouterAccess;
import io.fyercache.sharded.node.ClusterEvents;
import io.fyercache.sharded.node.ClusterNode;
import io.fyercache.sharded.node.ClusterPicture;
import io.fyercache.sharded.transport.netty.Refusal;
import io.fyercache.zookeeper.embedded.EmbeddedZooKeeper;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.Consumer;

/** A process that has a ZooKeeper of its own, which ends with it. Thread-safe. */
record NodeWithZooKeeper(ClusterNode node, EmbeddedZooKeeper zooKeeper) implements ClusterNode {
    @Override
    public ServedCounts served(List<Integer> caches) {
        return node.served(caches);
    }

    @Override
    public SortedMap<Integer, CacheCounts> servedHere() {
        return node.servedHere();
    }

    @Override
    public Map<Refusal, Long> refusedConnections() {
        return node.refusedConnections();
    }

    @Override
    public ClusterPicture picture() {
        return node.picture();
    }

    @Override
    public ClusterEvents events() {
        return node.events();
    }

    @Override
    public Clock clock() {
        return node.clock();
    }

    @Override
    public InvalidationBusProvider topics() {
        return node.topics();
    }

    @Override
    public RouterAccess router() {
        return node.router();
    }

    @Override
    public NumberedCache define(PortableDefinition wanted) {
        return node.define(wanted);
    }

    @Override
    public NumberedCache adjust(int number, SortedMap<String, PortableDefinition.Setting> settings) {
        return node.adjust(number, settings);
    }

    @Override
    public void onCaches(Consumer<List<NumberedCache>> listener) {
        node.onCaches(listener);
    }

    @Override
    public void destroy(int number) {
        node.destroy(number);
    }

    @Override
    public void close() {
        try {
            node.close();
        } finally {
            zooKeeper.close();
        }
    }

    @Override
    public String toString() {
        return node.toString();
    }
}
