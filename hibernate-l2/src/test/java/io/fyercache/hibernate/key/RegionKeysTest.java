package io.fyercache.hibernate.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fyercache.configuration.Serialization;
import io.fyercache.core.codec.CodecChain;
import io.fyercache.core.codec.CodecException;
import io.fyercache.core.codec.CodecLimits;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.IntStream;
import org.hibernate.cache.CacheException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RegionKeysTest {
    private final CodecChain codec = CodecChain.of(
            getClass().getClassLoader(), Serialization.defaults().classFilter(CodecLimits.DEFAULT, List.of()));

    static List<Object> identifiers() {
        return List.of(7L, "seven", new UUID(7, 7), new byte[] {1, 2, -1}, new Object[] {7, "A"}, new Object[] {
            new Object[] {1L, new byte[] {0}}, "nested"
        });
    }

    @ParameterizedTest
    @MethodSource("identifiers")
    void key_hasOneForm_inEveryProcess_andGivesItsIdentifierBack(Object id) {
        RegionKey key = new RegionKey("Order", RegionKeys.comparable(id), "acme");
        RegionKey same = new RegionKey("Order", RegionKeys.comparable(id), "acme");

        byte[] bytes = codec.encodeKey(key);

        assertThat(key).isEqualTo(same).hasSameHashCodeAs(same);
        assertThat(codec.encodeKey(same)).isEqualTo(bytes);
        assertThat(codec.decode(bytes)).isEqualTo(key);
        assertThat(Objects.deepEquals(RegionKeys.INSTANCE.getEntityId(key), id)).isTrue();
    }

    @Test
    void composite_hasSeventeenParts_andNotManyMore() {
        RegionKey most = new RegionKey("Order", RegionKeys.comparable(parts(17)), null);
        RegionKey tooMany = new RegionKey("Order", RegionKeys.comparable(parts(24)), null);

        assertThat(codec.decode(codec.encodeKey(most))).isEqualTo(most);
        assertThatThrownBy(() -> codec.encodeKey(tooMany)).isInstanceOf(CodecException.class);
    }

    private static Object[] parts(int count) {
        return IntStream.range(0, count).boxed().toArray();
    }

    @Test
    void keys_ofOtherRolesOrTenants_differ() {
        assertThat(List.of(
                        new RegionKey("Order", 7L, null),
                        new RegionKey("Order", 7L, "acme"),
                        new RegionKey("Item", 7L, null),
                        new RegionKey("Order", RegionKeys.comparable(new Object[] {7L}), null)))
                .doesNotHaveDuplicates();
    }

    @Test
    void naturalId_mayHaveNulls() {
        NaturalIdKeyBuilder builder = new NaturalIdKeyBuilder("Order" + RegionKeys.NATURAL_ID, null);
        builder.addValue("A");
        builder.addValue(null);
        RegionKey key = builder.build();

        assertThat(codec.decode(codec.encodeKey(key))).isEqualTo(key);
        assertThat(RegionKeys.INSTANCE.getNaturalIdValues(key)).isEqualTo(new Object[] {"A", null});
    }

    @Test
    void arrayOfOtherPrimitives_isRefused() {
        assertThatThrownBy(() -> RegionKeys.comparable(new long[] {7}))
                .isInstanceOf(CacheException.class)
                .hasMessageContaining("identifier of class long[] (expected:");
    }
}
