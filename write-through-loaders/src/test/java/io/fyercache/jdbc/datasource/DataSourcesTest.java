package io.fyercache.jdbc.datasource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.fyercache.jdbc.fault.InvalidSettingsException;
import io.fyercache.jdbc.registry.Registration;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.Hashtable;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import javax.naming.Context;
import javax.naming.NameNotFoundException;
import javax.naming.spi.InitialContextFactory;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DataSourcesTest {

    private static final String PASSWORD = "correct horse";

    @TempDir
    Path directory;

    @AfterEach
    void forgetTheFile() {
        System.clearProperty(DataSources.FILE_PROPERTY);
        System.clearProperty(Context.INITIAL_CONTEXT_FACTORY);
    }

    @Test
    void registeredObject_isFound_untilItsRegistrationEnds() throws Exception {
        try (var registration = DataSources.register("given", h2("given"))) {
            assertThat(registration).isNotNull();
            try (var connections = DataSources.connections("given");
                    Connection connection = connections.connect()) {
                assertThat(connection.isValid(1)).isTrue();
            }
        }
        assertUnknown("given");
    }

    @Test
    void nameThatIsTaken_isRefused_andTheFirstStays() throws Exception {
        Registration first = DataSources.register("taken", h2("taken"));
        assertThatThrownBy(() -> DataSources.register("taken", h2("other")))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("name: taken (expected: a name that is not taken: not of [taken])");
        assertThatThrownBy(() -> DataSources.register("java:taken", h2("other")))
                .isInstanceOf(InvalidSettingsException.class);
        first.close();
        try (var second = DataSources.register("taken", h2("second"))) {
            assertThat(second).isNotNull();
            // Closing twice ends nobody else's.
            first.close();
            DataSources.connections("taken").close();
        }
    }

    @Test
    void pool_isOneForAllItsUsers_opensWithTheFirstConnection_andClosesWithTheLastUser() throws Exception {
        PoolSettings settings = PoolSettings.builder("shared")
                .jdbcUrl("jdbc:h2:mem:shared")
                .maximumPoolSize(2)
                .build();
        try (var registration = DataSources.register(settings)) {
            assertThat(registration).isNotNull();
            Connections one = DataSources.connections("shared");
            Connections other = DataSources.connections("shared");
            HikariDataSource pool = poolOf(one);
            assertThat(poolOf(other)).isSameAs(pool);
            one.close();
            one.close();
            assertThat(pool.isClosed()).isFalse();
            assertThatThrownBy(one::connect)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("closed");
            other.close();
            assertThat(pool.isClosed()).isTrue();
            try (Connections again = DataSources.connections("shared")) {
                assertThat(poolOf(again)).isNotSameAs(pool);
            }
        }
    }

    @Test
    void databaseIsAway_failsWhoConnects_andIsTriedAgain() throws Exception {
        var settings = PoolSettings.builder("away")
                .jdbcUrl("jdbc:h2:file:" + directory.resolve("away") + ";IFEXISTS=TRUE")
                .build();
        try (var registration = DataSources.register(settings);
                Connections connections = DataSources.connections("away")) {
            assertThat(registration).isNotNull();
            assertThatThrownBy(connections::connect).isInstanceOf(RuntimeException.class);
            JdbcDataSource created = new JdbcDataSource();
            created.setURL("jdbc:h2:file:" + directory.resolve("away"));
            created.getConnection().close();
            connections.connect().close();
        }
    }

    @Test
    void file_describesPools_withPasswordsThatAreElsewhere() throws Exception {
        Path secret = Files.writeString(directory.resolve("secret"), PASSWORD + "\n");
        file(
                "people.jdbcUrl=jdbc:h2:mem:described",
                "people.user=app",
                "people.password.file=" + secret,
                "people.maximumPoolSize=3",
                "people.connectionTimeout=PT1S",
                "other.jdbcUrl=jdbc:h2:mem:other");
        try (Connections connections = DataSources.connections("people")) {
            HikariDataSource pool = poolOf(connections);
            assertThat(pool.getUsername()).isEqualTo("app");
            assertThat(pool.getPassword()).isEqualTo(PASSWORD);
            assertThat(pool.getMaximumPoolSize()).isEqualTo(3);
            assertThat(pool.getConnectionTimeout()).isEqualTo(1000);
            assertThat(pool.getPoolName()).isEqualTo("people");
        }
    }

    @Test
    void fileOnTheClassPath_isFound() throws Exception {
        try (Connections connections = DataSources.connections("on-the-class-path")) {
            connections.connect().close();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "people.password=correct horse | people.password: not known (expected: name.setting, with one of",
                "people.jdbcUr=jdbc:h2:mem:x | people.jdbcUr: not known",
                "jdbcUrl=jdbc:h2:mem:x | jdbcUrl: not known",
                "people.maximumPoolSize=many | people.maximumPoolSize: many (expected: a whole number)",
                "people.maximumPoolSize=0 | maximumPoolSize: 0 (expected: 1..1000)",
                "people.connectionTimeout=5s | people.connectionTimeout: 5s (expected: a duration of ISO 8601",
                "people.user=app | jdbcUrl: none",
                "people.jdbcUrl=jdbc:h2:mem:x;PASSWORD=correct horse | people.jdbcUrl: a URL with a password (expected: a URL"
                        + " without)",
                "people.jdbcUrl=jdbc:mariadb://app:correct horse@h/x | people.jdbcUrl: a URL with a password",
                "people.password.environment=NO_SUCH_VARIABLE | people.password: environment variable NO_SUCH_VARIABLE",
                "people.password.file=/no/such/file | people.password: file /no/such/file, NoSuchFileException",
            })
    void fileWithFaults_isRefused_andShowsNoPassword(String line, String fault) throws Exception {
        file(line);
        assertThatThrownBy(() -> DataSources.connections("people"))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining(fault)
                .message()
                .doesNotContain(PASSWORD);
    }

    @Test
    void fileThatIsMissing_isRefused() {
        System.setProperty(DataSources.FILE_PROPERTY, directory.resolve("none").toString());
        assertThatThrownBy(() -> DataSources.connections("people"))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining(DataSources.FILE_PROPERTY + ": ")
                .hasMessageContaining("NoSuchFileException (expected: a readable file of properties)");
    }

    @Test
    void unknownName_listsTheKnownOnes() throws Exception {
        file("people.jdbcUrl=jdbc:h2:mem:x");
        try (var registration = DataSources.register("given", h2("given"))) {
            assertThat(registration).isNotNull();
            assertThatThrownBy(() -> DataSources.connections("poeple"))
                    .isInstanceOf(InvalidSettingsException.class)
                    .hasMessageContaining("dataSource: poeple (expected: a name that this JVM knows: java:... or one of"
                            + " [given, people]); register it by DataSources.register, or describe it in ");
        }
    }

    /** What an application server binds. */
    public static final class OneName implements InitialContextFactory {
        private static final AtomicReference<Object> BOUND = new AtomicReference<>();

        @Override
        public Context getInitialContext(Hashtable<?, ?> environment) {
            return (Context) Proxy.newProxyInstance(
                    OneName.class.getClassLoader(), new Class<?>[] {Context.class}, (proxy, method, arguments) -> {
                        if (!method.getName().equals("lookup")) {
                            return null;
                        }
                        if (!"java:comp/env/jdbc/people".equals(String.valueOf(arguments[0]))) {
                            throw new NameNotFoundException();
                        }
                        return BOUND.get();
                    });
        }
    }

    @Test
    void javaNames_areLookedUpInJndi() throws Exception {
        System.setProperty(Context.INITIAL_CONTEXT_FACTORY, OneName.class.getName());
        DataSource bound = h2("bound");
        OneName.BOUND.set(bound);
        try (Connections connections = DataSources.connections("java:comp/env/jdbc/people")) {
            connections.connect().close();
        }
        OneName.BOUND.set("no data source");
        assertThatThrownBy(() -> DataSources.connections("java:comp/env/jdbc/people"))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("(expected: a DataSource in JNDI)");
        assertThatThrownBy(() -> DataSources.connections("java:comp/env/jdbc/other"))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("java:comp/env/jdbc/other, NameNotFoundException");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ldap://example.invalid/x", "rmi://example.invalid/x", "dns:example.invalid"})
    void otherSchemes_areNeverLookedUp(String name) {
        System.setProperty(Context.INITIAL_CONTEXT_FACTORY, OneName.class.getName());
        OneName.BOUND.set(h2("bound"));
        assertUnknown(name);
    }

    private static void assertUnknown(String name) {
        assertThatThrownBy(() -> DataSources.connections(name))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("dataSource: " + name + " (expected: a name that this JVM knows");
    }

    private static DataSource h2(String name) {
        JdbcDataSource dataSource = new JdbcDataSource();
        dataSource.setURL("jdbc:h2:mem:" + name);
        return dataSource;
    }

    private void file(String... lines) throws Exception {
        Path file = Files.write(directory.resolve("sources.properties"), List.of(lines));
        System.setProperty(DataSources.FILE_PROPERTY, file.toString());
    }

    /** The pool that a connection goes back to. */
    private static HikariDataSource poolOf(Connections connections) throws Exception {
        try (Connection connection = connections.connect()) {
            assertThat(connection.isValid(1)).isTrue();
            return ((SharedPool.User) connections).pool();
        }
    }
}
