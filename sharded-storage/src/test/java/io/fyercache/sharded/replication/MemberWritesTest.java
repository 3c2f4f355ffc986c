package io.fyercache.sharded.replication;

import static io.fyercache.sharded.replication.Scene.key;
import static io.fyercache.sharded.replication.Scene.value;
import static org.assertj.core.api.Assertions.assertThat;

import io.fyercache.core.write.DueWrite;
import io.fyercache.core.write.WriteBehindSettings;
import io.fyercache.core.write.WriteBehindSettings.Retries;
import io.fyercache.sharded.message.EntryKey;
import io.fyercache.sharded.message.UnwrittenChange;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MemberWritesTest {
    private static final int DELAY_MILLIS = 1_000;
    private static final long MILLIS = 1_000_000;

    private final List<EntryKey> written = new ArrayList<>();

    private final class Host implements MemberWrites.Host {
        @Override
        public WriteBehindSettings settings(int cache) {
            return new WriteBehindSettings(DELAY_MILLIS, 1, 2, 500, new Retries(1, 10, 10), 0);
        }

        @Override
        public boolean mayWrite(int partition) {
            return true;
        }

        @Override
        public void write(int cache, List<DueWrite<EntryKey, UnwrittenChange>> batch) {
            batch.forEach(each -> written.add(each.key()));
        }

        @Override
        public void ended(int partition, EntryKey key, UnwrittenChange tried, @Nullable UnwrittenChange left) {
            // Nobody asks.
        }

        @Override
        public double draw() {
            return 0;
        }
    }

    /** A clock of nanoseconds may begin anywhere, below zero, too. */
    @ParameterizedTest
    @ValueSource(longs = {-100_000, 0, 100_000})
    void committedBeforeTheFirstTick_isWrittenWhenItsDelayIsOver_whateverTheClockSays(long beganMillis) {
        MemberWrites writes = new MemberWrites(new Host(), beganMillis * MILLIS);
        writes.of(0).committed(key("k"), new UnwrittenChange(value("v"), 7), 7);

        writes.onTick((beganMillis + DELAY_MILLIS - 1) * MILLIS);
        assertThat(written).isEmpty();
        writes.onTick((beganMillis + DELAY_MILLIS) * MILLIS);
        assertThat(written).containsExactly(key("k"));
    }
}
