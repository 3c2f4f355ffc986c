package io.fyercache.zookeeper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.fyercache.sharded.coordination.TableWrite;
import io.fyercache.sharded.coordination.WriteOutcome;
import io.fyercache.sharded.topology.ControllerEpoch;
import io.fyercache.sharded.topology.PartitionLayout;
import io.fyercache.sharded.topology.PartitionTable;
import io.fyercache.testkit.log.LoggedLines;
import io.fyercache.zookeeper.LiveMembers.Joined;
import io.fyercache.zookeeper.life.JoinFailure;
import io.fyercache.zookeeper.life.JoinFailure.Reason;
import java.util.ArrayList;
import java.util.List;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.ZooDefs;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.data.ACL;
import org.apache.zookeeper.data.Id;
import org.apache.zookeeper.data.Stat;
import org.apache.zookeeper.server.auth.DigestAuthenticationProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who may do what with a cluster's znodes, and that no secret is told. */
class SecurityTest {
    private static final String SECRET = "correct-horse-battery";
    private static final DigestCredentials CREDENTIALS = new DigestCredentials("orders", SECRET);

    private static Ensemble ensemble;
    private static ZooKeeper stranger;
    private static ZooKeeper operator;

    private ZooKeeperSettings settings;
    private LiveMembers members;

    @BeforeAll
    static void startEnsemble() {
        ensemble = new Ensemble(1);
        stranger = ensemble.client();
        operator = ensemble.client();
        operator.addAuthInfo("digest", CREDENTIALS.toBytes());
    }

    @AfterAll
    static void stopEnsemble() throws InterruptedException {
        stranger.close();
        operator.close();
        ensemble.close();
    }

    @BeforeEach
    void begin() {
        settings =
                ZooKeeperSettings.of(ensemble.servers(), ensemble.newChroot()).with(CREDENTIALS);
        members = new LiveMembers(ensemble, settings);
    }

    @AfterEach
    void end() {
        members.close();
    }

    private Joined attempt(ZooKeeperSettings how) {
        return members.attempt(how, Witness.description(), new Witness());
    }

