package io.fyercache.zookeeper;

import static org.assertj.core.api.Assertions.assertThat;

import io.fyercache.sharded.coordination.NumberedCache;
import io.fyercache.sharded.node.ClientNode;
import io.fyercache.sharded.node.ClusterPicture;
import io.fyercache.sharded.node.ClusterPicture.Licence;
import io.fyercache.sharded.node.ClusterPicture.Part;
import io.fyercache.sharded.node.MemberNode;
import io.fyercache.sharded.topology.Incarnation;
import io.fyercache.sharded.topology.PartitionRecord;
import io.fyercache.sharded.topology.PartitionTable;
import io.fyercache.zookeeper.TcpProxy.Traffic;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What processes know of their cluster. */
class ClusterPictureTest extends OneServerTest {
    private ClusterProcesses processes;

    @BeforeEach
    void beginProcesses() {
        processes = new ClusterProcesses(ensemble, settings);
    }

    @AfterEach
    void endProcesses() {
        processes.close();
    }

    private static List<String> names(ClusterPicture picture) {
        return picture.members().stream()
                .map(member -> member.description().nodeName())
                .sorted()
                .toList();
    }

    private static Stream<PartitionRecord> records(ClusterPicture picture) {
        PartitionTable table = picture.table().orElseThrow().table();
        return IntStream.range(0, table.partitionCount()).mapToObj(table::record);
    }

    @Test
    void membersAndClients_seeTheSame_andEachItsOwnPart() {
        MemberNode one = processes.member("one");
        MemberNode two = processes.member("two");
        ClientNode client = processes.client("client");
        UriProcesses.numbers(processes.manager(client));

        LiveMembers.await("copies on both", () -> client.fewestCopies() == 2 && one.fewestCopies() == 2);
        LiveMembers.await(
                "the cache",
                () -> List.of(one, two, client).stream()
                        .allMatch(node -> node.picture().caches().stream()
                                .map(NumberedCache::definition)
                                .anyMatch(definition -> definition.name().equals("numbers"))));

        ClusterPicture ofClient = client.picture();
        assertThat(names(ofClient)).containsExactly("one", "two");
        assertThat(ofClient.part()).isEqualTo(Part.CLIENT);
        assertThat(ofClient.self()).isEmpty();
        assertThat(ofClient.licence()).isEqualTo(Licence.NONE);
        assertThat(records(ofClient)).allMatch(record -> record.inSync().size() == 2);
        for (MemberNode member : List.of(one, two)) {
            LiveMembers.await("a licence", () -> member.picture().licence() == Licence.VALID);
            ClusterPicture ofMember = member.picture();
            assertThat(ofMember.part()).isEqualTo(Part.MEMBER);
            assertThat(ofMember.cluster()).isEqualTo(ofClient.cluster()).isPresent();
            assertThat(names(ofMember)).containsExactly("one", "two");
            Incarnation self = ofMember.self().orElseThrow();
            assertThat(ofMember.members()).anyMatch(each -> each.incarnation().equals(self));
        }
        assertThat(one.picture().self()).isNotEqualTo(two.picture().self());
    }

    @Test
    void memberThatLosesItsSession_isAnotherAfterwards() {
        MemberNode one = processes.member("one");
        MemberNode two = processes.member("two");
        Incarnation before = two.picture().self().orElseThrow();
        LiveMembers.await("both", () -> names(one.picture()).contains("two"));

        processes.setWay(two, Traffic.CUT);
        LiveMembers.await("its end", () -> !names(one.picture()).contains("two"));
        processes.setWay(two, Traffic.PASSES);

        LiveMembers.await(
                "another life",
                () -> two.picture().self().filter(self -> !self.equals(before)).isPresent());
        assertThat(two.picture().self().orElseThrow()).isGreaterThan(before);
        LiveMembers.await("both", () -> names(one.picture()).contains("two"));
    }
}
