package io.fyercache.zookeeper;

import static org.assertj.core.api.Assertions.assertThat;

import io.fyercache.zookeeper.LiveMembers.Opened;
import io.fyercache.zookeeper.life.JoinFailure;
import io.fyercache.zookeeper.life.JoinFailure.Reason;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.ZKUtil;
import org.apache.zookeeper.ZooDefs;
import org.junit.jupiter.api.Test;

/** What the contract of clients does not ask for: how they find a cluster, why they do not, and what becomes of a view whose cluster goes. */
class ZooKeeperClusterViewTest extends OneServerTest {
    private Opened attempt(ZooKeeperSettings how) {
        return members.attempt(how, new Witness(), why -> {});
    }

    @Test
    void noCluster_isRefused_andNothingIsMade() throws Exception {
        Opened refused = attempt(settings);

        assertThat(refused.failure().reason()).isEqualTo(Reason.NO_CLUSTER);
        assertThat(refused.failure().message()).contains(settings.chroot(), "member");
        assertThat(operator.exists(settings.chroot(), false)).isNull();
    }

    @Test
    void chrootWithoutCluster_isRefused() throws Exception {
        operator.create(settings.chroot(), new byte[0], ZooDefs.Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);

        assertThat(attempt(settings).failure().reason()).isEqualTo(Reason.NO_CLUSTER);
        assertThat(operator.getChildren(settings.chroot(), false)).isEmpty();
    }

    @Test
    void otherCluster_isRefused() {
        members.join(Witness.description(), new Witness());
        UUID other = UUID.randomUUID();

        JoinFailure why = attempt(settings.expecting(other)).failure();

        assertThat(why.reason()).isEqualTo(Reason.OTHER_CLUSTER);
        assertThat(why.message()).contains(other.toString());
    }

    @Test
    void view_knowsTheIdentityOfTheCluster_andLeavesNoZnode() throws Exception {
        members.join(Witness.description(), new Witness());
        List<String> before = Ensemble.tree(operator, settings.chroot());

        ZooKeeperClusterView view = attempt(settings).view();

        String identity =
                new String(operator.getData(settings.chroot() + "/cluster", false, null), StandardCharsets.UTF_8);
        members.call(() -> assertThat(view.cluster()).hasToString(identity));
        assertThat(Ensemble.tree(operator, settings.chroot())).isEqualTo(before);
    }

    @Test
    void clusterThatIsFoundedAnewUnderItsIdentity_isNotTakenForTheSame() throws Exception {
        UUID identity = UUID.randomUUID();
        ZooKeeperSettings same = settings.expecting(identity);
        assertThat(members.attempt(same, Witness.description(), new Witness()).failure())
                .isNull();
        List<JoinFailure> ends = new CopyOnWriteArrayList<>();
        ZooKeeperClusterView view =
                members.attempt(same, new Witness(), ends::add).view();

        ZKUtil.deleteRecursive(operator, settings.chroot());
        assertThat(members.attempt(same, Witness.description(), new Witness()).failure())
                .isNull();
        members.expire(view);

        LiveMembers.await("the end", () -> !ends.isEmpty());
        assertThat(ends).hasSize(1);
        assertThat(ends.get(0).reason()).isEqualTo(Reason.OTHER_CLUSTER);
        LiveMembers.get(view.ended().toCompletableFuture());
    }

    @Test
    void viewsWithManySessions_leaveNoThread() {
        members.join(Witness.description(), new Witness());
        // Of the member, and of the operator; those of earlier tests end by themselves.
        LiveMembers.await("threads", () -> SessionThreads.names().size() == 4);
        List<String> before = SessionThreads.names();

        for (int round = 0; round < 2; round++) {
            Witness witness = new Witness();
            ZooKeeperClusterView view =
                    members.attempt(settings, witness, why -> {}).view();
            for (int session = 0; session < 2; session++) {
                int refreshes = witness.refreshes.size();
                members.expire(view);
                members.call(view::refresh);
                LiveMembers.await("refresh", () -> witness.refreshes.size() > refreshes);
            }
            members.call(view::leave);
            LiveMembers.get(view.ended().toCompletableFuture());
        }

        // The thread that says that all have ended is the last to.
        LiveMembers.await("end of threads", () -> SessionThreads.names().equals(before));
    }
}
