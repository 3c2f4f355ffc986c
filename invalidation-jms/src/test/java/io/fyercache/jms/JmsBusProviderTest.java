package io.fyercache.jms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fyercache.core.bus.BusAddress;
import io.fyercache.core.bus.BusUse;
import io.fyercache.core.bus.contract.RecordingListener;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JmsBusProviderTest {
    @TempDir
    private Path folder;

    private static void open(String address) {
        new JmsBusProvider()
                .open(
                        BusAddress.of(URI.create(address)),
                        new BusUse(
                                "test",
                                JmsBusProviderTest.class.getClassLoader(),
                                Duration.ofSeconds(1),
                                Duration.ofSeconds(5)),
                        new RecordingListener());
    }

    @ParameterizedTest
    @CsvSource({
        "jms:/t, no connection factory",
        "jms:/t?factory=a&jndi=java:b, factory and jndi",
        "jms://host/t?factory=a, host: host",
        "jms:/t?factory=nobody, 'factory: ''nobody'''",
        "jms:/t?jndi=java:comp/env/absent, 'jndi: ''java:comp/env/absent'''",
        "jms:/t?jndi=ldap://elsewhere/x, 'jndi: ''ldap://elsewhere/x'''",
        "jms:/t?colour=blue, unknown settings [colour]"
    })
    void open_wrongAddress_saysWhatIsWrong(String address, String wrong) {
        assertThatThrownBy(() -> open(address))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("invalidation.bus: jms: ")
                .hasMessageContaining(wrong)
                .hasMessageContaining("expected: ");
    }

    @Test
    void register_takenName_isRefused_untilItIsFree() {
        try (ActiveMQConnectionFactory factory = new ActiveMQConnectionFactory("tcp://127.0.0.1:1")) {
            JmsConnectionFactories.Registration first = JmsConnectionFactories.register("taken", factory);
            assertThatThrownBy(() -> JmsConnectionFactories.register("taken", factory))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("'taken'");
            first.close();
            JmsConnectionFactories.register("taken", factory).close();
        }
    }

    @Test
    void credentials_areRead_andThePasswordIsNotPrinted() throws IOException {
        Path file = Files.writeString(folder.resolve("user"), "app:se:cret\n");

        Credentials credentials = Credentials.read(file.toString());

        assertThat(credentials.user()).isEqualTo("app");
        assertThat(credentials.password()).isEqualTo("se:cret");
        assertThat(credentials.toString()).doesNotContain("cret");
    }

    @Test
    void credentials_fileThatIsNone_isRefusedWithoutItsContent() throws IOException {
        Path file = Files.writeString(folder.resolve("user"), "secret");

        assertThatThrownBy(() -> Credentials.read(file.toString()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("user:password")
                .hasMessageNotContaining("secret");
        assertThatThrownBy(() -> Credentials.read(folder.resolve("absent").toString()))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
