package io.fyercache.jdbc.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fyercache.jdbc.mapping.EntityMapping;
import io.fyercache.jdbc.mapping.RowKey;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class FollowedTableTest {

    private final EntityMapping<Long, String> mapping = EntityMapping.builder(Long.class, String.class)
            .table("person")
            .keyColumn("id")
            .valueColumn("name")
            .build();

    private final DroppedKeys<Long> cache = new DroppedKeys<>();
    private final FeedCounters counters = new FeedCounters();
    private final FollowedTable<Long> table = new FollowedTable<>(mapping, cache);

    @Test
    void changedRows_areDroppedOnce() {
        table.changed(rows(1, 2));
        table.changed(rows(2, 3));
        table.drop(counters);
        assertThat(cache.keys()).containsExactly(1L, 2L, 3L);
        assertThat(counters.keys()).isEqualTo(3);
        cache.forget();
        table.drop(counters);
        assertThat(cache.keys()).isEmpty();
        assertThat(cache.wholes()).isZero();
    }

    @Test
    void moreKeysThanMayWait_areTheWholeCache() {
        table.changed(rows(1, FollowedTable.MAX_WAITING_KEYS));
        table.changed(rows(0, 0));
        table.changed(rows(1, 5));
        table.drop(counters);
        assertThat(cache.wholes()).isEqualTo(1);
        assertThat(cache.keys()).isEmpty();
        table.changed(rows(7, 7));
        table.drop(counters);
        assertThat(cache.keys()).containsExactly(7L);
    }

    @Test
    void cacheFails_whatWaitedWaitsOn() {
        AtomicBoolean away = new AtomicBoolean(true);
        FollowedTable<Long> failing = new FollowedTable<>(mapping, new InvalidatedCache<>() {
            @Override
            public void invalidate(Set<Long> keys) {
                throwIfAway();
                cache.invalidate(keys);
            }

            @Override
            public void invalidateAll() {
                throwIfAway();
                cache.invalidateAll();
            }

            private void throwIfAway() {
                if (away.get()) {
                    throw new IllegalStateException("away");
                }
            }
        });
        failing.changed(rows(1, 2));
        assertThatThrownBy(() -> failing.drop(counters)).hasMessage("away");
        failing.changed(rows(3, 3));
        away.set(false);
        failing.drop(counters);
        assertThat(cache.keys()).containsExactly(1L, 2L, 3L);

        away.set(true);
        failing.everythingChanged();
        assertThatThrownBy(() -> failing.drop(counters)).hasMessage("away");
        away.set(false);
        failing.drop(counters);
        assertThat(cache.wholes()).isEqualTo(1);
    }

    @Test
    void rowThatIsNoKey_isTheWholeCache() {
        record Even(long id) {
            Even {
                if (id % 2 != 0) {
                    throw new IllegalArgumentException("odd");
                }
            }
        }
        var evens = EntityMapping.builder(Even.class, String.class)
                .table("even")
                .valueColumn("name")
                .build();
        DroppedKeys<Even> of = new DroppedKeys<>();
        FollowedTable<Even> odd = new FollowedTable<>(evens, of);
        odd.changed(rows(2, 2));
        odd.drop(counters);
        assertThat(of.keys()).containsExactly(new Even(2));
        odd.changed(rows(3, 3));
        odd.drop(counters);
        assertThat(of.wholes()).isEqualTo(1);
    }

    private List<RowKey> rows(long from, long to) {
        return LongStream.rangeClosed(from, to).mapToObj(mapping::rowKey).toList();
    }
}
