package io.fyercache.zookeeper.embedded;

import java.io.File;
import java.io.IOException;
import org.apache.zookeeper.server.ContainerManager;
import org.apache.zookeeper.server.ZooKeeperServer;
import org.jspecify.annotations.Nullable;

/** A server that also deletes containers whose children have gone, as ZooKeeper's own main classes have their servers do. */
final class TidyServer extends ZooKeeperServer {
    /** Milliseconds between two looks at the containers: what ZooKeeper takes unless told otherwise. */
    private static final int CHECK_MILLIS = 60_000;

    /** Containers that are deleted in a minute: what ZooKeeper takes unless told otherwise. */
    private static final int MOST_PER_MINUTE = 10_000;

    private @Nullable ContainerManager containers;

    /**
     * Reads what is in the folder.
     *
     * @param tickMillis sessions are looked at so often
     */
    TidyServer(File folder, int tickMillis) throws IOException {
        super(folder, folder, tickMillis);
    }

    @Override
    public synchronized void startup() {
        super.startup();
        ContainerManager begun = new ContainerManager(getZKDatabase(), firstProcessor, CHECK_MILLIS, MOST_PER_MINUTE);
        begun.start();
        containers = begun;
    }

    @Override
    protected void shutdownComponents() {
        if (containers != null) {
            containers.stop();
            containers = null;
        }
        super.shutdownComponents();
    }
}