    private void make(String path) throws Exception {
        stranger.create(path, new byte[0], ZooDefs.Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
    }

    @Test
    void allZnodes_areForTheClustersUserAlone() throws Exception {
        Witness witness = new Witness();
        ZooKeeperCoordinator member =
                members.attempt(settings, Witness.description(), witness).coordinator();
        members.call(() -> member.claim(new ControllerEpoch(0)));
        LiveMembers.await("claim", () -> !witness.claims.isEmpty());
        members.call(() -> member.write(new TableWrite.Found(
                new ControllerEpoch(1), PartitionTable.initial(PartitionLayout.spread(16), member.self()))));
        LiveMembers.await("write", () -> !witness.writes.isEmpty());
        assertThat(witness.writes).containsExactly(WriteOutcome.DONE);
        members.call(member::requeue);
        CatalogueWitness caches = new CatalogueWitness();
        members.call(() -> member.openCatalogue(caches).define(CatalogueWitness.definition("orders")));
        LiveMembers.await("define", () -> !caches.defines.isEmpty());
        members.call(member::refresh);
        LiveMembers.await("refresh", () -> !witness.refreshes.isEmpty());

        String id = DigestAuthenticationProvider.generateDigest("orders:" + SECRET);
        List<ACL> expected = List.of(new ACL(ZooDefs.Perms.ALL, new Id("digest", id)));
        List<String> all = Ensemble.tree(operator, settings.chroot());
        assertThat(all).hasSize(1 + 6 + 16 + 1 + 1 + 1); // chroot, what each has, segments, member, candidate, cache
        for (String path : all) {
            assertThat(operator.getACL(path, new Stat())).as(path).isEqualTo(expected);
        }
    }

    @Test
    void memberWithTheSameCredentials_joins() {
        assertThat(attempt(settings).failure()).isNull();
        assertThat(attempt(settings).failure()).isNull();
    }

    @Test
    void wrongSecret_isRefused_withoutTellingIt() {
        attempt(settings);

        Joined refused = attempt(settings.with(new DigestCredentials("orders", "a-wrong-secret")));

        assertThat(refused.failure().reason()).isEqualTo(Reason.NOT_PERMITTED);
        assertThat(refused.failure().message())
                .contains(settings.chroot(), "orders", "credentials")
                .doesNotContain("a-wrong-secret");
    }

    @Test
    void noCredentials_areRefused_whereThereAreSome() {
        attempt(settings);

        Joined refused = attempt(ZooKeeperSettings.of(settings.servers(), settings.chroot()));

        assertThat(refused.failure().reason()).isEqualTo(Reason.NOT_PERMITTED);
        assertThat(refused.failure().message()).contains("credentials");
    }

    @Test
    void client_needsTheCredentials_andSeesTheCluster() {
        attempt(settings);
        ZooKeeperSettings none = ZooKeeperSettings.of(settings.servers(), settings.chroot());
        ZooKeeperSettings wrong = settings.with(new DigestCredentials("orders", "a-wrong-secret"));

        for (ZooKeeperSettings how : List.of(none, wrong)) {
            JoinFailure refused = members.attempt(how, new Witness(), why -> {}).failure();
            assertThat(refused.reason()).isEqualTo(Reason.NOT_PERMITTED);
            assertThat(refused.message()).contains("credentials").doesNotContain("a-wrong-secret");
        }
        assertThat(members.attempt(settings, new Witness(), why -> {}).failure())
                .isNull();
    }

    @Test
    void client_refusesAPlaceThatEverybodyMayWriteTo() {
        attempt(ZooKeeperSettings.of(settings.servers(), settings.chroot()));

        JoinFailure refused =
                members.attempt(settings, new Witness(), why -> {}).failure();

        assertThat(refused.reason()).isEqualTo(Reason.INSECURE);
    }

    @Test
    void chrootThatEverybodyMayWriteTo_isRefused() throws Exception {
        make(settings.chroot());

        Joined refused = attempt(settings);

        assertThat(refused.failure().reason()).isEqualTo(Reason.INSECURE);
        assertThat(refused.failure().message()).contains(settings.chroot(), "world", "everybody");
        assertThat(stranger.getChildren(settings.chroot(), false)).isEmpty();
    }

    @Test
    void clusterThatWasFoundedWithoutCredentials_isRefused() {
        assertThat(attempt(ZooKeeperSettings.of(settings.servers(), settings.chroot()))
                        .failure())
                .isNull();

        assertThat(attempt(settings).failure().reason()).isEqualTo(Reason.INSECURE);
    }

    @Test
    void znodeThatEverybodyMayWriteTo_insideASafeChroot_isRefused() throws Exception {
        attempt(settings);
        operator.setACL(settings.chroot() + "/ctl", ZooDefs.Ids.OPEN_ACL_UNSAFE, -1);

        Joined refused = attempt(settings);

        assertThat(refused.failure().reason()).isEqualTo(Reason.INSECURE);
        assertThat(refused.failure().message()).contains(settings.chroot() + "/ctl");
    }

    @Test
    void secret_isNeitherPrintedNorLogged() {
        List<String> told = new ArrayList<>();
        try (LoggedLines log = LoggedLines.ofEverything("org.apache.zookeeper", "io.fyercache")) {
            ZooKeeperCoordinator member = attempt(settings).coordinator();
            attempt(settings.with(new DigestCredentials("orders", "a-wrong-secret")));
            members.call(() -> member.renewLicence(1));
            told.add(member.toString());
            told.addAll(log.lines());
        }

        told.add(settings.toString());
        told.add(CREDENTIALS.toString());
        assertThat(told).hasSizeGreaterThan(20).anyMatch(line -> line.contains(settings.chroot()));
        assertThat(told).noneMatch(line -> line.contains(SECRET) || line.contains("a-wrong-secret"));
    }

    @Test
    void credentials_thatAreIncomplete_areRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DigestCredentials("a:b", SECRET))
                .withMessageContaining("a:b")
                .withMessageNotContaining(SECRET);
        assertThatIllegalArgumentException().isThrownBy(() -> new DigestCredentials("", SECRET));
        assertThatIllegalArgumentException().isThrownBy(() -> new DigestCredentials("orders", ""));
    }
}
