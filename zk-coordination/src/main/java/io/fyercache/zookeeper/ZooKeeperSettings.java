package io.fyercache.zookeeper;

import io.fyercache.zookeeper.life.ExpectedCluster;
import java.time.Duration;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a cluster is in ZooKeeper, and how a process gets there.
 *
 * @param servers of the ensemble, {@code host:port}, separated by commas
 * @param chroot the cluster's own place, such as {@code /orders}. The first member makes it; what is above it must be there.
 * @param sessionTimeout after so long without a word the ensemble gives a member up, within the limits that the ensemble sets: 2 and 20 ticks
 *     unless told otherwise. With less than three seconds an outage of the ensemble may end lives, as the client tries to connect once in up to
 *     two.
 * @param joinTimeout how long the ensemble is tried before a member gives joining up. It is looked at when an attempt to connect fails, so
 *     it may take a session's timeout longer.
 * @param credentials that protect all znodes of the cluster; null for none: everybody who can reach ZooKeeper may change them
 * @param expectedCluster which cluster it has to be
 * @param tls how to connect to the servers' secure ports; null to connect in plain text
 */
public record ZooKeeperSettings(
        String servers,
        String chroot,
        Duration sessionTimeout,
        Duration joinTimeout,
        @Nullable DigestCredentials credentials,
        ExpectedCluster expectedCluster,
        @Nullable ZooKeeperTls tls) {
    /** Nothing waits for a session to end but a total loss, so it is long enough for a pause and a change of ZooKeeper's leader. */
    public static final Duration DEFAULT_SESSION_TIMEOUT = Duration.ofSeconds(6);

    /** Longer than an ensemble takes to elect a leader, or to be started together with its members. */
    public static final Duration DEFAULT_JOIN_TIMEOUT = Duration.ofSeconds(20);

    /** Less than any pause of a garbage collector would be taken for the end. */
    public static final Duration SHORTEST_SESSION_TIMEOUT = Duration.ofMillis(200);

    /** As long as a member serves without ZooKeeper: a session that outlasted it would keep the znode of whoever has stopped serving. */
    public static final Duration LONGEST_SESSION_TIMEOUT = Duration.ofSeconds(30);

    private static final Duration SHORTEST_JOIN_TIMEOUT = Duration.ofMillis(1);
    private static final Duration LONGEST_JOIN_TIMEOUT = Duration.ofHours(1);

    private static final Pattern SERVERS = Pattern.compile("[^,/\\s]+:\\d{1,5}(,[^,/\\s]+:\\d{1,5})*");

    /** One or more names, none of them made of dots alone. */
    private static final Pattern CHROOT = Pattern.compile("(/(?!\\.{1,2}(/|$))[\\p{Alnum}._-]+)+");

    /**
     * Checks all of it.
     *
     * @throws IllegalArgumentException naming the first setting that is wrong, its value and what was expected
     */
    public ZooKeeperSettings {
        expect(SERVERS.matcher(servers).matches(), "servers", servers, "host:port, separated by commas");
        expect(
                CHROOT.matcher(chroot).matches(),
                "chroot",
                chroot,
                "a path such as /orders, of letters, digits, '.', '_' and '-'");
        expectWithin("session timeout", sessionTimeout, SHORTEST_SESSION_TIMEOUT, LONGEST_SESSION_TIMEOUT);
        expectWithin("join timeout", joinTimeout, SHORTEST_JOIN_TIMEOUT, LONGEST_JOIN_TIMEOUT);
    }

    /** A cluster of any identity, without credentials, with the default times. */
    public static ZooKeeperSettings of(String servers, String chroot) {
        return new ZooKeeperSettings(
                servers, chroot, DEFAULT_SESSION_TIMEOUT, DEFAULT_JOIN_TIMEOUT, null, ExpectedCluster.ANY, null);
    }

    /** The same with credentials. */
    public ZooKeeperSettings with(DigestCredentials user) {
        return new ZooKeeperSettings(servers, chroot, sessionTimeout, joinTimeout, user, expectedCluster, tls);
    }

    /** The same over TLS. */
    public ZooKeeperSettings with(ZooKeeperTls security) {
        return new ZooKeeperSettings(
                servers, chroot, sessionTimeout, joinTimeout, credentials, expectedCluster, security);
    }

    /** The same for one cluster only, which is founded under that identity if there is none. */
    public ZooKeeperSettings expecting(UUID cluster) {
        return expecting(ExpectedCluster.of(cluster));
    }

    /** The same for such a cluster only. */
    public ZooKeeperSettings expecting(ExpectedCluster cluster) {
        return new ZooKeeperSettings(servers, chroot, sessionTimeout, joinTimeout, credentials, cluster, tls);
    }

    /** The same with other times. */
    public ZooKeeperSettings within(Duration session, Duration join) {
        return new ZooKeeperSettings(servers, chroot, session, join, credentials, expectedCluster, tls);
    }

    private static void expectWithin(String name, Duration value, Duration shortest, Duration longest) {
        expect(
                value.compareTo(shortest) >= 0 && value.compareTo(longest) <= 0,
                name,
                value.toMillis() + " ms",
                shortest.toMillis() + ".." + longest.toMillis() + " ms");
    }

    private static void expect(boolean condition, String name, String value, String expected) {
        if (!condition) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: " + expected + ")");
        }
    }
}
