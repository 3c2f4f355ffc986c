package io.fyercache.jdbc.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PollPositionsTest {

    private static final long LONGEST = 100;

    private final PollPositions positions = new PollPositions(LONGEST);

    @Test
    void from_isWhatWasSeenBeforeTheLongestTransaction() {
        positions.restart(0, 10);
        assertThat(positions.from()).isEqualTo(10);
        positions.add(50, 20);
        positions.add(100, 30);
        assertThat(positions.from()).isEqualTo(10);
        positions.add(150, 40);
        assertThat(positions.from()).isEqualTo(10);
        positions.add(151, 50);
        assertThat(positions.from()).isEqualTo(20);
        positions.add(1000, 60);
        assertThat(positions.from()).isEqualTo(50);
    }

    @Test
    void from_ofATableThatWasEmpty_isEverything() {
        positions.restart(0, null);
        positions.add(10, 5);
        assertThat(positions.from()).isNull();
        positions.add(500, 6);
        assertThat(positions.from()).isEqualTo(5);
    }

    @Test
    void restart_forgetsWhatWasBefore() {
        positions.restart(0, 10);
        positions.restart(1, 20);
        assertThat(positions.from()).isEqualTo(20);
    }

    /** Rows get a value and are committed at random times later; polls come at random times, some of them very late. */
    @Test
    void everyRow_isLookedAt_afterItWasCommitted() {
        for (int seed = 0; seed < 2_000; seed++) {
            Random random = new Random(seed);
            List<long[]> rows = new ArrayList<>(); // the time that is its value, the time of its commit, whether found
            for (int i = 0; i < 50; i++) {
                long value = 1L + random.nextInt(2_000);
                rows.add(new long[] {value, value + random.nextInt((int) LONGEST + 1), 0});
            }
            PollPositions some = new PollPositions(LONGEST);
            some.restart(0, 0L);
            for (long now = 1; now < 3_000; now += 1L + random.nextInt(random.nextInt(4) == 0 ? 400 : 40)) {
                long from = (Long) some.from();
                long highest = 0;
                for (long[] row : rows) {
                    if (row[1] <= now) {
                        highest = Math.max(highest, row[0]);
                        row[2] |= row[0] > from ? 1 : 0;
                    }
                }
                some.add(now, highest);
            }
            assertThat(rows).as("seed %s", seed).allMatch(row -> row[2] == 1 || row[1] > 2_500);
        }
    }
}
