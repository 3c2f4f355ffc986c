package io.fyercache.sharded.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.fyercache.sharded.coordination.MembersPresent;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProtocolVersionsTest {
    @ParameterizedTest
    @CsvSource({"1,3, 2,5, 2,3", "1,3, 3,5, 3,3", "2,2, 1,9, 2,2", "4,7, 4,7, 4,7"})
    void common_isWhatBothSpeak(
            int oldest, int newest, int otherOldest, int otherNewest, int common, int newestCommon) {
        ProtocolVersions one = new ProtocolVersions(oldest, newest);
        ProtocolVersions other = new ProtocolVersions(otherOldest, otherNewest);

        assertThat(one.common(other)).isEqualTo(new ProtocolVersions(common, newestCommon));
        assertThat(other.common(one)).isEqualTo(one.common(other));
    }

    @Test
    void common_ofWhatDoesNotOverlap_isNothing() {
        assertThat(new ProtocolVersions(1, 2).common(new ProtocolVersions(3, 4)))
                .isNull();
        assertThat(new ProtocolVersions(3, 4).common(new ProtocolVersions(1, 2)))
                .isNull();
    }

    @Test
    void cluster_speaksWhatAllMembersSpeak() {
        assertThat(MembersPresent.NOBODY.protocolVersions()).isNull();
        assertThat(present(new ProtocolVersions(1, 4), new ProtocolVersions(2, 6), new ProtocolVersions(3, 3)))
                .isEqualTo(new ProtocolVersions(3, 3));
        assertThat(present(new ProtocolVersions(1, 2), new ProtocolVersions(3, 3)))
                .isNull();
    }

    private static ProtocolVersions present(ProtocolVersions... versions) {
        List<Member> members = new ArrayList<>();
        for (ProtocolVersions spoken : versions) {
            MemberDescription like = Samples.description();
            members.add(new Member(
                    new Incarnation(members.size() + 1),
                    new MemberDescription(
                            like.id(), like.nodeName(), like.location(), like.dataAddress(), like.capacity(), spoken)));
        }
        return new MembersPresent(members.size(), members).protocolVersions();
    }
}
