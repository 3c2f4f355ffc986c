package io.fyercache.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fyercache.sharded.message.EncodedKey;
import io.fyercache.sharded.message.EncodedValue;
import io.fyercache.sharded.message.EntryKey;
import org.junit.jupiter.api.Test;

/** The judge of reads that are answered near finds what is wrong, and nothing else. */
class NearPromisesTest {
    private static final EntryKey KEY = new EntryKey(0, new EncodedKey(new byte[] {1}));
    private static final long STALENESS = 100;

    private final NearPromises promises = new NearPromises(STALENESS);

    private static EncodedValue value(int number) {
        return new EncodedValue(new byte[] {(byte) number});
    }

    private void commit(int number, long nowNanos) {
        promises.committed(KEY, value(number), nowNanos);
    }

    @Test
    void currentValue_mayBeRead() {
        commit(1, 0);
        commit(2, 10);
        promises.readNear(7, KEY, value(2), 1_000_000);

        assertThat(promises.reads()).isEqualTo(1);
    }

    @Test
    void overwrittenValue_mayBeReadUntilTheBound() {
        commit(1, 0);
        commit(2, 10);
        promises.readNear(7, KEY, value(1), 10 + STALENESS);

        assertThatThrownBy(() -> promises.readNear(7, KEY, value(1), 11 + STALENESS))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("N4");
    }

    @Test
    void valueThatNobodyHasWritten_isNoticed() {
        commit(1, 0);

        assertThatThrownBy(() -> promises.readNear(7, KEY, value(9), 1))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("never committed");
    }

    @Test
    void olderValueThanTheProcessHasWritten_isNoticed_andNotOfAnotherProcess() {
        commit(1, 0);
        int begun = promises.changes(KEY);
        commit(2, 10);
        promises.seen(7, KEY, begun, value(2));
        promises.readNear(8, KEY, value(1), 11);

        assertThatThrownBy(() -> promises.readNear(7, KEY, value(1), 11))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("N3");
    }

    @Test
    void olderValueThanTheProcessHasReadNear_isNoticed() {
        commit(1, 0);
        commit(2, 10);
        promises.readNear(7, KEY, value(2), 11);

        assertThatThrownBy(() -> promises.readNear(7, KEY, value(1), 11)).hasMessageContaining("N3");
    }

    @Test
    void olderValueThanWasThereWhenAnOperationBegan_isNoticed() {
        commit(1, 0);
        commit(2, 10);
        promises.seen(7, KEY, promises.changes(KEY), null);

        assertThatThrownBy(() -> promises.readNear(7, KEY, value(1), 11)).hasMessageContaining("N3");
    }

    @Test
    void valueThatTheProcessHasRemoved_isNoticed() {
        commit(1, 0);
        int begun = promises.changes(KEY);
        commit(2, 10);
        promises.committed(KEY, null, 20);
        promises.removed(7, KEY, begun);

        assertThatThrownBy(() -> promises.readNear(7, KEY, value(2), 21)).hasMessageContaining("N3");
    }
}
