package io.fyercache.jcache.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fyercache.core.codec.ClassFilter;
import io.fyercache.core.codec.CodecChain;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.cache.CacheException;
import org.junit.jupiter.api.Test;

class EntryFormTest {
    /** A value that can be changed. */
    private static final class Stamp implements Serializable {
        private static final long serialVersionUID = 1L;
        long time;

        Stamp(long time) {
            this.time = time;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Stamp that && time == that.time;
        }

        @Override
        public int hashCode() {
            return Long.hashCode(time);
        }
    }

    private final EntryForm byValue = byValue(Object.class);

    @Test
    void byValue_immutableValue_isKeptAsItIs() {
        String text = new String("text");

        assertThat(byValue.toStored(text)).isSameAs(text);
        assertThat(byValue.toUser(text)).isSameAs(text);
        assertThat(byValue.keep(text)).isSameAs(text);
        assertThat(byValue.keyToUser(text)).isSameAs(text);
    }

    @Test
    void byValue_mutableValue_isKeptEncoded_andEachReaderGetsItsOwn() {
        Stamp stamp = new Stamp(1);
        Object stored = byValue.toStored(stamp);
        stamp.time = 2;
        Stamp read = (Stamp) byValue.toUser(stored);
        read.time = 3;

        assertThat(stored).isInstanceOf(byte[].class);
        assertThat(byValue.toUser(stored)).isEqualTo(new Stamp(1));
    }

    @Test
    void byValue_byteArray_isEncodedToo_andComesBack() {
        byte[] bytes = {1, 2, 3};
        Object stored = byValue.toStored(bytes);
        bytes[0] = 9;

        assertThat((byte[]) byValue.toUser(stored)).containsExactly(1, 2, 3);
    }

    @Test
    void byValue_mutableKey_isCopiedBothWays() {
        Stamp key = new Stamp(1);
        Stamp kept = (Stamp) byValue.keep(key);
        Stamp handedOut = (Stamp) byValue.keyToUser(kept);

        assertThat(kept).isEqualTo(key).isNotSameAs(key);
        assertThat(handedOut).isEqualTo(kept).isNotSameAs(kept);
    }

    @Test
    void byValue_sameValue_comparesWhatTheUserSees() {
        Set<Object> oneOrder = new LinkedHashSet<>(List.of(1, 2));
        Set<Object> otherOrder = new LinkedHashSet<>(List.of(2, 1));

        assertThat(same(oneOrder, otherOrder)).as("equal, in other bytes").isTrue();
        assertThat(same(new Stamp(1), new Stamp(1))).isTrue();
        assertThat(same(new Stamp(1), new Stamp(2))).isFalse();
        assertThat(same("a", "a")).isTrue();
        assertThat(same(List.of(1), new ArrayList<>(List.of(1))))
                .as("immutable and mutable")
                .isTrue();
        assertThat(same(new int[] {1, 2}, new int[] {1, 2}))
                .as("arrays by content")
                .isTrue();
        assertThat(same(new byte[] {1}, new byte[] {2})).isFalse();
        assertThat(same("a", new byte[] {1})).isFalse();
    }

    private boolean same(Object stored, Object other) {
        return byValue.sameValue(byValue.toStored(stored), byValue.toStored(other));
    }

    @Test
    void byValue_mapOfStoredValues_becomesTheUsers() {
        Map<Object, Object> stored = new HashMap<>();
        stored.put("k", byValue.toStored(new Stamp(1)));

        assertThat(byValue.toUser(stored)).containsExactlyEntriesOf(Map.of("k", new Stamp(1)));
    }

    @Test
    void byValue_valueThatCannotBeEncoded_failsNamingCacheAndClass() {
        Object notSerializable = new Object() {
            @Override
            public String toString() {
                return "secret";
            }
        };

        assertThatThrownBy(() -> byValue.toStored(notSerializable))
                .isInstanceOf(CacheException.class)
                .hasMessageContainingAll(
                        "'c'", "value", notSerializable.getClass().getName())
                .hasMessageNotContaining("secret");
        assertThatThrownBy(() -> byValue.keep(notSerializable))
                .isInstanceOf(CacheException.class)
                .hasMessageContainingAll("'c'", "key");
    }

    @Test
    void byValue_bytesOfUnknownOrigin_failNamingTheCache() {
        assertThatThrownBy(() -> byValue.toUser(new byte[] {(byte) 0xFE, 1, 2}))
                .isInstanceOf(CacheException.class)
                .hasMessageContainingAll("'c'", "stored value");
    }

    @Test
    void byReference_everythingStaysTheUsersOwn() {
        Object thing = new Object();
        EntryForm form = ByReference.INSTANCE;

        assertThat(form.toStored(thing)).isSameAs(thing);
        assertThat(form.toUser(thing)).isSameAs(thing);
        assertThat(form.keep(thing)).isSameAs(thing);
        assertThat(form.keyToUser(thing)).isSameAs(thing);
        assertThat(form.sameValue("a", new String("a"))).isTrue();
    }

    private static EntryForm byValue(Class<?> valueType) {
        return new ByValue("c", CodecChain.of(EntryFormTest.class.getClassLoader(), ClassFilter.standard()), valueType);
    }

    @Test
    void byValue_typeOfImmutableValues_handsThemOutAsTheyAre() {
        EntryForm form = byValue(String.class);
        String value = new String("v");

        assertThat(form.toUser(form.toStored(value))).isSameAs(value);
    }

    /** As of a loader or a processor whose types nobody checked: such a value must not come out encoded, nor shared. */
    @Test
    void byValue_typeOfImmutableValues_refusesAMutableOne() {
        EntryForm form = byValue(String.class);

        assertThatThrownBy(() -> form.toStored(new ArrayList<>()))
                .isInstanceOf(ClassCastException.class)
                .hasMessage("cache 'c': value: an instance of java.util.ArrayList (expected: java.lang.String,"
                        + " as the cache is configured)");
    }
}
