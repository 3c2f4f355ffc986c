package io.fyercache.kafka;

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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KafkaBusProviderTest {
    private static final Duration LIMIT = Duration.ofSeconds(2);

    @TempDir
    private Path folder;

    private static void open(String address) {
        new KafkaBusProvider()
                .open(
                        BusAddress.of(URI.create(address)),
                        new BusUse("test", KafkaBusProviderTest.class.getClassLoader(), LIMIT, LIMIT),
                        new RecordingListener());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kafka:/topic",
                "kafka://host/topic",
                "kafka://host:9092,/topic",
                "kafka://host:9092/topic?propertiesFile=/no/such/file",
                "kafka://host:9092/topic?colour=blue"
            })
    void open_wrongAddress_saysWhatIsWrong(String address) {
        assertThatThrownBy(() -> open(address))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("invalidation.bus: kafka: ")
                .hasMessageContaining("expected: ");
    }

    @Test
    void propertiesFile_settingsOfSecurity_areTheClients() throws IOException {
        Path file = Files.writeString(
                folder.resolve("kafka.properties"), "security.protocol=SASL_PLAINTEXT\nsasl.mechanism=PLAIN\n");

        ClientSettings settings = ClientSettings.of("a:1,b:2", file.toString(), LIMIT);

        assertThat(settings.producer())
                .containsEntry("security.protocol", "SASL_PLAINTEXT")
                .containsEntry("acks", "all")
                .containsEntry("delivery.timeout.ms", 2_000);
        assertThat(settings.consumer())
                .containsEntry("sasl.mechanism", "PLAIN")
                .containsEntry("bootstrap.servers", "a:1,b:2")
                .containsEntry("auto.offset.reset", "none");
    }

    @ParameterizedTest
    @ValueSource(strings = {"acks=0", "bootstrap.servers=c:3", "value.serializer=X", "group.id=g"})
    void propertiesFile_whatTheBusDecides_isRefused(String line) throws IOException {
        Path file = Files.writeString(folder.resolve("kafka.properties"), line);

        assertThatThrownBy(() -> ClientSettings.of("a:1", file.toString(), LIMIT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("[" + line.substring(0, line.indexOf('=')) + "], which the bus decides");
    }

    @Test
    void propertiesFile_valueThatKafkaRefuses_isToldWithoutIt() throws IOException {
        Path file = Files.writeString(folder.resolve("kafka.properties"), "security.protocol=secret");

        assertThatThrownBy(() -> ClientSettings.of("a:1", file.toString(), LIMIT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a value that Kafka refuses")
                .hasMessageNotContaining("secret")
                .hasNoCause();
    }
}
