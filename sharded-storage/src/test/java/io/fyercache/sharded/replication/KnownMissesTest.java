package io.fyercache.sharded.replication;

import static io.fyercache.sharded.replication.Scene.key;
import static org.assertj.core.api.Assertions.assertThat;

import io.fyercache.sharded.message.EntryKey;
import io.fyercache.sharded.message.Request.Batch;
import io.fyercache.sharded.message.Request.Task;
import org.junit.jupiter.api.Test;

/** For how long it is remembered that a loader knows nothing (U8). */
class KnownMissesTest {
    private static final EntryKey KEY = key("k");

    private final KnownMisses misses = new KnownMisses(1_000);

    private static UserCodeCall call(EntryKey key, long epoch, long partitionMillis) {
        return new UserCodeCall(epoch, 1, key, Task.Read.READ, new KeyState(null, partitionMillis), 9, Batch.NONE);
    }

    @Test
    void remembered_untilItsTimeIsOver() {
        misses.remember(call(KEY, 1, 5_000));

        assertThat(misses.contains(call(KEY, 1, 5_999))).isTrue();
        assertThat(misses.contains(call(KEY, 1, 6_000))).isFalse();
        assertThat(misses.contains(call(key("other"), 1, 5_000))).isFalse();
    }

    /** In between, another member may have had a value. */
    @Test
    void remembered_inItsEpochAlone() {
        misses.remember(call(KEY, 1, 5_000));

        assertThat(misses.contains(call(KEY, 3, 5_001))).isFalse();
    }

    @Test
    void forgotten_whenSomethingIsDoneToTheEntry_orToAll() {
        misses.remember(call(KEY, 1, 5_000));
        misses.forget(KEY);
        assertThat(misses.contains(call(KEY, 1, 5_001))).isFalse();

        misses.remember(call(KEY, 1, 5_000));
        misses.forgetAll();
        assertThat(misses.contains(call(KEY, 1, 5_001))).isFalse();
    }

    @Test
    void tooMany_theEarliestIsForgotten() {
        for (int i = 0; i <= KnownMisses.MAX_KEYS; i++) {
            misses.remember(call(key("k" + i), 1, 5_000));
        }

        assertThat(misses.contains(call(key("k0"), 1, 5_001))).isFalse();
        assertThat(misses.contains(call(key("k1"), 1, 5_001))).isTrue();
        assertThat(misses.contains(call(key("k" + KnownMisses.MAX_KEYS), 1, 5_001)))
                .isTrue();
    }
}
