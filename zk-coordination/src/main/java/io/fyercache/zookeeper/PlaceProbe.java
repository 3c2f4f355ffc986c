package io.fyercache.zookeeper;

import io.fyercache.core.time.Clock;
import io.fyercache.core.time.SystemClock;
import io.fyercache.zookeeper.PlaceLook.State;
import io.fyercache.zookeeper.znode.Znodes;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.Watcher.Event.KeeperState;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.data.ACL;
import org.apache.zookeeper.data.Stat;

/** Looks at a cluster's place once, by a session of its own. It blocks. */
final class PlaceProbe {
    private final ZooKeeperSettings settings;
    private final Clock clock = SystemClock.INSTANCE;

    PlaceProbe(ZooKeeperSettings settings) {
        this.settings = settings;
    }

    PlaceLook look() throws InterruptedException {
        CountDownLatch connected = new CountDownLatch(1);
        ZooKeeper session;
        try {
            session = new ZooKeeper(
                    settings.servers(),
                    (int) settings.sessionTimeout().toMillis(),
                    event -> {
                        if (event.getState() == KeeperState.SyncConnected) {
                            connected.countDown();
                        }
                    },
                    ZooKeeperTls.client(settings.tls()));
        } catch (IOException e) {
            return unreachable(e.toString());
        }
        try {
            DigestCredentials credentials = settings.credentials();
            if (credentials != null) {
                session.addAuthInfo(DigestCredentials.SCHEME, credentials.toBytes());
            }
            return connected.await(settings.joinTimeout().toMillis(), TimeUnit.MILLISECONDS)
                    ? inspect(session)
                    : unreachable("within " + settings.joinTimeout().toMillis() + " ms");
        } finally {
            session.close();
        }
    }

    private PlaceLook unreachable(String why) {
        return told(State.UNREACHABLE, "servers: " + settings.servers() + ", none of which has answered (" + why + ")");
    }

    private static PlaceLook told(State state, String detail) {
        return new PlaceLook(state, detail, Optional.empty());
    }

    private PlaceLook inspect(ZooKeeper session) throws InterruptedException {
        try {
            if (session.exists(settings.chroot(), false) == null) {
                return missing(session);
            }
            for (String path : paths()) {
                List<ACL> list = listOf(session, path);
                if (settings.credentials() != null && AccessLists.permitEverybody(list)) {
                    return told(
                            State.OPEN_TO_EVERYBODY,
                            "access list of " + path + ": " + list
                                    + " (expected: nobody but the cluster's user may change it)");
                }
            }
            return new PlaceLook(State.FOUND, settings.chroot(), Optional.of(clockAhead(session)));
        } catch (KeeperException.NoAuthException e) {
            return told(
                    State.NOT_PERMITTED,
                    "znode " + e.getPath() + ": not permitted (expected: the credentials of whoever made it)");
        } catch (KeeperException e) {
            return told(State.UNREACHABLE, "servers: " + settings.servers() + ": " + e.code());
        }
    }

    private PlaceLook missing(ZooKeeper session) throws KeeperException, InterruptedException {
        String chroot = settings.chroot();
        String parent = chroot.substring(0, chroot.lastIndexOf('/'));
        return parent.isEmpty() || session.exists(parent, false) != null
                ? told(State.EMPTY, chroot)
                : told(State.NO_PARENT, "chroot: " + chroot + " (expected: one whose parent is there)");
    }

    private List<String> paths() {
        List<String> paths = new ArrayList<>();
        paths.add(settings.chroot());
        Znodes.OF_EVERY_CLUSTER.forEach(path -> paths.add(settings.chroot() + path));
        return paths;
    }

    /** What is not there yet, nobody may change. */
    private static List<ACL> listOf(ZooKeeper session, String path) throws KeeperException, InterruptedException {
        try {
            return session.getACL(path, new Stat());
        } catch (KeeperException.NoNodeException e) {
            return List.of();
        }
    }

    /** ZooKeeper tells its time by nothing but when a znode was made, so one is made, and ends with the session at the latest. */
    private Duration clockAhead(ZooKeeper session) throws KeeperException, InterruptedException {
        String path = settings.chroot() + "/clock-" + UUID.randomUUID();
        Stat made = new Stat();
        long before = clock.millis();
        session.create(path, new byte[0], AccessLists.of(settings), CreateMode.EPHEMERAL, made);
        long after = clock.millis();
        session.delete(path, made.getVersion());
        return Duration.ofMillis(made.getCtime() - (before + after) / 2);
    }
}
