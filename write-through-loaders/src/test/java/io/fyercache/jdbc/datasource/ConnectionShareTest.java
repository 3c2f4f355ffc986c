package io.fyercache.jdbc.datasource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ConnectionShareTest {

    private static final long SETTLING = 40;

    @Test
    void parts_addUpToTheLimitLessWhatIsSpare_andAreNeverZero() {
        for (int limit = 1; limit <= 50; limit++) {
            for (int spare = 0; spare < limit; spare++) {
                ConnectionShare share = new ConnectionShare(limit, spare, SETTLING);
                for (int members = 1; members <= 60; members++) {
                    int all = members;
                    List<Integer> parts = IntStream.range(0, members)
                            .mapToObj(rank -> share.of(new MemberRank(rank, all)))
                            .toList();
                    assertThat(parts.stream().mapToInt(Integer::intValue).sum())
                            .isEqualTo(Math.max(members, limit - spare));
                    assertThat(parts.get(0) - parts.get(members - 1)).isBetween(0, 1);
                }
            }
        }
    }

    @Test
    void fewerAtOnce_moreAfterTheSettlingTime_andOneWithoutAPlace() {
        ConnectionShare share = new ConnectionShare(20, 0, SETTLING);
        Optional<MemberRank> two = Optional.of(new MemberRank(1, 2));
        assertThat(share.at(0, two)).isEqualTo(1);
        assertThat(share.at(SETTLING - 1, two)).isEqualTo(1);
        assertThat(share.at(SETTLING, two)).isEqualTo(10);
        assertThat(share.at(SETTLING + 1, Optional.of(new MemberRank(1, 4)))).isEqualTo(5);
        assertThat(share.at(SETTLING + 2, two)).isEqualTo(5);
        assertThat(share.at(2 * SETTLING + 1, two)).isEqualTo(5);
        assertThat(share.at(2 * SETTLING + 2, two)).isEqualTo(10);
        assertThat(share.at(2 * SETTLING + 3, Optional.empty())).isEqualTo(1);
        assertThat(share.at(2 * SETTLING + 4, two)).isEqualTo(1);
    }

    /** Members come and go, and learn of it late, each at a time of its own. */
    @Test
    void sumOfAll_neverExceedsTheLimit() {
        for (int seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            int limit = 12 + random.nextInt(30);
            Cluster cluster = new Cluster(limit, random);
            for (long now = 0; now < 2_000; now++) {
                assertThat(cluster.step(now)).as("seed %s, at %s", seed, now).isLessThanOrEqualTo(limit);
            }
            assertThat(cluster.most).as("seed %s", seed).isGreaterThan(limit / 2);
        }
    }

    /** Of members that see who is there with a delay. */
    private static final class Cluster {
        private final int limit;
        private final Random random;
        private final List<Seat> seats = new ArrayList<>();
        private final List<TreeSet<Integer>> past = new ArrayList<>(); // who was there, by time
        private TreeSet<Integer> present = new TreeSet<>();
        private int next;
        private long lastCame = -SETTLING;
        private int most;

        /** A process, and the latest time of which it knows who was there. */
        private record Seat(int name, ConnectionShare share, AtomicLong knows) {}

        Cluster(int limit, Random random) {
            this.limit = limit;
            this.random = random;
        }

        int step(long now) {
            present = new TreeSet<>(present);
            if (now - lastCame >= SETTLING && seats.size() < 8 && random.nextInt(20) == 0) {
                lastCame = now;
                seats.add(new Seat(next, new ConnectionShare(limit, 1, SETTLING), new AtomicLong(now)));
                present.add(next++);
            } else if (seats.size() > 1 && random.nextInt(150) == 0) {
                present.remove(seats.remove(random.nextInt(seats.size())).name());
            }
            past.add(present);
            int sum = 0;
            for (Seat seat : seats) {
                // Never more than ten behind, and never backwards.
                seat.knows().accumulateAndGet(now - random.nextInt(10), Math::max);
                sum += seat.share()
                        .at(
                                now,
                                MemberRank.of(
                                        Optional.of(seat.name()),
                                        past.get(seat.knows().intValue())));
            }
            most = Math.max(most, sum);
            return sum;
        }
    }

    @Test
    void placeOutsideOfAll_isRefused() {
        assertThat(MemberRank.of(Optional.of(3), List.of(5, 3, 1))).contains(new MemberRank(1, 3));
        assertThat(MemberRank.of(Optional.of(4), List.of(5, 3, 1))).isEmpty();
        assertThat(MemberRank.of(Optional.<Integer>empty(), List.of(1))).isEmpty();
        assertThatThrownBy(() -> new MemberRank(2, 2)).hasMessageContaining("rank: 2 of 2 members (expected: 0..1)");
    }
}
