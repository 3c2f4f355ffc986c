package io.fyercache.sharded.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.UUID;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class MemberTest {
    private static MemberDescription named(String nodeName, int capacity) {
        return new MemberDescription(
                new UUID(1, 2),
                nodeName,
                new Location("host", Location.NO_ZONE),
                new DataAddress("host", 1),
                capacity,
                new ProtocolVersions(1, 1));
    }

    private static Arguments refused(String message, ThrowingCallable made) {
        return Arguments.of(message, made);
    }

    static Stream<Arguments> outOfRange() {
        return Stream.of(
                refused("incarnation: 0 (expected: at least 1)", () -> new Incarnation(0)),
                refused("controller epoch: -1", () -> new ControllerEpoch(-1)),
                refused("newest protocol version: 65536", () -> new ProtocolVersions(1, 65_536)),
                refused("oldest protocol version: 3 (expected: 1..2)", () -> new ProtocolVersions(3, 2)),
                refused("host: 0 characters", () -> new Location("", "z")),
                refused("zone: 256 characters (expected: 0..255)", () -> new Location("h", "z".repeat(256))),
                refused("host: has a character", () -> new Location("a\nb", "")),
                refused("zone: has a character", () -> new Location("h", "half \uD83D")),
                refused("data host: 0 characters", () -> new DataAddress("", 1)),
                refused("data port: 0", () -> new DataAddress("h", 0)),
                refused("data port: 65536", () -> new DataAddress("h", 65_536)),
                refused("node name: 0 characters", () -> named("", 1)),
                refused("node name: 129 characters", () -> named("n".repeat(129), 1)),
                refused("capacity: 0", () -> named("n", 0)),
                refused("capacity: 10001", () -> named("n", 10_001)));
    }

    @ParameterizedTest
    @MethodSource("outOfRange")
    void constructor_outOfRange_refusedByNameAndRange(String message, ThrowingCallable made) {
        assertThatThrownBy(made).isInstanceOf(IllegalArgumentException.class).hasMessageContaining(message);
    }

    @Test
    void incarnations_areOrderedByBirth() {
        assertThat(new Incarnation(9)).isLessThan(new Incarnation(10));
        assertThat(new ControllerEpoch(9)).isLessThan(new ControllerEpoch(10));
    }

    @Test
    void protocolVersions_overlapWhenThereIsOneThatBothSpeak() {
        ProtocolVersions twoToThree = new ProtocolVersions(2, 3);

        assertThat(twoToThree.overlaps(new ProtocolVersions(3, 4))).isTrue();
        assertThat(twoToThree.overlaps(new ProtocolVersions(1, 2))).isTrue();
        assertThat(twoToThree.overlaps(new ProtocolVersions(1, 1))).isFalse();
        assertThat(twoToThree.overlaps(new ProtocolVersions(4, 4))).isFalse();
    }
}
