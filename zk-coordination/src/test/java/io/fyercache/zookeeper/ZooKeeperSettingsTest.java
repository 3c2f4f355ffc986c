package io.fyercache.zookeeper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.fyercache.zookeeper.life.ExpectedCluster;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ZooKeeperSettingsTest {
    private static final ZooKeeperSettings GOOD = ZooKeeperSettings.of("zk1:2181,10.0.0.2:2181", "/orders");

    @Test
    void defaults_areAsTheProtocolSays() {
        assertThat(GOOD.sessionTimeout()).isEqualTo(Duration.ofSeconds(6));
        assertThat(GOOD.credentials()).isNull();
        assertThat(GOOD.expectedCluster()).isEqualTo(ExpectedCluster.ANY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "zk1", "zk1:2181,", "zk1:2181/orders", "zk1:2181, zk2:2181", ":2181", "zk1:port"})
    void servers_thatAreNone_areRefused(String servers) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ZooKeeperSettings.of(servers, "/orders"))
                .withMessageContaining("servers: " + servers)
                .withMessageContaining("host:port");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "orders", "/orders/", "//orders", "/a b", "/..", "/a/./b"})
    void chroot_thatIsNone_isRefused(String chroot) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ZooKeeperSettings.of("zk1:2181", chroot))
                .withMessageContaining("chroot: " + chroot);
    }

    @Test
    void chroot_mayHaveNamesBelowNames() {
        assertThat(ZooKeeperSettings.of("zk1:2181", "/caches/orders-2.1/..x").chroot())
                .isEqualTo("/caches/orders-2.1/..x");
    }

    @Test
    void times_outOfRange_areRefused() {
        Duration join = Duration.ofSeconds(1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GOOD.within(Duration.ofSeconds(31), join))
                .withMessageContaining("session timeout: 31000 ms (expected: 200..30000 ms)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GOOD.within(Duration.ofSeconds(6), Duration.ZERO))
                .withMessageContaining("join timeout: 0 ms");
    }
}
