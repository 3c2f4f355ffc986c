package io.fyercache.jdbc.datasource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.fyercache.jdbc.fault.InvalidSettingsException;
import io.fyercache.jdbc.micrometer.PoolMeters;
import io.fyercache.jdbc.registry.Registration;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a name's pool has, whether it works, and how its size is changed while it runs. */
class PoolOfNameTest {

    private static final String NAME = "pooled";

    private Registration registration;

    @BeforeEach
    void register() {
        registration = DataSources.register(settings("jdbc:h2:mem:pooled"));
    }

    @AfterEach
    void unregister() {
        registration.close();
    }

    private static PoolSettings settings(String url) {
        return PoolSettings.builder(NAME)
                .jdbcUrl(url)
                .maximumPoolSize(4)
                .connectionTimeout(PoolSettings.MIN_CONNECTION_TIMEOUT)
                .build();
    }

    private static PoolFigures figures() {
        return DataSources.pool(NAME).orElseThrow();
    }

    private static List<Connection> connect(Connections connections, int count) throws SQLException {
        List<Connection> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            all.add(connections.connect());
        }
        return all;
    }

    private static void close(List<Connection> connections) throws SQLException {
        for (Connection each : connections) {
            each.close();
        }
    }

    @Test
    void smaller_whileAllAreInUse_hasNoMoreWhenTheyAreReturned_andLargerGrows() throws Exception {
        try (Connections connections = DataSources.connections(NAME)) {
            List<Connection> four = connect(connections, 4);
            DataSources.limit(NAME, 2);
            assertThat(figures().active()).isEqualTo(4);
            assertThatThrownBy(connections::connect).isInstanceOf(SQLException.class);
            close(four);
            Awaitility.await().untilAsserted(() -> {
                assertThat(figures().active() + figures().idle()).isLessThanOrEqualTo(2);
            });
            List<Connection> two = connect(connections, 2);
            assertThatThrownBy(connections::connect).isInstanceOf(SQLException.class);
            DataSources.limit(NAME, 3);
            List<Connection> another = connect(connections, 1);
            assertThat(figures())
                    .extracting(PoolFigures::active, PoolFigures::maximum)
                    .containsExactly(3, 3);
            close(two);
            close(another);
        }
    }

    @Test
    void limitBeforeThePoolIsOpen_holdsForIt_andForOneOfHikariCp() throws Exception {
        DataSources.limit(NAME, 1);
        assertThat(figures()).isEqualTo(new PoolFigures(0, 0, 0, 1));
        try (Connections connections = DataSources.connections(NAME)) {
            List<Connection> one = connect(connections, 1);
            assertThatThrownBy(connections::connect).isInstanceOf(SQLException.class);
            close(one);
        }
        try (HikariDataSource own = settings("jdbc:h2:mem:own").open();
                Registration ofOwn = DataSources.register("own", own)) {
            assertThat(ofOwn).isNotNull();
            DataSources.limit("own", 3);
            assertThat(DataSources.pool("own").orElseThrow().maximum()).isEqualTo(3);
        }
    }

    @Test
    void limitOfWhatIsNoPool_orOutOfRange_isRefused() {
        try (Registration plain = DataSources.register("plain", new JdbcDataSource())) {
            assertThat(plain).isNotNull();
            for (String name : List.of("plain", "java:comp/env/jdbc/x")) {
                assertThatThrownBy(() -> DataSources.limit(name, 3))
                        .isInstanceOf(InvalidSettingsException.class)
                        .hasMessageContaining("dataSource: " + name + " (expected: a pool by settings");
            }
            assertThat(DataSources.pool("plain")).isEmpty();
        }
        assertThatThrownBy(() -> DataSources.limit(NAME, 0)).hasMessageContaining("connections: 0 (expected: 1..1000)");
        assertThat(DataSources.pool("nobody's")).isEmpty();
    }

    @Test
    void health_isOfAConnectionThatWorks_andSaysWhyThereIsNone() throws Exception {
        assertThat(DataSources.health(NAME)).isEqualTo(new DataSourceHealth(NAME, null));
        try (Connections connections = DataSources.connections(NAME)) {
            List<Connection> all = connect(connections, 4);
            assertThat(DataSources.health(NAME).problem()).startsWith("SQLTransientConnectionException");
            close(all);
            assertThat(DataSources.health(NAME).isUp()).isTrue();
        }
        registration.close();
        registration = DataSources.register(settings("jdbc:h2:tcp://127.0.0.1:1/secret"));
        assertThat(DataSources.health(NAME).problem())
                .startsWith("PoolInitializationException: ")
                .contains("SQLState 90067")
                .doesNotContain("secret");
        assertThatThrownBy(() -> DataSources.health("nobody's")).isInstanceOf(InvalidSettingsException.class);
    }

    @Test
    void meters_readWhatThePoolHas_andZeroWithoutOne() throws Exception {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        new PoolMeters(NAME).bindTo(registry);
        assertThat(active(registry)).isZero();
        try (Connections connections = DataSources.connections(NAME)) {
            List<Connection> two = connect(connections, 2);
            assertThat(active(registry)).isEqualTo(2);
            assertThat(registry.get("fyercache.pool.maximum")
                            .tag("pool", NAME)
                            .gauge()
                            .value())
                    .isEqualTo(4);
            assertThat(registry.get("fyercache.pool.waiting").gauge().value()).isZero();
            close(two);
        }
        registration.close();
        assertThat(active(registry)).isZero();
        assertThat(registry.get("fyercache.pool.maximum").gauge().value()).isZero();
    }

    private static double active(SimpleMeterRegistry registry) {
        return registry.get("fyercache.pool.connections")
                .tag("state", "active")
                .gauge()
                .value();
    }

    @Test
    void budget_givesThePoolItsPart_andKeepsItWhenNobodyKnowsThePlace() throws Exception {
        AtomicLong nanos = new AtomicLong();
        AtomicReference<Optional<MemberRank>> place = new AtomicReference<>(Optional.of(new MemberRank(0, 3)));
        try (ConnectionBudget budget = ConnectionBudget.of(NAME)
                .limit(10)
                .settling(Duration.ofSeconds(40))
                .place(place::get)
                .build(nanos::get)) {
            assertThat(figures().maximum()).isEqualTo(1);
            budget.look();
            nanos.addAndGet(Duration.ofSeconds(40).toNanos());
            budget.look();
            assertThat(figures().maximum()).isEqualTo(3);
            place.set(Optional.of(new MemberRank(0, 5)));
            budget.look();
            assertThat(figures().maximum()).isEqualTo(2);
            place.set(null); // So that it throws.
            budget.look();
            assertThat(figures().maximum()).isEqualTo(2);
            place.set(Optional.empty());
            budget.look();
            assertThat(figures().maximum()).isEqualTo(1);
        }
    }

    @Test
    void budgetThatRuns_looksByItself() {
        try (ConnectionBudget budget = ConnectionBudget.of(NAME)
                .limit(10)
                .settling(Duration.ZERO)
                .place(() -> Optional.of(new MemberRank(0, 3)))
                .start()) {
            assertThat(budget).isNotNull();
            Awaitility.await()
                    .untilAsserted(() -> assertThat(figures().maximum()).isEqualTo(3));
        }
    }

    @Test
    void budgetWithFaults_listsThem() {
        assertThatThrownBy(() -> ConnectionBudget.of(NAME)
                        .limit(0)
                        .spare(-1)
                        .settling(Duration.ofSeconds(-1))
                        .start())
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("limit: 0 (expected: 1..100000)")
                .hasMessageContaining("spare: -1")
                .hasMessageContaining("settling: PT-1S")
                .hasMessageContaining("place: none");
    }
}
