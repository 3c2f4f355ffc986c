package io.fyercache.sharded.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fyercache.sharded.topology.Incarnation;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Leases, promises and the licence. Clocks may start anywhere, so each test runs close to an overflow, too. */
class MemberLeasesTest {
    private static final long MILLIS = 1_000_000;
    private static final Incarnation ONE = new Incarnation(1);
    private static final Incarnation TWO = new Incarnation(2);

    private final MemberLeases agreements = MemberLeases.ofNewMember(ProtocolTimes.STANDARD, Rules.ALL);
    private final LeaseTable leases = agreements.leases();

    @ParameterizedTest
    @ValueSource(longs = {0, Long.MAX_VALUE - 100 * MILLIS, Long.MIN_VALUE})
    void lease_lastsFromTheSendingOfTheHeartbeat_lessTheMargins(long start) {
        leases.granted(ONE, start, start + 50 * MILLIS, 7, 7);

        assertThat(leases.covers(List.of(ONE), start + 288 * MILLIS)).isTrue();
        assertThat(leases.covers(List.of(ONE), start + 289 * MILLIS)).isFalse();
    }

    @Test
    void lease_isNeededOfEachMember() {
        leases.granted(ONE, 0, 0, 7, 7);

        assertThat(leases.covers(List.of(), 1)).isTrue();
        assertThat(leases.covers(List.of(ONE, TWO), 1)).isFalse();
        leases.granted(TWO, 0, 0, 7, 7);
        assertThat(leases.covers(List.of(ONE, TWO), 1)).isTrue();
        leases.retain(List.of(ONE));
        assertThat(leases.covers(List.of(ONE, TWO), 1)).isFalse();
    }

    @Test
    void grant_ofWhoKnowsALaterTable_doesNotCount() {
        leases.granted(ONE, 0, 0, 8, 7);

        assertThat(leases.covers(List.of(ONE), 1)).isFalse();
    }

    @Test
    void grant_thatComesLate_doesNotShortenALaterOne() {
        leases.granted(ONE, 200 * MILLIS, 200 * MILLIS, 7, 7);
        leases.granted(ONE, 0, 210 * MILLIS, 7, 7);

        assertThat(leases.covers(List.of(ONE), 480 * MILLIS)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, Long.MAX_VALUE - 100 * MILLIS, Long.MIN_VALUE})
    void promise_lastsLongerThanTheLeaseThatRestsOnIt(long start) {
        PromiseTable promises = agreements.promises();
        promises.promise(ONE, start);

        assertThat(promises.until(ONE, start + 100 * MILLIS) - start).isEqualTo(300 * MILLIS);
        assertThat(promises.untilLast(start + 100 * MILLIS) - start).isEqualTo(300 * MILLIS);
        assertThat(promises.until(ONE, start + 400 * MILLIS) - start).isEqualTo(400 * MILLIS);
        assertThat(promises.until(TWO, start + 100 * MILLIS) - start).isEqualTo(100 * MILLIS);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, Long.MAX_VALUE - 100 * MILLIS, Long.MIN_VALUE})
    void licence_lastsForTheGraceFromTheLastContact(long start) {
        Licence licence = agreements.licence();
        assertThat(licence.isValid(start)).isFalse();

        licence.renew(start);
        licence.renew(start - 1_000 * MILLIS);

        assertThat(licence.isValid(start + 29_999 * MILLIS)).isTrue();
        assertThat(licence.isValid(start + 30_000 * MILLIS)).isFalse();
    }

    @Test
    void times_outOfRange_nameValueAndExpectation() {
        assertThatThrownBy(() -> new ProtocolTimes(1, 1, 1, 0))
                .hasMessage("leaseNanos: 1 (expected: at least 50000000)");
        assertThatThrownBy(() -> new ProtocolTimes(50_000_000, 1, 1, 0))
                .hasMessage("graceNanos: 1 (expected: at least the lease, 50000000)");
        assertThatThrownBy(() -> new ProtocolTimes(50_000_000, 50_000_000, 0, 0))
                .hasMessage("resendNanos: 0 (expected: at least 1)");
        assertThatThrownBy(() -> new ProtocolTimes(50_000_000, 50_000_000, 1, -1))
                .hasMessage("clockMillis: -1 (expected: at least 0)");
    }
}
