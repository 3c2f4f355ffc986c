package io.fyercache.zookeeper.znode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.fyercache.core.engine.PortableDefinition;
import io.fyercache.sharded.coordination.DefinitionForm;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CacheZnodeTest {
    /** Random names: a tenth of a second. */
    private static final int TRIALS = 10_000;

    @Test
    void paths_areTheseForEver() {
        assertThat(new CacheZnode("orders", 7).path()).isEqualTo("/caches/orders-7");
        assertThat(new CacheZnode("a/b c", 2_147_483_647).path()).isEqualTo("/caches/a%2Fb%20c-2147483647");
        assertThat(new CacheZnode("größe_1.x-2", 1).path()).isEqualTo("/caches/gr%C3%B6%C3%9Fe_1.x-2-1");
        assertThat(new CacheZnode("%", 1).path()).isEqualTo("/caches/%25-1");
    }

    @Test
    void parse_readsWhatPathWrote() {
        Random random = new Random(1);
        for (int trial = 0; trial < TRIALS; trial++) {
            StringBuilder name = new StringBuilder();
            for (int i = random.nextInt(10); i >= 0; i--) {
                name.appendCodePoint(random.nextInt(random.nextBoolean() ? 128 : 0xD800));
            }
            CacheZnode cache = new CacheZnode(name.toString(), 1 + random.nextInt(Integer.MAX_VALUE));

            assertThat(CacheZnode.parse(Znodes.nameOf(cache.path()))).isEqualTo(cache);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "orders",
                "-7",
                "orders-0",
                "orders-07",
                "orders-2147483648",
                "orders-99999999999",
                "a b-1",
                "%2f-1",
                "%41-1",
                "%FF-1",
                "%-1",
                "ü-1",
                "orders-7-"
            })
    void parse_ofWhatIsNoCache_isNull(String name) {
        assertThat(CacheZnode.parse(name)).isNull();
    }

    @Test
    void definition_underAnothersName_isDamage() {
        PortableDefinition orders = new PortableDefinition("orders", new TreeMap<>());
        CacheZnode own = new CacheZnode("orders", 1);
        CacheZnode other = new CacheZnode("customers", 1);
        byte[] data = DefinitionForm.encode(orders);
        Znode.Stat stat = new Znode.Stat(0, 0, 0, 0, 0, 0, 0);

        assertThat(Znodes.decodeDefinition(new Znode(own.path(), data, stat), own))
                .isEqualTo(orders);
        assertThatExceptionOfType(DamagedZnodeException.class)
                .isThrownBy(() -> Znodes.decodeDefinition(new Znode(other.path(), data, stat), other))
                .withMessageContaining("/caches/customers-1")
                .withMessageContaining("'orders'");
    }
}
