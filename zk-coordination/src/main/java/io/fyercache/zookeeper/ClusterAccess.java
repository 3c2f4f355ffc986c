package io.fyercache.zookeeper;

import io.fyercache.configuration.Topology;
import io.fyercache.core.engine.DefinitionReader;
import io.fyercache.sharded.engine.CallTerms;
import io.fyercache.sharded.node.ClientNode;
import io.fyercache.sharded.node.ClusterNode;
import io.fyercache.sharded.node.Coordination;
import io.fyercache.sharded.node.MemberNode;
import io.fyercache.sharded.node.MemberNodeSettings;
import io.fyercache.zookeeper.ClusterUri.Role;
import io.fyercache.zookeeper.embedded.EmbeddedZooKeeper;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a process is to be in which cluster.
 *
 * @param member what a member is told; of a client, its name and how it connects
 * @param terms of the calls of its caches
 * @param topology of caches that state none
 * @param zooKeeper where the cluster is, on given servers
 * @param servers of the ensemble; null for one server in this process
 */
record ClusterAccess(
        Role role,
        MemberNodeSettings member,
        CallTerms terms,
        Topology topology,
        Function<String, ZooKeeperSettings> zooKeeper,
        @Nullable String servers) {

    /** Returns the name of the process. */
    String name() {
        return member.name();
    }

    /** Starts the process's part, which ends with {@link ClusterNode#close}; see {@link MemberNode#start} and {@link ClientNode#start}. */
    Started start(DefinitionReader reader, ClassLoader classLoader) {
        if (servers != null) {
            return start(servers, reader, classLoader);
        }
        EmbeddedZooKeeper own = EmbeddedZooKeeper.start();
        try {
            Started started = start(own.servers(), reader, classLoader);
            return new Started(new NodeWithZooKeeper(started.node(), own), started.zooKeeper());
        } catch (RuntimeException e) {
            own.close();
            throw e;
        }
    }

    private Started start(String ensemble, DefinitionReader reader, ClassLoader classLoader) {
        ZooKeeperSettings place = zooKeeper.apply(ensemble);
        Coordination coordination = new ZooKeeperCoordination(place);
        ClusterNode node = role == Role.CLIENT
                ? ClientNode.start(name(), member.connections(), coordination, classLoader)
                : MemberNode.start(member, coordination, reader, classLoader);
        return new Started(node, place);
    }

    /**
     * A process that is in the cluster.
     *
     * @param zooKeeper where that is
     */
    record Started(ClusterNode node, ZooKeeperSettings zooKeeper) {}
}
