package io.fyercache.benchmarks.workload;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DatasetTest {
    private final Dataset dataset = new Dataset(ValueKind.STRING);

    @Test
    void keys_allEntries_areDistinctShuffledAndNotTheStoredObjects() {
        Set<Long> keys = new HashSet<>();
        int ascending = 0;
        int sameObject = 0;
        for (int i = 0; i < Dataset.ENTRIES; i++) {
            Long lookup = dataset.lookupKey(i);
            Long stored = dataset.storedKey(i);
            keys.add(lookup.equals(stored) ? lookup : -1L);
            ascending += lookup + 1 == dataset.lookupKey(i + 1) ? 1 : 0;
            sameObject += System.identityHashCode(lookup) == System.identityHashCode(stored) ? 1 : 0;
        }

        assertThat(keys).hasSize(Dataset.ENTRIES).doesNotContain(-1L);
        assertThat(ascending).isLessThan(Dataset.ENTRIES / 1_000);
        // Different objects may share a hash by chance.
        assertThat(sameObject).isLessThan(10);
    }

    @Test
    void update_oneRoundLater_differs() {
        assertThat(dataset.update(5))
                .isNotEqualTo(dataset.initial(5))
                .isNotEqualTo(dataset.update(5 + Dataset.ENTRIES));
        assertThat(dataset.isUpdate(5, dataset.update(5 + Dataset.ENTRIES))).isTrue();
        assertThat(dataset.isUpdate(dataset.zipfIndex(5), dataset.zipfUpdate(5)))
                .isTrue();
        assertThat(dataset.isUpdate(5, dataset.initial(5))).isFalse();
        assertThat(dataset.isUpdate(5, dataset.update(6))).isFalse();
    }

    @Test
    void anyStep_upToTheLargestInt_isInRange() {
        assertThat(dataset.lookupKey(Integer.MAX_VALUE)).isNotNull();
        assertThat(dataset.update(Integer.MAX_VALUE)).isNotNull();
        assertThat(dataset.bulk(Integer.MAX_VALUE)).hasSize(Dataset.BULK);
        assertThat(dataset.zipfIndex(Integer.MAX_VALUE)).isBetween(0, Dataset.ENTRIES - 1);
    }

    @ParameterizedTest
    @EnumSource
    void value_copiedBySerialization_isEqual(ValueKind kind) throws Exception {
        assertThat(copy(kind.value(7, 1))).isEqualTo(kind.value(7, 1)).isInstanceOf(kind.type());
    }

    @ParameterizedTest
    @EnumSource
    void value_otherNumberOrRevision_differs(ValueKind kind) {
        assertThat(kind.value(7, 1)).isNotEqualTo(kind.value(7, 2)).isNotEqualTo(kind.value(8, 1));
    }

    private static Object copy(Object value) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(value);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return in.readObject();
        }
    }
}
