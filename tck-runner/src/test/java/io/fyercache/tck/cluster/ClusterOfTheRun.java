package io.fyercache.tck.cluster;

import io.fyercache.testkit.process.MemberProcess;
import io.fyercache.zookeeper.embedded.EmbeddedZooKeeper;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * The cluster of a run of the TCK, there as long as tests are run: a ZooKeeper server in this process, and members in processes of their own that have
 * the application's classes, here the TCK's, on their class path. Says in the property {@value #CLUSTER}, for {@code fyercache.yaml}, where it is.
 *
 * <p>Loaded by the {@code META-INF/services} of the runs that want it.
 */
public final class ClusterOfTheRun implements LauncherSessionListener {
    /** The URI that the application opens its default manager by. */
    public static final String CLUSTER = "tck.cluster";

    /** What the application's process is in the cluster: member or client. */
    private static final String ROLE = "tck.cluster.role";

    /** How many copies there are of each entry besides the primary's. */
    private static final String BACKUPS = "tck.cluster.backups";

    /** Where the entries of caches are, partitioned unless it says otherwise. */
    private static final String TOPOLOGY = "tck.cluster.topology";

    /** What members are told as this process is: where the TCK's servers are, which its loaders, writers and policies ask. */
    private static final List<String> PASSED_ON = List.of(
            "java.net.preferIPv4Stack", "org.jsr107.tck.support.server.address", "java.util.logging.config.file");

    /** Members in all, whether one of them is the application's process or not. */
    private static final int MEMBERS = 3;

    private static final String HEAP = "-Xmx256m";

    private final List<AutoCloseable> processes = new ArrayList<>();

    /** Makes a listener; for {@link java.util.ServiceLoader}. */
    public ClusterOfTheRun() {}

    @Override
    public void launcherSessionOpened(LauncherSession session) {
        EmbeddedZooKeeper zooKeeper = EmbeddedZooKeeper.start();
        processes.add(zooKeeper);
        String role = System.getProperty(ROLE);
        URI cluster = URI.create("zk://" + zooKeeper.servers() + "/tck?backups=" + System.getProperty(BACKUPS)
                + "&topology=" + System.getProperty(TOPOLOGY, "partitioned"));
        int others = role.equals("member") ? MEMBERS - 1 : MEMBERS;
        for (int i = 0; i < others; i++) {
            processes.add(MemberProcess.start(cluster, options()));
        }
        System.setProperty(CLUSTER, cluster + "&role=" + role);
    }

    private static String[] options() {
        List<String> options = new ArrayList<>(List.of(HEAP));
        for (String property : PASSED_ON) {
            options.add("-D" + property + "=" + System.getProperty(property));
        }
        return options.toArray(String[]::new);
    }

    /** Ends the members, and ZooKeeper last. */
    @Override
    public void launcherSessionClosed(LauncherSession session) {
        System.clearProperty(CLUSTER);
        for (int i = processes.size() - 1; i >= 0; i--) {
            close(processes.get(i));
        }
    }

    private static void close(AutoCloseable process) {
        try {
            process.close();
        } catch (Exception e) {
            throw new IllegalStateException(process + ": cannot be ended", e);
        }
    }
}
