package io.fyercache.jdbc.datasource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fyercache.jdbc.fault.InvalidSettingsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PoolSettingsTest {

    private static final String PASSWORD = "correct horse";

    @Test
    void open_connectsWithUserAndPassword() throws Exception {
        PoolSettings settings = PoolSettings.builder("people")
                .jdbcUrl("jdbc:h2:mem:pooled")
                .user("app")
                .password(Secret.of(PASSWORD))
                .maximumPoolSize(3)
                .connectionTimeout(Duration.ofSeconds(1))
                .build();
        try (var pool = settings.open();
                var connection = pool.getConnection()) {
            assertThat(connection.getMetaData().getUserName()).isEqualTo("APP");
            assertThat(pool.getMaximumPoolSize()).isEqualTo(3);
            assertThat(pool.getConnectionTimeout()).isEqualTo(1000);
            assertThat(pool.getPoolName()).isEqualTo("people");
            PoolSettings wrong = PoolSettings.builder("wrong")
                    .jdbcUrl("jdbc:h2:mem:pooled")
                    .user("app")
                    .password(Secret.of("wrong"))
                    .build();
            assertThatThrownBy(wrong::open).rootCause().hasMessageContaining("Wrong user name or password");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "jdbc:postgresql://host/db?user=app&password=correct horse, jdbc:postgresql://host/db",
        "jdbc:h2:mem:x;PASSWORD=correct horse;USER=app, jdbc:h2:mem:x",
        "jdbc:mariadb://app:correct horse@host/db, jdbc:mariadb://host/db"
    })
    void toString_showsNoSecret(String url, String shown) {
        String text = PoolSettings.builder("people")
                .jdbcUrl(url)
                .password(Secret.of(PASSWORD))
                .build()
                .toString();
        assertThat(text).contains("jdbcUrl=" + shown + ",", "password=***").doesNotContain(PASSWORD);
    }

    @Test
    void everyFault_isListed() {
        var builder = PoolSettings.builder(" ")
                .jdbcUrl("h2:mem:x;PASSWORD=" + PASSWORD)
                .maximumPoolSize(0)
                .connectionTimeout(Duration.ofMillis(249));
        assertThatThrownBy(builder::build)
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("name: ' ' (expected: ")
                .hasMessageContaining("jdbcUrl: h2:mem:x (expected: a URL that starts with jdbc:)")
                .hasMessageContaining("maximumPoolSize: 0 (expected: 1..1000)")
                .hasMessageContaining("connectionTimeout: PT0.249S (expected: PT0.25S..PT10M)")
                .message()
                .doesNotContain(PASSWORD);
        assertThatThrownBy(() -> PoolSettings.builder("x").build()).hasMessageContaining("jdbcUrl: none");
    }

    @Test
    void defaults_areAsDocumented() {
        assertThat(PoolSettings.builder("x").jdbcUrl("jdbc:x").build())
                .hasToString("PoolSettings[name=x, jdbcUrl=jdbc:x, user=null, password=null, maximumPoolSize=10,"
                        + " connectionTimeout=PT5S]");
    }

    @Test
    void secret_isReadFromFileAndEnvironment(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("secret"), PASSWORD + "\n");
        assertThat(Secret.ofFile(file).reveal()).isEqualTo(PASSWORD);
        assertThat(Secret.ofFile(file)).hasToString("***");
        assertThat(Secret.ofEnvironment("PATH").reveal()).isEqualTo(System.getenv("PATH"));
    }

    @Test
    void secret_missing_saysWhere(@TempDir Path directory) throws Exception {
        Path empty = Files.createFile(directory.resolve("empty"));
        assertThatThrownBy(() -> Secret.ofFile(empty)).hasMessageContaining(empty + ", empty");
        assertThatThrownBy(() -> Secret.ofFile(directory.resolve("none"))).hasMessageContaining("NoSuchFileException");
        assertThatThrownBy(() -> Secret.ofEnvironment("FYERCACHE_NOT_SET"))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("environment variable: FYERCACHE_NOT_SET (expected: to be set)");
    }
}
