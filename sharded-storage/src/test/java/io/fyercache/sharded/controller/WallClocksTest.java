package io.fyercache.sharded.controller;

import static io.fyercache.sharded.controller.Members.inc;
import static io.fyercache.sharded.controller.Members.incs;
import static org.assertj.core.api.Assertions.assertThat;

import io.fyercache.sharded.controller.WallClocks.Change;
import org.junit.jupiter.api.Test;

/** E4. Member 1 compares. */
class WallClocksTest {
    private static final long MILLIS = 1_000_000;
    private static final long NOW = 1_795_305_600_000L;

    /** The clock that never steps back begins anywhere. */
    private static final long NANOS = -5 * MILLIS;

    private final WallClocks clocks = new WallClocks();

    /** The other's clock is that much ahead of ours when the answer comes. */
    private Change read(long member, long aheadMillis, long roundTripMillis) {
        return clocks.read(inc(member), NOW + aheadMillis, NANOS - roundTripMillis * MILLIS, NANOS, NOW);
    }

    @Test
    void clocksThatDiffer_areToldOnce_untilTheyAgree() {
        assertThat(read(2, 490, 1)).isEqualTo(Change.NONE);
        assertThat(read(2, 510, 1)).isEqualTo(Change.DIFFER);
        assertThat(clocks.aheadMillis(inc(2))).isBetween(508L, 513L);
        assertThat(read(2, 700, 1)).isEqualTo(Change.NONE);
        assertThat(read(2, 490, 1)).isEqualTo(Change.AGREE);
        assertThat(read(2, 490, 1)).isEqualTo(Change.NONE);
        assertThat(read(2, -510, 1)).isEqualTo(Change.DIFFER);
    }

    @Test
    void whatTheRoundTripLeavesOpen_changesNothing() {
        // Read just now, it is 450 ms ahead; read when it was asked, 650.
        assertThat(read(2, 450, 200)).isEqualTo(Change.NONE);
        // Read just now, it is 600 ms behind; read when it was asked, 400.
        assertThat(read(2, -600, 200)).isEqualTo(Change.NONE);
        assertThat(read(2, -800, 200)).isEqualTo(Change.DIFFER);
        assertThat(read(2, -600, 200)).isEqualTo(Change.NONE);
        assertThat(read(2, -500, 200)).as("cut to milliseconds, it may be 501").isEqualTo(Change.NONE);
        assertThat(read(2, -450, 200)).isEqualTo(Change.AGREE);
    }

    @Test
    void roundTripThatIsTooLong_orBackInTime_saysNothing() {
        assertThat(read(2, 100_000, 1_001)).isEqualTo(Change.NONE);
        assertThat(read(2, 100_000, -1)).isEqualTo(Change.NONE);
        assertThat(clocks.aheadMillis(inc(2))).isZero();
        assertThat(clocks.isOff()).isFalse();
    }

    /** Returns by how much the clock in the middle is ahead of ours. */
    private long middleAhead() {
        return clocks.middleMillis(NANOS) - NOW;
    }

    @Test
    void middle_isTheClockInTheMiddle_andTheEarlierOfTwo() {
        clocks.readOwn(NANOS, NOW);
        assertThat(middleAhead()).isZero();
        read(2, 10_000, 1);
        assertThat(middleAhead()).as("two clocks, and ours is earlier").isZero();
        read(3, 9_000, 1);
        assertThat(middleAhead()).as("three clocks").isBetween(8_998L, 9_002L);
        read(4, -3_000, 1);
        assertThat(middleAhead()).as("four clocks").isZero();
        read(5, -2_000, 1);
        read(6, -2_500, 1);
        assertThat(middleAhead()).as("six clocks").isBetween(-2_002L, -1_998L);

        clocks.retain(incs(3));

        assertThat(middleAhead()).isZero();
    }

    @Test
    void middle_goesOn_andClocksThatAreSetDoNotMoveIt() {
        read(2, 0, 1);
        read(3, 0, 1);
        long later = NANOS + 3_600_000 * MILLIS;

        // Ours, by an hour.
        clocks.readOwn(later, NOW + 2 * 3_600_000);
        assertThat(clocks.middleMillis(later) - NOW).isBetween(3_599_998L, 3_600_002L);
        assertThat(clocks.isOff()).isTrue();

        // And back, and another one by an hour.
        clocks.readOwn(later, NOW + 3_600_000);
        clocks.read(inc(2), NOW, later, later, NOW + 3_600_000);
        assertThat(clocks.middleMillis(later) - NOW).isBetween(3_599_998L, 3_600_002L);
        assertThat(clocks.isOff()).isFalse();
    }

    @Test
    void clockFarFromMost_isOff() {
        read(2, 6_000, 1);
        read(3, 6_100, 1);
        assertThat(clocks.isOff()).isTrue();

        read(2, -6_000, 1);
        read(3, -6_100, 1);
        assertThat(clocks.isOff()).isTrue();
    }

    @Test
    void clockThatAnotherOneIsFarFrom_isNotOff() {
        read(2, 3_600_000, 1);
        read(3, 100, 1);

        assertThat(clocks.isOff()).isFalse();
    }

    @Test
    void ofTwoClocks_orOfTwoHalves_noneIsOff() {
        read(2, 3_600_000, 1);
        assertThat(clocks.isOff()).as("one of two").isFalse();

        read(3, 0, 1);
        read(4, 3_600_000, 1);
        assertThat(clocks.isOff()).as("two of four").isFalse();
        read(5, 3_600_000, 1);
        assertThat(clocks.isOff()).as("two of five").isTrue();
    }

    @Test
    void clockThatIsOff_isOffUntilItIsWellBack() {
        read(2, 4_990, 1);
        read(3, 4_990, 1);
        assertThat(clocks.isOff()).isFalse();

        read(2, 5_010, 1);
        read(3, 5_010, 1);
        assertThat(clocks.isOff()).isTrue();
        read(2, 2_600, 1);
        read(3, 2_600, 1);
        assertThat(clocks.isOff()).isTrue();
        read(2, 2_400, 1);
        assertThat(clocks.isOff()).isFalse();
    }

    @Test
    void clocksOfMembersThatAreGone_doNotCount() {
        read(2, 6_000, 1);
        read(3, 6_000, 1);
        clocks.retain(incs(1, 2));

        assertThat(clocks.isOff()).as("of two, nobody knows").isFalse();
        assertThat(read(3, 6_000, 1)).as("it is told of the next life").isEqualTo(Change.DIFFER);
    }
}
