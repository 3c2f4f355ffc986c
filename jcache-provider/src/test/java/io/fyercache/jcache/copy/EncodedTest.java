package io.fyercache.jcache.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fyercache.core.codec.ClassFilter;
import io.fyercache.core.codec.CodecChain;
import java.net.URI;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import javax.cache.CacheException;
import org.junit.jupiter.api.Test;

class EncodedTest {
    private final Encoded form =
            new Encoded("c", CodecChain.of(EncodedTest.class.getClassLoader(), ClassFilter.standard()));

    @Test
    void everyValue_becomesBytes_evenAnImmutableOne() {
        for (Object value : List.of("text", 1, new LinkedHashSet<>(List.of(1)))) {
            Object stored = form.toStored(value);

            assertThat(stored).isInstanceOf(byte[].class);
            assertThat(form.toUser(stored)).isEqualTo(value);
        }
        assertThat(form.toUser(form.toStored(new byte[] {1}))).isEqualTo(new byte[] {1});
    }

    @Test
    void sameValue_comparesBytesFirst_thenWhatTheUserSees() {
        Set<Object> oneOrder = new LinkedHashSet<>(List.of(1, 2));
        Set<Object> otherOrder = new LinkedHashSet<>(List.of(2, 1));

        assertThat(form.sameValue(form.toStored("a"), form.toStored("a"))).isTrue();
        assertThat(form.sameValue(form.toStored(oneOrder), form.toStored(otherOrder)))
                .isTrue();
        assertThat(form.sameValue(form.toStored("a"), form.toStored("b"))).isFalse();
        // Nobody can decode these, and nobody has to.
        assertThat(form.sameValue(new byte[] {(byte) 0xFE}, new byte[] {(byte) 0xFE}))
                .isTrue();
    }

    @Test
    void asksUser_whereBytesDoNotSettleIt() {
        assertThat(asksUser("a", "a")).isFalse();
        assertThat(asksUser("a", "b")).isFalse();
        assertThat(asksUser(1, 1L)).isFalse();
        assertThat(asksUser(new UUID(1, 2), Instant.EPOCH)).isFalse();
        assertThat(asksUser(List.of("a"), List.of("a"))).isFalse();

        assertThat(asksUser(List.of("a"), List.of("b"))).isTrue();
        assertThat(asksUser("a", List.of("a"))).isTrue();
        assertThat(asksUser(URI.create("http://a"), URI.create("HTTP://a"))).isTrue();
        assertThat(asksUser(new float[] {1}, new float[] {2})).isTrue();
    }

    private boolean asksUser(Object one, Object other) {
        return form.asksUser(form.toStored(one), form.toStored(other));
    }

    @Test
    void keys_areKnownByTheirBytes() {
        UUID key = new UUID(1, 2);

        assertThat(form.encodeKey(key)).isEqualTo(form.encodeKey(new UUID(1, 2)));
        assertThat(form.decodeKey(form.encodeKey(key))).isEqualTo(key);
    }

    @Test
    void keyWhoseBytesProveNothing_isRefused() {
        assertThatThrownBy(() -> form.encodeKey(new int[] {1}))
                .isInstanceOf(CacheException.class)
                .hasMessageContainingAll("'c'", "key");
    }

    @Test
    void bytesOfUnknownOrigin_failNamingTheCacheAndWhatTheyWere() {
        byte[] unknown = {(byte) 0xFE, 1, 2};

        assertThatThrownBy(() -> form.toUser(unknown))
                .isInstanceOf(CacheException.class)
                .hasMessageContainingAll("'c'", "stored value");
        assertThatThrownBy(() -> form.decodeKey(unknown))
                .isInstanceOf(CacheException.class)
                .hasMessageContainingAll("'c'", "stored key");
    }
}
