package io.fyercache.quickstart;

import io.fyercache.testkit.process.MemberProcess;
import io.fyercache.zookeeper.embedded.EmbeddedZooKeeper;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A cluster on this machine: a ZooKeeper server in this process, and members in processes of their own that know the database. All end when
 * this is closed. For one thread, but {@link #killOne} may be called by any.
 */
final class ClusterProcesses implements AutoCloseable {
    static final int MEMBERS = 3;

    /** Room for a third of the rows twice, as each is on two members, and for the JVM. */
    private static final String HEAP = "-Xmx192m";

    private final EmbeddedZooKeeper zooKeeper = EmbeddedZooKeeper.start();
    private final List<MemberProcess> members = new ArrayList<>();
    private final Path database;

    private ClusterProcesses() throws IOException {
        // Only its owner may read it, by its making.
        database = Files.createTempFile("quickstart-database", ".properties");
    }

    /** Starts all, and runs {@code started} after each member. */
    static ClusterProcesses start(DatabaseAccess access, Runnable started) throws IOException {
        ClusterProcesses cluster = new ClusterProcesses();
        try {
            access.write(cluster.database);
            for (int i = 0; i < MEMBERS; i++) {
                cluster.members.add(MemberProcess.start(
                        cluster.uri(), HEAP, "-D" + DatabaseAccess.FILE_PROPERTY + "=" + cluster.database));
                started.run();
            }
            return cluster;
        } catch (IOException | RuntimeException e) {
            cluster.close();
            throw e;
        }
    }

    private URI uri() {
        return URI.create("zk://" + zooKeeper.servers() + "/quickstart");
    }

    /** Returns what a process opens its cache manager by that uses the cluster and stores nothing. */
    URI clientUri() {
        return URI.create(uri() + "?role=client");
    }

    /** Kills a member, without a chance for it to say so to anybody. */
    void killOne() {
        members.get(0).kill();
    }

    /** Ends the members one after the other, as an operator would who wants the cluster no more, and ZooKeeper last. */
    @Override
    public void close() throws IOException {
        members.forEach(MemberProcess::close);
        zooKeeper.close();
        Files.deleteIfExists(database);
    }
}
