package io.fyercache.testkit.process;

import io.fyercache.jcache.FyerCachingProvider;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.cache.CacheManager;
import org.apache.curator.test.TestingServer;

/** Three members that are processes in front of a database, a ZooKeeper server, and a client in this JVM. For one thread, but for the database. */
final class WritingMembers implements AutoCloseable {
    private static final int MEMBERS = 3;

    private final String name;
    private final FyerCachingProvider provider = new FyerCachingProvider();
    private final List<MemberProcess> members = new ArrayList<>();
    private final TestingServer zooKeeper;
    private final CountedDatabase database;
    private final CacheManager manager;
    private int started;

    /**
     * Starts all, and waits until nothing moves any more.
     *
     * @param name of the cluster
     * @param folder for what members are told of the database
     */
    WritingMembers(String name, Path folder) throws Exception {
        this.name = name;
        zooKeeper = new TestingServer();
        database = CountedDatabase.start(folder, 1);
        for (int i = 0; i < MEMBERS; i++) {
            launch();
        }
        members.forEach(MemberProcess::awaitJoined);
        manager = provider.getCacheManager(
                URI.create(uri() + "&role=client"), getClass().getClassLoader());
        awaitSettled();
    }

    private String uri() {
        return "zk://" + zooKeeper.getConnectString() + "/" + name + "?partitions=32&connectTimeout=1s";
    }

    private void launch() throws Exception {
        String node = name + started++;
        members.add(MemberProcess.launch(
                URI.create(uri() + "&name=" + node), "-Xmx256m", "-XX:TieredStopAtLevel=1", database.optionOf(node)));
    }

    private void awaitSettled() {
        SettledCluster.await(manager, MEMBERS);
    }

    CountedDatabase database() {
        return database;
    }

    /** Returns the client. */
    CacheManager manager() {
        return manager;
    }

    /** Returns the member that has been there for longest; it leads a third of the partitions. */
    MemberProcess oldest() {
        return members.get(0);
    }

    /** Returns the member that a process is. */
    MemberProcess ofProcess(long pid) {
        return members.stream()
                .filter(member -> member.pid() == pid)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no member is process " + pid));
    }

    /** Kills a member, and starts another node in its place: one that keeps failing leads nothing (T7). */
    void replace(MemberProcess member) throws Exception {
        members.remove(member);
        member.kill();
        launch();
        members.get(members.size() - 1).awaitJoined();
        awaitSettled();
    }

    @Override
    public void close() throws IOException, SQLException {
        provider.close();
        members.forEach(MemberProcess::close);
        database.close();
        zooKeeper.close();
    }
}
