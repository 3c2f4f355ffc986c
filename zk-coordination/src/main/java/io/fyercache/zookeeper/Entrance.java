package io.fyercache.zookeeper;

import io.fyercache.core.time.Clock;
import io.fyercache.zookeeper.life.JoinFailure;
import io.fyercache.zookeeper.life.JoinFailure.Reason;
import io.fyercache.zookeeper.znode.Reply;
import io.fyercache.zookeeper.znode.SessionListener;
import io.fyercache.zookeeper.znode.Written;
import io.fyercache.zookeeper.znode.Znodes;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.data.ACL;
import org.jspecify.annotations.Nullable;

/**
 * Stands between a session and who wants to use it until that one goes on by itself: it finds or makes the cluster's chroot, refuses one that
 * everybody may write to although there are credentials, and gives up when the ensemble is not reached in time.
 *
 * <p>No timer is needed: ZooKeeper's client answers each request as lost when an attempt to connect fails, with a pause between two, and the
 * time is looked at then.
 */
final class Entrance implements ConnectionListener {
    private final ZooKeeperSettings settings;
    private final Visitor visitor;
    private final Clock clock;
    private final ProcessThread process;
    private final SessionListener life;
    private final Consumer<JoinFailure> refuse;
    private final long startNanos;
    private @Nullable LiveSession session;
    private boolean knocking;
    private boolean passed;

    /**
     * Lets nobody in yet.
     *
     * @param life is told of the session from when the chroot was found to be right
     */
    Entrance(
            ZooKeeperSettings settings,
            Visitor visitor,
            Clock clock,
            ProcessThread process,
            SessionListener life,
            Consumer<JoinFailure> refuse) {
        this.settings = settings;
        this.visitor = visitor;
        this.clock = clock;
        this.process = process;
        this.life = life;
        this.refuse = refuse;
        this.startNanos = clock.nanoTime();
    }

    void open(LiveSession opened) {
        session = opened;
        knock(opened);
    }

    /** What becomes of the session is for who uses it alone from now on. */
    void pass() {
        passed = true;
    }

    // ---- what becomes of the session

    @Override
    public void connected() {
        if (passed) {
            life.connected();
        }
        // Before, the answer to a knock tells.
    }

    @Override
    public void disconnected() {
        if (!passed && !knocking && session != null) {
            knock(session);
        }
    }

    @Override
    public void changed(String path) {
        life.changed(path);
    }

    @Override
    public void expired() {
        life.expired();
    }

    // ---- knocking

    private void knock(LiveSession at) {
        knocking = true;
        at.findChroot(code -> {
            switch (code) {
                case OK -> inspect(at);
                case NONODE -> onMissing(at);
                default -> onFailure(at, code, settings.chroot());
            }
        });
    }

    private void onMissing(LiveSession at) {
        if (visitor == Visitor.MEMBER) {
            create(at);
        } else {
            // A server that lags behind may have said so.
            at.sync(reply -> onConfirmed(at, reply));
        }
    }

    private void onConfirmed(LiveSession at, Reply<List<Written>> reply) {
        if (reply instanceof Reply.Done) {
            inspect(at);
        } else if (reply instanceof Reply.Refused<List<Written>> refused) {
            refuse(
                    Reason.NO_CLUSTER,
                    "chroot " + settings.chroot() + ": " + refused.reason()
                            + " (expected: that of a cluster); start a member first");
        } else {
            knockAgain(at);
        }
    }

    private void create(LiveSession at) {
        at.createChroot(code -> {
            switch (code) {
                case OK, NODEEXISTS -> inspect(at);
                case NONODE ->
                    refuse(
                            Reason.WRONG_CHROOT,
                            "chroot: " + settings.chroot()
                                    + " (expected: one whose parent is there); create the parent");
                default -> onFailure(at, code, settings.chroot());
            }
        });
    }

    private void inspect(LiveSession at) {
        if (settings.credentials() == null) {
            enter();
            return;
        }
        List<String> paths = new ArrayList<>();
        paths.add(Znodes.ROOT);
        paths.addAll(Znodes.OF_EVERY_CLUSTER);
        inspect(at, paths, 0);
    }

    private void inspect(LiveSession at, List<String> paths, int next) {
        if (next == paths.size()) {
            enter();
            return;
        }
        String path = settings.chroot() + paths.get(next);
        at.readAccessList(paths.get(next), (code, list) -> {
            if (code == Code.OK && AccessLists.permitEverybody(list)) {
                refuse(Reason.INSECURE, insecure(path, list));
            } else if (code == Code.OK || code == Code.NONODE) {
                inspect(at, paths, next + 1); // What is not there yet, the first member makes.
            } else {
                onFailure(at, code, path);
            }
        });
    }

    private static String insecure(String path, List<ACL> list) {
        return "access list of " + path + ": " + list.toString().trim()
                + " (expected: nobody but the cluster's user may change it); everybody may, so whatever is there proves"
                + " nothing; choose another chroot, or remove this one";
    }

    private void enter() {
        knocking = false;
        life.connected();
    }

    private void onFailure(LiveSession at, Code code, String path) {
        switch (code) {
            case CONNECTIONLOSS, SESSIONMOVED, OPERATIONTIMEOUT, REQUESTTIMEOUT -> knockAgain(at);
            case SESSIONEXPIRED -> knocking = false; // The session's end is told by itself.
            case NOAUTH ->
                refuse(
                        Reason.NOT_PERMITTED,
                        "znode " + path + ": not permitted to " + user()
                                + " (expected: the credentials of whoever made it)");
            default -> refuse(Reason.WRONG_CHROOT, "znode " + path + ": " + code + " (expected: a cluster's chroot)");
        }
    }

    private String user() {
        DigestCredentials credentials = settings.credentials();
        return credentials == null ? "processes without credentials" : "user " + credentials.user();
    }

    private void knockAgain(LiveSession at) {
        ZooKeeperTls tls = settings.tls();
        long triedNanos = clock.nanoTime() - startNanos;
        if (visitor == Visitor.CLIENT_AGAIN
                || triedNanos < settings.joinTimeout().toNanos()) {
            knock(at);
        } else if (tls == null) {
            refuseUnanswered(null);
        } else {
            // Who asks the servers waits for them.
            TlsProbe probe = new TlsProbe(settings.servers(), tls);
            Thread asking = new Thread(
                    () -> {
                        String failures = probe.findFailures();
                        process.hand(() -> refuseUnanswered(failures));
                    },
                    "fyercache-zookeeper-asking" + settings.chroot());
            asking.setDaemon(true);
            asking.start();
        }
    }

    private void refuseUnanswered(@Nullable String failuresOfTls) {
        String unanswered = "servers: " + settings.servers() + ", none of which has answered (expected: one within "
                + settings.joinTimeout().toMillis() + " ms)";
        if (failuresOfTls == null) {
            refuse(Reason.UNREACHABLE, unanswered);
        } else {
            refuse(
                    Reason.TLS_FAILED,
                    unanswered + "; TLS fails with " + failuresOfTls
                            + " (expected: certificates that both sides believe, and that of a server to name its host)");
        }
    }

    private void refuse(Reason reason, String message) {
        refuse.accept(new JoinFailure(reason, message));
    }
}
