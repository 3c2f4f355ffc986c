package io.fyercache.zookeeper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.fyercache.jcache.FyerCachingProvider;
import io.fyercache.sharded.placement.Redundancy;
import io.fyercache.sharded.topology.PartitionLayout;
import io.fyercache.sharded.transport.netty.TransportSecurity;
import io.fyercache.zookeeper.ClusterUri.Role;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.CacheManager;
import javax.cache.Caching;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.spi.CachingProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterUriTest {
    @TempDir
    private Path folder;

    private static ClusterAccess read(String uri) {
        return ClusterUri.read(URI.create(uri));
    }

    private static ZooKeeperSettings zooKeeper(ClusterAccess access) {
        return access.zooKeeper().apply("one:2181");
    }

    @Test
    void placeAlone_isAMemberThatThisMachineAloneReaches() {
        ClusterAccess access = read("zk://one:2181;two:2182,three:2183/teams/orders");

        assertThat(access.role()).isEqualTo(Role.MEMBER);
        assertThat(access.servers()).isEqualTo("one:2181,two:2182,three:2183");
        assertThat(zooKeeper(access).chroot()).isEqualTo("/teams/orders");
        assertThat(zooKeeper(access).sessionTimeout()).isEqualTo(ZooKeeperSettings.DEFAULT_SESSION_TIMEOUT);
        assertThat(zooKeeper(access).credentials()).isNull();
        assertThat(access.member().bind().getAddress().isLoopbackAddress()).isTrue();
        assertThat(access.member().connections().security())
                .isEqualTo(new TransportSecurity.None(TransportSecurity.Exposure.LOOPBACK_ONLY));
        assertThat(access.member().member().controllerSettings().redundancy()).isEqualTo(Redundancy.backups(1));
    }

    @Test
    void settings_areTaken() throws IOException {
        Path secret = Files.write(folder.resolve("secret"), new byte[32]);
        Path user = Files.writeString(folder.resolve("user"), "orders:se:cret\n");

        ClusterAccess access = read(
                "zk://one:2181/orders?role=client&name=shop%201&bind=0.0.0.0:7000&advertise=10.0.0.7"
                        + "&zone=east&backups=2&partitions=64&secretFile=" + secret + "&userFile=" + user
                        + "&sessionTimeout=8s&joinTimeout=1m&connectTimeout=200ms&leaveLimit=5m&minInSync=2&patience=3s");

        assertThat(access.role()).isEqualTo(Role.CLIENT);
        assertThat(access.name()).isEqualTo("shop 1");
        assertThat(access.member().bind().getPort()).isEqualTo(7000);
        assertThat(access.member().advertisedHost()).isEqualTo("10.0.0.7");
        assertThat(access.member().location().zone()).isEqualTo("east");
        assertThat(access.member().member().controllerSettings().redundancy()).isEqualTo(Redundancy.backups(2));
        assertThat(access.member().member().controllerSettings().layout()).isEqualTo(PartitionLayout.with(64));
        assertThat(access.member().connections().security()).isInstanceOf(TransportSecurity.SharedSecret.class);
        assertThat(access.member().connections().connectTimeout()).isEqualTo(Duration.ofMillis(200));
        assertThat(access.member().leaveLimit()).isEqualTo(Duration.ofMinutes(5));
        assertThat(zooKeeper(access).credentials()).isEqualTo(new DigestCredentials("orders", "se:cret"));
        assertThat(zooKeeper(access).sessionTimeout()).isEqualTo(Duration.ofSeconds(8));
        assertThat(zooKeeper(access).joinTimeout()).isEqualTo(Duration.ofMinutes(1));
        assertThat(access.terms().minInSync()).isEqualTo(2);
        assertThat(access.terms().patience()).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void storesForTls_areTaken_bothWithTheirPasswords() {
        ZooKeeperTls tls = zooKeeper(read("zk://one:2281/orders?zooKeeperTrustStore=/etc/trust.p12"
                        + "&zooKeeperTrustPasswordFile=/etc/trust&zooKeeperKeyStore=/etc/own.jks"
                        + "&zooKeeperKeyPasswordFile=/etc/own"))
                .tls();

        assertThat(tls)
                .isEqualTo(new ZooKeeperTls(
                        new ZooKeeperTls.Store(Path.of("/etc/trust.p12"), Path.of("/etc/trust")),
                        new ZooKeeperTls.Store(Path.of("/etc/own.jks"), Path.of("/etc/own"))));
        assertThatExceptionOfType(CacheException.class)
                .isThrownBy(() -> read("zk://one:2281/orders?zooKeeperTrustStore=/etc/trust.p12"))
                .withMessageContaining("zooKeeperTrustStore and zooKeeperTrustPasswordFile: one without the other");
        assertThatExceptionOfType(CacheException.class)
                .isThrownBy(() ->
                        read("zk://one:2281/orders?zooKeeperKeyStore=/etc/own.p12&zooKeeperKeyPasswordFile=/etc/own"))
                .withMessageContaining("zooKeeperKeyStore: without zooKeeperTrustStore");
    }

    @Test
    void faults_areToldTogether_andUnknownNamesWithTheNearest() {
        assertThatExceptionOfType(CacheException.class)
                .isThrownBy(
                        () -> read("zk://one:2181/orders?bakcups=1&role=server&backups=9&partitions=many&patience=soon"
                                + "&role=client&zone"))
                .withMessageContaining("zk://one:2181/orders")
                .withMessageContaining("setting bakcups: unknown (expected: perhaps backups, or one of")
                .withMessageContaining("role: given twice")
                .withMessageContaining("zone: no value")
                .withMessageContaining("partitions: many (expected: a number)")
                .withMessageContaining("copies: 10 (expected: 1..6")
                .withMessageContaining("patience: soon (expected: a duration");
    }

    @Test
    void secretThatCannotBeUsed_isRefused_andNotShown() throws IOException {
        Path secret = Files.writeString(folder.resolve("secret"), "too short", StandardCharsets.US_ASCII);

        assertThatExceptionOfType(CacheException.class)
                .isThrownBy(
                        () -> read("zk://one:2181/orders?secretFile=" + secret + "&userFile=" + folder.resolve("none")))
                .withMessageContaining("secretFile: secret: 9 bytes")
                .withMessageContaining("userFile: ")
                .withMessageNotContaining("too short");
    }

    @Test
    void secondSecret_isAcceptedBesides_andIsNothingWithoutTheFirst() throws IOException {
        Path one = Files.write(folder.resolve("one"), new byte[16]);
        Path two = Files.write(folder.resolve("two"), new byte[32]);
        Path none = Files.write(folder.resolve("none"), new byte[0]);

        TransportSecurity security = read("zk://one:2181/orders?secretFile=" + one + "&acceptedSecretFile=" + two)
                .member()
                .connections()
                .security();

        assertThat(security)
                .isInstanceOfSatisfying(
                        TransportSecurity.SharedSecret.class,
                        shared -> assertThat(shared.accepted()).isPresent());
        assertThatExceptionOfType(CacheException.class)
                .isThrownBy(() -> read("zk://one:2181/orders?acceptedSecretFile=" + two))
                .withMessageContaining("acceptedSecretFile: without secretFile");
        assertThatExceptionOfType(CacheException.class)
                .isThrownBy(() -> read("zk://one:2181/orders?secretFile=" + one + "&acceptedSecretFile=" + none))
                .withMessageContaining("acceptedSecretFile: secret: 0 bytes");
    }

    @Test
    void everywhereIsNoHostToBeReachedAt() {
        assertThatExceptionOfType(CacheException.class)
                .isThrownBy(() -> read("zk://one:2181/orders?bind=0.0.0.0:7000"))
                .withMessageContaining("advertise: not set, while bind is 0.0.0.0");
    }

    @Test
    void wrongPlaces_areRefused() {
        for (String uri :
                new String[] {"zk:orders", "zk://one:2181", "zk://one:2181/", "zk://one/orders", "zk:///orders"}) {
            assertThatExceptionOfType(CacheException.class)
                    .as(uri)
                    .isThrownBy(() -> read(uri))
                    .withMessageContaining("expected");
        }
    }

    @Test
    void embedded_isAClusterForPlainJCache_thatLeavesNothing() {
        URI uri = URI.create("zk://embedded/orders?partitions=16&name=embedding");
        ClassLoader loader = getClass().getClassLoader();
        CachingProvider provider = Caching.getCachingProvider(FyerCachingProvider.class.getName());
        CacheManager manager = provider.getCacheManager(uri, loader);
        Cache<String, Integer> cache = manager.createCache(
                "numbers", new MutableConfiguration<String, Integer>().setTypes(String.class, Integer.class));
        cache.put("key", 1);
        assertThat(cache.get("key")).isEqualTo(1);
        assertThat(provider.getCacheManager(uri, loader)).isSameAs(manager);

        manager.close();

        LiveMembers.await(
                "end of the threads",
                () -> Thread.getAllStackTraces().keySet().stream()
                        .map(Thread::getName)
                        .noneMatch(name -> name.startsWith("fyercache-") && name.contains("embed")));
    }
}
