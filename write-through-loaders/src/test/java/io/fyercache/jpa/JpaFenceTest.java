package io.fyercache.jpa;

import static io.fyercache.jdbc.Entries.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fyercache.jdbc.Entries;
import io.fyercache.jdbc.FencedOffException;
import io.fyercache.jdbc.fault.InvalidSettingsException;
import io.fyercache.jdbc.fence.Fence;
import io.fyercache.jdbc.fence.FenceTable;
import io.fyercache.jdbc.fence.PrimaryEpoch;
import io.fyercache.jdbc.fence.PrimaryEpochs;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.LongStream;
import javax.cache.Cache;
import javax.cache.integration.CacheWriterException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a deposed primary writes as entities changes nothing. What the fence does with its table is in {@code FencedWriterTest}. */
class JpaFenceTest extends OnPersistenceUnits {

    private static final String CLUSTER = "5f0c1e1c-0c6e-4a4e-9d59-0f7a6a3f0a11";
    private static final int PARTITIONS = 10;

    @BeforeEach
    void createFence() throws Exception {
        FenceTable.named("fyercache_fence").create(unit.database().dataSource());
    }

    @AfterEach
    void dropFence() throws Exception {
        unit.database().execute("drop table if exists fyercache_fence");
    }

    private static JpaCacheWriter<Long, Person> writer(PrimaryEpochs epochs) {
        return JpaCacheWriter.builder(Long.class, Person.class)
                .entityManagerFactory(unit.factory())
                .fencedBy(new Fence("fyercache_fence", epochs))
                .build();
    }

    /** A key's partition is its last digit. */
    private static JpaCacheWriter<Long, Person> ofEpoch(long epoch) {
        return writer(key -> new PrimaryEpoch(CLUSTER, (int) ((Long) key % PARTITIONS), epoch));
    }

    private static Collection<Cache.Entry<? extends Long, ? extends Person>> people(long last, String name) {
        return Entries.of(ids(last), id -> new Person(id, name));
    }

    private static List<Long> ids(long last) {
        return LongStream.rangeClosed(1, last).boxed().toList();
    }

    private List<Object> names() throws Exception {
        return unit.database().column("select name from Person order by id");
    }

    @Test
    void write_lowerEpoch_isRefusedAndChangesNothing() throws Exception {
        ofEpoch(6).write(entry(7L, new Person(7L, "new")));

        assertThatThrownBy(() -> ofEpoch(5).write(entry(7L, new Person(7L, "old"))))
                .isInstanceOf(FencedOffException.class)
                .hasMessageContaining("cannot write entity Person, key 7: epoch 5 of partition 7")
                .hasMessageContaining("(expected: 6 or later, which fence table fyercache_fence has)");
        assertThatThrownBy(() -> ofEpoch(5).delete(7L)).isInstanceOf(FencedOffException.class);

        assertThat(names()).containsExactly("new");
    }

    @Test
    void write_equalAndHigherEpoch_goOn_andAreCommittedWithTheirEpoch() throws Exception {
        JpaCacheWriter<Long, Person> writer = ofEpoch(5);
        writer.write(entry(1L, new Person(1L, "a")));
        writer.write(entry(1L, new Person(1L, "b")));
        ofEpoch(6).write(entry(1L, new Person(1L, "c")));

        assertThat(names()).containsExactly("c");
        assertThat(unit.database().column("select epoch from fyercache_fence")).containsExactly(6L);
    }

    @Test
    void writeAll_somePartitionsAreTakenOver_theOthersAreWritten() throws Exception {
        ofEpoch(6).write(entry(3L, new Person(3L, "new")));
        var entries = people(20, "old");

        assertThatThrownBy(() -> ofEpoch(5).writeAll(entries)).isInstanceOf(FencedOffException.class);

        assertThat(Entries.keys(entries)).containsExactly(3L, 13L);
        assertThat(names()).hasSize(19).filteredOn("new"::equals).hasSize(1);
    }

    @Test
    void deleteAll_somePartitionsAreTakenOver_theOthersAreDeleted() throws Exception {
        ofEpoch(5).writeAll(people(10, "old"));
        ofEpoch(6).write(entry(3L, new Person(3L, "new")));
        Collection<Long> keys = new ArrayList<>(ids(10));

        assertThatThrownBy(() -> ofEpoch(5).deleteAll(keys)).isInstanceOf(FencedOffException.class);

        assertThat(keys).containsExactly(3L);
        assertThat(names()).containsExactly("new");
    }

    @Test
    void write_rowIsRefused_thePartitionIsNotRaised() throws Exception {
        assertThatThrownBy(() -> ofEpoch(9).write(entry(1L, new Person(1L, "longer than ten"))))
                .isExactlyInstanceOf(CacheWriterException.class);

        ofEpoch(5).write(entry(1L, new Person(1L, "a")));
        assertThat(unit.database().column("select epoch from fyercache_fence")).containsExactly(5L);
    }

    @Test
    void fenceTableMissing_isNamed_withWhatToDo() throws Exception {
        unit.database().execute("drop table fyercache_fence");

        assertThatThrownBy(() -> ofEpoch(5).write(entry(1L, new Person(1L, "a"))))
                .isExactlyInstanceOf(CacheWriterException.class)
                .hasMessageContaining("cannot write entity Person, key 1: fence table fyercache_fence: ")
                .hasMessageContaining("create it by FenceTable.create(...)");
        assertThat(names()).isEmpty();
    }

    @Test
    void noToken_isRefused() {
        assertThatThrownBy(() -> writer(key -> null).write(entry(1L, new Person(1L, "a"))))
                .isExactlyInstanceOf(CacheWriterException.class)
                .hasMessageContaining("no fencing token (expected: a call by a cache of a cluster");
    }

    @Test
    void tableThatIsNoName_isAFaultOfTheSettings() {
        assertThatThrownBy(() -> JpaCacheWriter.builder(Long.class, Person.class)
                        .entityManagerFactory(unit.factory())
                        .fencedBy(new Fence("a.b.c.d", key -> null))
                        .build())
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("fencedBy: a.b.c.d");
    }
}
