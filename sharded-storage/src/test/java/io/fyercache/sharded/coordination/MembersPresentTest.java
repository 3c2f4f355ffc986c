package io.fyercache.sharded.coordination;

import static org.assertj.core.api.Assertions.assertThat;

import io.fyercache.sharded.topology.DataAddress;
import io.fyercache.sharded.topology.Incarnation;
import io.fyercache.sharded.topology.Location;
import io.fyercache.sharded.topology.Member;
import io.fyercache.sharded.topology.MemberDescription;
import io.fyercache.sharded.topology.ProtocolVersions;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class MembersPresentTest {
    @Test
    void isGone_onlyWhoWasBornBefore_andIsNotThere() {
        MembersPresent present = new MembersPresent(5, List.of(member(3)));

        assertThat(present.isGone(new Incarnation(2))).isTrue();
        assertThat(present.isGone(new Incarnation(3))).isFalse();
        assertThat(present.isGone(new Incarnation(6))).isFalse();
    }

    @Test
    void isGone_notWhoIsThere_andCannotBeRead() {
        MembersPresent present =
                new MembersPresent(5, List.of(member(3)), List.of(new Incarnation(4), new Incarnation(2)));

        assertThat(present.isGone(new Incarnation(2))).isFalse();
        assertThat(present.isGone(new Incarnation(1))).isTrue();
        assertThat(present.unreadable()).isSorted();
        assertThat(present.incarnations()).containsExactly(new Incarnation(3));
    }

    private static Member member(long incarnation) {
        MemberDescription description = new MemberDescription(
                new UUID(0, incarnation),
                "node",
                new Location("host", Location.NO_ZONE),
                new DataAddress("10.0.0.1", 7400),
                MemberDescription.DEFAULT_CAPACITY,
                new ProtocolVersions(1, 1));
        return new Member(new Incarnation(incarnation), description);
    }
}
