package io.fyercache.hibernate.timestamp;

import static org.assertj.core.api.Assertions.assertThat;

import io.fyercache.core.time.ManualClock;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TimestampSourceTest {

    @Test
    void next_isAboveAllBefore_alsoWhenTheClockStandsStill() {
        TimestampSource source = new TimestampSource(new ManualClock(1_000));
        Set<Long> seen = new HashSet<>();
        long before = 0;
        for (int i = 0; i < 10_000; i++) {
            long next = source.next();
            assertThat(next).isGreaterThan(before);
            seen.add(next);
            before = next;
        }

        assertThat(seen).hasSize(10_000);
    }

    @Test
    void span_isWhatTheClockMoves() {
        ManualClock clock = new ManualClock(1_000);
        TimestampSource source = new TimestampSource(clock);
        long first = source.next();

        clock.advance(Duration.ofSeconds(60));

        assertThat(source.next() - first).isEqualTo(TimestampSource.span(Duration.ofSeconds(60)));
    }
}
