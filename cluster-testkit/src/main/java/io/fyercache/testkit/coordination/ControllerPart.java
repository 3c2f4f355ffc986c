package io.fyercache.testkit.coordination;

import io.fyercache.sharded.topology.ControllerEpoch;
import io.fyercache.sharded.topology.Incarnation;
import io.fyercache.testkit.zookeeper.Reply;
import io.fyercache.testkit.zookeeper.Znode;
import io.fyercache.testkit.zookeeper.ZooKeeperClient;
import java.util.function.Consumer;

/** Who controls the table. */
final class ControllerPart implements WatchedPart {
    private static final int UNKNOWN = -1;

    private final ZooKeeperClient client;
    private final Announcer announcer;
    private int knownEpoch = UNKNOWN;

    ControllerPart(ZooKeeperClient client, Announcer announcer) {
        this.client = client;
        this.announcer = announcer;
    }

    @Override
    public String path() {
        return Znodes.CONTROLLER;
    }

    @Override
    public void read(Consumer<Ending> end) {
        client.get(Znodes.CONTROLLER, reply -> {
            if (reply instanceof Reply.Done<Znode> done) {
                take(done.value());
                end.accept(Ending.READ);
            } else {
                end.accept(Ending.LOST);
            }
        });
    }

    private void take(Znode znode) {
        if (znode.stat().version() != knownEpoch) {
            knownEpoch = znode.stat().version();
            ControllerEpoch epoch = new ControllerEpoch(knownEpoch);
            Incarnation controller = Znodes.decodeController(znode.data());
            announcer.tell(listener -> listener.controllerChanged(epoch, controller));
        }
    }
}
