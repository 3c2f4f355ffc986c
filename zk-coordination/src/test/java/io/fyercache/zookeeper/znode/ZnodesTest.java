package io.fyercache.zookeeper.znode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.fyercache.sharded.topology.DataAddress;
import io.fyercache.sharded.topology.Incarnation;
import io.fyercache.sharded.topology.Location;
import io.fyercache.sharded.topology.MemberDescription;
import io.fyercache.sharded.topology.PartitionLayout;
import io.fyercache.sharded.topology.PartitionTable;
import io.fyercache.sharded.topology.ProtocolVersions;
import io.fyercache.sharded.topology.TopologyForm;
import io.fyercache.zookeeper.znode.ZnodeOperation.Create;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ZnodesTest {
    private static final UUID ID = UUID.fromString("00112233-4455-6677-8899-aabbccddeeff");

    private static Znode znode(String path, byte[] data) {
        return new Znode(path, data, new Znode.Stat(0, 0, 0, 0, 0, 0, 0));
    }

    private static MemberDescription description() {
        return new MemberDescription(
                ID,
                "node",
                new Location("host", Location.NO_ZONE),
                new DataAddress("10.0.0.1", 7400),
                MemberDescription.DEFAULT_CAPACITY,
                new ProtocolVersions(1, 1));
    }

    @Test
    void founding_makesWhatEveryClusterHas_identityFirst() {
        List<ZnodeOperation> founding = Znodes.founding(ID);

        assertThat(founding)
                .extracting(ZnodeOperation::path)
                .containsExactly("/cluster", "/members", "/latch", "/ctl", "/table", "/caches");
        assertThat(((Create) founding.get(0)).data())
                .isEqualTo("00112233-4455-6677-8899-aabbccddeeff".getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void paths_areTheseForEver() {
        assertThat(Znodes.member(ID.toString())).isEqualTo("/members/00112233-4455-6677-8899-aabbccddeeff");
        assertThat(Znodes.candidate(ID)).isEqualTo("/latch/00112233-4455-6677-8899-aabbccddeeff-");
        assertThat(Znodes.segment(0)).isEqualTo("/table/seg-00");
        assertThat(Znodes.segment(15)).isEqualTo("/table/seg-15");
    }

    @Test
    void controller_isEightBytes_bigEndian() {
        byte[] data = Znodes.encode(new Incarnation(0x0102030405060708L));

        assertThat(data).containsExactly(1, 2, 3, 4, 5, 6, 7, 8);
        assertThat(Znodes.decodeController(znode("/ctl", data))).isEqualTo(new Incarnation(0x0102030405060708L));
        assertThat(Znodes.decodeController(znode("/ctl", new byte[0]))).isNull();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 8, 9, 1000})
    void controller_thatIsNone_isDamage(int length) {
        assertThatExceptionOfType(DamagedZnodeException.class)
                .isThrownBy(() -> Znodes.decodeController(znode("/ctl", new byte[length])))
                .withMessageContaining("/ctl")
                .withMessageContaining(length + " bytes");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "1-1-1-1-1", "00112233-4455-6677-8899-aabbccddeef", "00112233-4455-6677-8899-AABBCCDDEEFF"})
    void cluster_thatIsNoIdentity_isDamage(String text) {
        assertThatExceptionOfType(DamagedZnodeException.class)
                .isThrownBy(() -> Znodes.decodeCluster(znode("/cluster", text.getBytes(StandardCharsets.US_ASCII))))
                .withMessageContaining("UUID");
    }

    @Test
    void member_underAnothersName_isDamage() {
        byte[] data = TopologyForm.encode(description());

        assertThat(Znodes.decodeMember(znode(Znodes.member(ID.toString()), data)))
                .isEqualTo(description());
        assertThatExceptionOfType(DamagedZnodeException.class)
                .isThrownBy(() -> Znodes.decodeMember(znode("/members/other", data)))
                .withMessageContaining(ID.toString());
    }

    @Test
    void segment_inAnothersPlace_isDamage() {
        byte[] data = TopologyForm.encode(PartitionTable.initial(PartitionLayout.spread(32), new Incarnation(1))
                .segment(3));

        assertThat(Znodes.decodeSegment(znode("/table/seg-03", data)).number()).isEqualTo(3);
        assertThatExceptionOfType(DamagedZnodeException.class)
                .isThrownBy(() -> Znodes.decodeSegment(znode("/table/seg-04", data)))
                .withMessageContaining("/table/seg-04")
                .withMessageContaining("segment 3");
        assertThatExceptionOfType(DamagedZnodeException.class)
                .isThrownBy(() -> Znodes.decodeSegment(znode("/table/seg-03", new byte[] {1})));
    }

    @Test
    void candidates_areKnownByTheirNames() {
        String name = ID + "-0000000042";

        assertThat(Znodes.isCandidate(name)).isTrue();
        assertThat(Znodes.memberOf(name)).isEqualTo(ID.toString());
        assertThat(Znodes.place(name)).isEqualTo(42);
        assertThat(Znodes.isCandidate("x-0000000042")).isFalse();
        assertThat(Znodes.isCandidate(ID + "-42")).isFalse();
    }
}
