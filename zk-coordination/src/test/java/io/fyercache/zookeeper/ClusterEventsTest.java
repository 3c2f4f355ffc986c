package io.fyercache.zookeeper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.fyercache.sharded.engine.ClusterUnavailableException;
import io.fyercache.sharded.event.ClusterEvent;
import io.fyercache.sharded.event.ClusterEvent.Kind;
import io.fyercache.sharded.event.ClusterEvent.MemberGone;
import io.fyercache.sharded.event.ClusterEvent.PartitionsLost;
import io.fyercache.sharded.node.ClusterEvents;
import io.fyercache.sharded.node.MemberNode;
import io.fyercache.sharded.transport.netty.Secret;
import io.fyercache.zookeeper.TcpProxy.Traffic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import javax.cache.Cache;
import javax.cache.CacheManager;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What processes are told of their cluster, while it goes wrong for real. */
class ClusterEventsTest extends OneServerTest {
    @TempDir
    private Path folder;

    private ClusterProcesses processes;
    private UriProcesses byUri;

    @BeforeEach
    void beginProcesses() {
        processes = new ClusterProcesses(ensemble, settings);
        byUri = new UriProcesses(settings.servers(), settings.chroot());
    }

    @AfterEach
    void endAll() {
        byUri.close();
        processes.close();
    }

    /** A client that has the secret of the others. */
    private CacheManager client() throws IOException {
        Path secret = Files.write(folder.resolve("secret"), new byte[Secret.MIN_BYTES]);
        return byUri.open("role=client&secretFile=" + secret);
    }

    private static ClusterEvents events(CacheManager manager) {
        return manager.unwrap(ClusterEvents.class);
    }

    private static List<String> keys() {
        return IntStream.range(0, 100).mapToObj(i -> "key-" + i).toList();
    }

    @Test
    void killedMember_isGone_itsPartitionsAreTakenOver_andNothingIsLost() throws Exception {
        MemberNode one = processes.member("one");
        MemberNode two = processes.member("two");
        CacheManager manager = client();
        Cache<String, Integer> cache = UriProcesses.numbers(manager);
        keys().forEach(key -> cache.put(key, 1));
        LiveMembers.await("two copies", () -> one.fewestCopies() == 2);
        List<ClusterEvent> heard = new CopyOnWriteArrayList<>();
        events(manager).listen(told -> heard.add(told.event()));

        processes.kill(two);

        LiveMembers.await("its end", () -> events(manager).count(Kind.MEMBERS_GONE) == 1);
        LiveMembers.await("takeovers", () -> events(manager).count(Kind.PARTITIONS_TAKEN_OVER) > 0);
        LiveMembers.await(
                "the member that has gone",
                () -> heard.stream()
                        .anyMatch(event -> event instanceof MemberGone gone
                                && gone.member().description().nodeName().equals("two")));
        keys().forEach(key -> assertThat(cache.get(key)).isEqualTo(1));
        assertThat(events(manager).count(Kind.PARTITIONS_LOST)).isZero();
    }

    /** L2: nobody is told "there is nothing" before it is certain that nobody serves the copies any more, and then the loss is told, too. */
    @Test
    void allCopiesOfAPartition_areLost_callersAreToldThatNobodyAnswers_andThenThatItIsLost() throws Exception {
        MemberNode founder = processes.member("one", 0);
        CacheManager manager = client();
        Cache<String, Integer> cache = UriProcesses.numbers(manager);
        keys().forEach(key -> cache.put(key, 1));
        // Some of the partitions move there, and half of them stay.
        processes.member("two", 0);

        processes.kill(founder);

        String lost = keys().stream()
                .filter(key -> !isAnswered(cache, key))
                .findFirst()
                .orElseThrow();
        assertThatExceptionOfType(ClusterUnavailableException.class)
                .isThrownBy(() -> cache.get(lost))
                .withMessageContaining("expected");
        Awaitility.await("the loss")
                .atMost(LiveMembers.PATIENCE.multipliedBy(
                        2)) // The session's end takes up to ten seconds, and the grace thirty.
                .until(() -> events(manager).count(Kind.PARTITIONS_LOST) > 0);
        LiveMembers.await("a new generation", () -> isAnswered(cache, lost));
        assertThat(cache.get(lost)).isNull();
        PartitionsLost told = (PartitionsLost) events(manager).latest().stream()
                .map(ClusterEvents.Told::event)
                .filter(PartitionsLost.class::isInstance)
                .findFirst()
                .orElseThrow();
        assertThat(told.generations().values()).containsOnly(2L);
    }

    private static boolean isAnswered(Cache<String, Integer> cache, String key) {
        try {
            cache.get(key);
            return true;
        } catch (ClusterUnavailableException e) {
            return false;
        }
    }

    @Test
    void memberThatLosesItsSession_saysSo_andOthersSeeItGoAndCome() throws Exception {
        processes.member("one");
        MemberNode two = processes.member("two");
        CacheManager manager = client();

        processes.setWay(two, Traffic.CUT);
        LiveMembers.await("its end", () -> events(manager).count(Kind.MEMBERS_GONE) == 1);
        processes.setWay(two, Traffic.PASSES);

        LiveMembers.await("another life", () -> events(manager).count(Kind.MEMBERS_COME) == 1);
        assertThat(two.events().count(Kind.MEMBERSHIPS_LOST)).isEqualTo(1);
    }
}
