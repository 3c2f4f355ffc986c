package io.fyercache.zookeeper;

import static org.assertj.core.api.Assertions.assertThat;

import io.fyercache.sharded.topology.MemberDescription;
import io.fyercache.zookeeper.LiveMembers.Joined;
import io.fyercache.zookeeper.life.JoinFailure;
import io.fyercache.zookeeper.life.JoinFailure.Reason;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.ZooDefs;
import org.junit.jupiter.api.Test;

/** How members get into a cluster, and why they do not. */
class JoinTest extends OneServerTest {
    private Joined attempt(ZooKeeperSettings how) {
        return members.attempt(how, Witness.description(), new Witness());
    }

    private void make(String path, String data) throws Exception {
        operator.create(
                path, data.getBytes(StandardCharsets.UTF_8), ZooDefs.Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
    }

    private String read(String path) throws Exception {
        return new String(operator.getData(path, false, null), StandardCharsets.UTF_8);
    }

    @Test
    void firstMember_makesTheChroot_andGivesTheClusterAnIdentityThatStays() throws Exception {
        assertThat(attempt(settings).failure()).isNull();
        UUID cluster = UUID.fromString(read(settings.chroot() + "/cluster"));

        assertThat(attempt(settings.expecting(cluster)).failure()).isNull();
        assertThat(read(settings.chroot() + "/cluster")).isEqualTo(cluster.toString());
    }

    @Test
    void otherCluster_isRefused_andNothingIsChanged() throws Exception {
        attempt(settings);
        List<String> before = Ensemble.tree(operator, settings.chroot());
        UUID other = UUID.randomUUID();

        Joined refused = attempt(settings.expecting(other));

        assertThat(refused.failure().reason()).isEqualTo(Reason.OTHER_CLUSTER);
        assertThat(refused.failure().message())
                .contains(read(settings.chroot() + "/cluster"))
                .contains(other.toString());
        assertThat(Ensemble.tree(operator, settings.chroot())).isEqualTo(before);
    }

    @Test
    void expectedCluster_isFoundedUnderThatIdentity() throws Exception {
        UUID cluster = UUID.randomUUID();

        assertThat(attempt(settings.expecting(cluster)).failure()).isNull();

        assertThat(read(settings.chroot() + "/cluster")).isEqualTo(cluster.toString());
    }

    @Test
    void chrootWithoutParent_isRefused() {
        Joined refused = attempt(ZooKeeperSettings.of(ensemble.servers(), "/nobody/made/this"));

        assertThat(refused.failure().reason()).isEqualTo(Reason.WRONG_CHROOT);
        assertThat(refused.failure().message()).contains("/nobody/made/this", "parent");
    }

    @Test
    void chrootOfSomethingElse_isRefused() throws Exception {
        make(settings.chroot(), "");
        make(settings.chroot() + "/table", "");

        Joined refused = attempt(settings);

        assertThat(refused.failure().reason()).isEqualTo(Reason.WRONG_CHROOT);
        assertThat(refused.failure().message()).contains("/table");
        assertThat(operator.getChildren(settings.chroot(), false)).containsExactly("table");
    }

    @Test
    void damagedIdentity_isRefused() throws Exception {
        make(settings.chroot(), "");
        make(settings.chroot() + "/cluster", "1-2-3-4-5");

        Joined refused = attempt(settings);

        assertThat(refused.failure().reason()).isEqualTo(Reason.WRONG_CHROOT);
        assertThat(refused.failure().message()).contains("/cluster", "UUID");
    }

    @Test
    void ensembleThatDoesNotAnswer_isGivenUp() throws Exception {
        String nobody;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = "127.0.0.1:" + socket.getLocalPort();
        }

        Joined refused = attempt(ZooKeeperSettings.of(nobody, settings.chroot())
                .within(ZooKeeperSettings.DEFAULT_SESSION_TIMEOUT, Duration.ofMillis(100)));

        assertThat(refused.failure().reason()).isEqualTo(Reason.UNREACHABLE);
        assertThat(refused.failure().message()).contains(nobody, "100 ms");
    }

    @Test
    void memberIdThatAnotherLifeHas_isRefused() {
        MemberDescription description = Witness.description();
        assertThat(members.attempt(settings, description, new Witness()).failure())
                .isNull();

        Joined refused = members.attempt(settings, description, new Witness());

        assertThat(refused.failure().reason()).isEqualTo(Reason.ID_TAKEN);
        assertThat(refused.failure().message()).contains(description.id().toString());
    }

    @Test
    void leave_beforeTheMemberHasJoined_endsIt_andNobodyIsTold() throws Exception {
        attempt(settings);
        ExecutorService thread = Executors.newSingleThreadExecutor();
        List<String> told = new ArrayList<>();
        ZooKeeperCoordinator[] made = new ZooKeeperCoordinator[1];
        thread.submit(() -> {
                    made[0] = ZooKeeperCoordinator.join(
                            settings, Witness.description(), thread, new Witness(), new JoinListener() {
                                @Override
                                public void joined(ZooKeeperCoordinator coordinator) {
                                    told.add("joined");
                                }

                                @Override
                                public void failed(JoinFailure why) {
                                    told.add("failed");
                                }
                            });
                    thread.execute(() -> made[0].leave());
                })
                .get();

        LiveMembers.get(made[0].ended().toCompletableFuture());
        thread.shutdown();
        LiveMembers.await("end of the thread", thread::isTerminated);
        assertThat(told).isEmpty();
        LiveMembers.await("znodes", () -> childrenOf("/members").size() == 1);
    }

    @Test
    void fiftyLives_leaveNoThreadAndNoZnode() throws Exception {
        Witness witness = new Witness();
        members.attempt(settings, Witness.description(), witness);
        List<String> before = Ensemble.tree(operator, settings.chroot());
        List<String> threadsBefore = SessionThreads.names();

        for (int life = 0; life < 50; life++) {
            ZooKeeperCoordinator coordinator = attempt(settings).coordinator();
            members.call(coordinator::leave);
            LiveMembers.get(coordinator.ended().toCompletableFuture());
        }

        assertThat(Ensemble.tree(operator, settings.chroot())).isEqualTo(before);
        assertThat(SessionThreads.names()).isEqualTo(threadsBefore);
        LiveMembers.await("members", () -> witness.present().members().size() == 1);
    }

    private List<String> childrenOf(String path) {
        try {
            return operator.getChildren(settings.chroot() + path, false);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
