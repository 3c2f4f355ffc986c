package io.fyercache.zookeeper;

import io.fyercache.jcache.ReceivedDefinitions;
import io.fyercache.sharded.node.ClusterNode;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.concurrent.CountDownLatch;
import javax.cache.CacheException;

/**
 * A member in a process of its own: {@code java -cp ... io.fyercache.zookeeper.StandaloneMember zk://host:port/cluster?bind=...}. It says on its
 * standard output when it is in the cluster. When it is asked to end (SIGTERM, SIGINT) it hands over what it holds first.
 */
public final class StandaloneMember {
    /** What it says first when it is in the cluster; its name follows. */
    public static final String JOINED = "joined: ";

    private static final int EXIT_USAGE = 2;
    private static final int EXIT_FAILED = 1;

    private StandaloneMember() {}

    /**
     * Joins the cluster, and stays until the process is asked to end.
     *
     * @param arguments the URI of the cluster
     */
    public static void main(String[] arguments) throws InterruptedException {
        if (arguments.length != 1) {
            fail(
                    EXIT_USAGE,
                    "arguments: " + arguments.length
                            + " (expected: the URI of a cluster, such as zk://host:2181/orders)");
            return;
        }
        ClusterNode node;
        try {
            node = start(new URI(arguments[0]));
        } catch (URISyntaxException e) {
            fail(EXIT_USAGE, "cluster URI: " + e.getMessage() + " (expected: such as zk://host:2181/orders)");
            return;
        } catch (CacheException e) {
            fail(EXIT_FAILED, String.valueOf(e.getMessage()));
            return;
        }
        Runtime.getRuntime().addShutdownHook(new Thread(node::close, "fyercache-leaving"));
        System.out.println(JOINED + node);
        new CountDownLatch(1).await();
    }

    private static ClusterNode start(URI uri) {
        ClusterAccess access = ClusterUri.read(uri);
        if (access.role() != ClusterUri.Role.MEMBER) {
            throw new CacheException(
                    "role: client (expected: member, as a process that does nothing else would use nothing)");
        }
        ClassLoader loader = StandaloneMember.class.getClassLoader();
        return access.start(new ReceivedDefinitions(loader), loader).node();
    }

    private static void fail(int status, String why) {
        System.err.println(why);
        System.exit(status);
    }
}
