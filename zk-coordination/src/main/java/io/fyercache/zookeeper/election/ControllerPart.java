package io.fyercache.zookeeper.election;

import io.fyercache.sharded.coordination.CoordinationListener;
import io.fyercache.sharded.topology.ControllerEpoch;
import io.fyercache.sharded.topology.Incarnation;
import io.fyercache.zookeeper.watch.Announcer;
import io.fyercache.zookeeper.watch.WatchedPart;
import io.fyercache.zookeeper.znode.DamagedZnodeException;
import io.fyercache.zookeeper.znode.Reply;
import io.fyercache.zookeeper.znode.Znode;
import io.fyercache.zookeeper.znode.ZnodeSession;
import io.fyercache.zookeeper.znode.Znodes;
import java.util.function.Consumer;

/** Who controls the table. */
public final class ControllerPart implements WatchedPart {
    private static final int UNKNOWN = -1;

    private final ZnodeSession session;
    private final Announcer announcer;
    private final CoordinationListener listener;
    private final Consumer<DamagedZnodeException> onDamage;
    private int knownEpoch = UNKNOWN;

    /** Knows nothing yet. */
    public ControllerPart(
            ZnodeSession session,
            Announcer announcer,
            CoordinationListener listener,
            Consumer<DamagedZnodeException> onDamage) {
        this.session = session;
        this.announcer = announcer;
        this.listener = listener;
        this.onDamage = onDamage;
    }

    @Override
    public String path() {
        return Znodes.CONTROLLER;
    }

    @Override
    public void read(Consumer<Ending> end) {
        session.get(Znodes.CONTROLLER, reply -> {
            if (reply instanceof Reply.Done<Znode> done) {
                end.accept(take(done.value()));
            } else if (reply instanceof Reply.Lost) {
                end.accept(Ending.LOST);
            } else {
                onDamage.accept(DamagedZnodeException.unreadable(Znodes.CONTROLLER, reply));
                end.accept(Ending.UNREADABLE);
            }
        });
    }

    private Ending take(Znode znode) {
        if (znode.stat().version() != knownEpoch) {
            ControllerEpoch epoch = new ControllerEpoch(znode.stat().version());
            Incarnation controller;
            try {
                controller = Znodes.decodeController(znode);
            } catch (DamagedZnodeException e) {
                onDamage.accept(e);
                return Ending.UNREADABLE;
            }
            knownEpoch = epoch.number();
            announcer.tell(() -> listener.controllerChanged(epoch, controller));
        }
        return Ending.READ;
    }
}
