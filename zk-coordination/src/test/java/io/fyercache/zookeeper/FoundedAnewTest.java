package io.fyercache.zookeeper;

import static org.assertj.core.api.Assertions.assertThat;

import io.fyercache.sharded.node.ClientNode;
import io.fyercache.sharded.node.MemberNode;
import io.fyercache.zookeeper.life.ExpectedCluster;
import io.fyercache.zookeeper.life.JoinFailure;
import io.fyercache.zookeeper.life.JoinFailure.Reason;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import javax.cache.Cache;
import javax.cache.configuration.MutableConfiguration;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.ZKUtil;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** ZooKeeper has lost what it knew of a cluster, whose processes run on, and another one is founded in its place. */
class FoundedAnewTest extends OneServerTest {
    /** Of those who try again: some times, as they pause for tenths of a second at first. */
    private static final Duration SOME_ATTEMPTS = Duration.ofSeconds(3);

    private ClusterProcesses processes;

    @BeforeEach
    void beginProcesses() {
        processes = new ClusterProcesses(ensemble, settings);
    }

    @AfterEach
    void endProcesses() {
        processes.close();
    }

    private static MutableConfiguration<String, String> texts() {
        return new MutableConfiguration<String, String>().setTypes(String.class, String.class);
    }

    /** Deletes all data of the cluster; begins anew where processes that find that out delete something at the same time. */
    private void deleteAll() {
        Awaitility.await()
                .ignoreExceptionsMatching(KeeperException.class::isInstance)
                .until(() -> {
                    ZKUtil.deleteRecursive(operator, settings.chroot());
                    return operator.exists(settings.chroot(), false) == null;
                });
    }

    private JoinFailure joinAgain(UUID former) {
        return members.attempt(settings.expecting(ExpectedCluster.former(former)), Witness.description(), new Witness())
                .failure();
    }

    @Test
    void whoHasBeenInACluster_joinsItAgain() {
        UUID cluster = UUID.randomUUID();
        members.attempt(settings.expecting(cluster), Witness.description(), new Witness());

        assertThat(joinAgain(cluster)).isNull();
    }

    @Test
    void whoHasBeenInAClusterThatIsGone_isRefused_andFoundsNone() throws Exception {
        UUID cluster = UUID.randomUUID();

        JoinFailure why = joinAgain(cluster);

        assertThat(why.reason()).isEqualTo(Reason.NO_CLUSTER);
        assertThat(why.message()).contains(cluster.toString(), "has been", "end all its processes");
        assertThat(operator.getChildren(settings.chroot(), false)).isEmpty();
    }

    @Test
    void whoHasBeenInAnotherCluster_isRefused() {
        UUID former = UUID.randomUUID();
        members.join(Witness.description(), new Witness());

        JoinFailure why = joinAgain(former);

        assertThat(why.reason()).isEqualTo(Reason.OTHER_CLUSTER);
        assertThat(why.message()).contains(former.toString(), "has been", "end all its processes");
    }

    /** The first cache of each cluster has the same number. */
    @Test
    void processesOfTheFormerCluster_haveNothingToDoWithTheNextOne() throws Exception {
        MemberNode former = processes.member("former");
        ClientNode client = processes.client("client");
        Cache<String, String> orders = processes.manager(client).createCache("orders", texts());
        orders.put("key", "order");

        deleteAll();
        LiveMembers.await("end of the membership", () -> former.picture().self().isEmpty());
        MemberNode next = processes.member("next");
        Cache<String, String> prices = processes.manager(next).createCache("prices", texts());
        CompletableFuture<Void> late = CompletableFuture.runAsync(() -> orders.put("key", "late"));

        Awaitility.await()
                .during(SOME_ATTEMPTS)
                .atMost(SOME_ATTEMPTS.multipliedBy(3))
                .until(() -> {
                    assertThat(prices.get("key")).isNull();
                    return next.picture().members().size() == 1
                            && former.picture().self().isEmpty()
                            && !late.isDone();
                });
        assertThat(client.picture().cluster()).isNotEqualTo(next.picture().cluster());
    }
}
