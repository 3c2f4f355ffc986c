package io.fyercache.hibernate;

import io.fyercache.zookeeper.embedded.EmbeddedZooKeeper;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Two session factories on one database, each with a member of one cluster, over real sockets and a real ZooKeeper. */
final class TwoMembers implements AutoCloseable {
    private final EmbeddedZooKeeper zooKeeper = EmbeddedZooKeeper.start();
    private final Map<String, Object> settings;
    private final CachedDatabase one;
    private final CachedDatabase other;

    /** Starts them on a database of that name, with further settings. */
    TwoMembers(String database, Map<String, Object> further) {
        this(database, further, CachedDatabase.MODEL, CachedDatabase.MODEL);
    }

    /** Starts them with entities of each. */
    TwoMembers(String database, Map<String, Object> further, List<Class<?>> ofOne, List<Class<?>> ofOther) {
        settings = new HashMap<>(further);
        settings.put("hibernate.fyercache.uri", "zk://" + zooKeeper.servers() + "/regions?partitions=16");
        one = CachedDatabase.openShared(database, settings, ofOne);
        other = CachedDatabase.openShared(database, settings, ofOther);
    }

    CachedDatabase one() {
        return one;
    }

    CachedDatabase other() {
        return other;
    }

    /** Returns the settings of each, for a third one. */
    Map<String, Object> settings() {
        return new HashMap<>(settings);
    }

    /** Returns the settings of a process that is a client. */
    Map<String, Object> settingsOfAClient() {
        Map<String, Object> ofClient = settings();
        ofClient.merge("hibernate.fyercache.uri", "&role=client", (uri, role) -> uri.toString() + role);
        return ofClient;
    }

    @Override
    public void close() {
        other.close();
        one.close();
        zooKeeper.close();
    }
}
