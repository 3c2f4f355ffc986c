package io.fyercache.core.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BusAddressTest {

    @Test
    void of_hostsTopicAndSettings_readsThem() {
        BusAddress address = BusAddress.of(URI.create("Kafka://a:1,b:2/caches?propertiesFile=%2Fetc%2Fk.properties"));

        assertThat(address.scheme()).isEqualTo("kafka");
        assertThat(address.topic()).isEqualTo("caches");
        assertThat(address.settings()).isEqualTo(Map.of("propertiesFile", "/etc/k.properties"));
        assertThat(address.setting("other")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kafka:topic",
                "/topic",
                "kafka://host",
                "kafka://host/",
                "kafka://host/a/b",
                "kafka://host/to%20pic",
                "kafka://user:secret@host/topic",
                "kafka://host/topic?",
                "kafka://host/topic?a",
                "kafka://host/topic?a=",
                "kafka://host/topic?a=1&a=2"
            })
    void of_wrongAddress_isRefusedWithoutItsSecrets(String wrong) {
        assertThatThrownBy(() -> BusAddress.of(URI.create(wrong)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("invalidation.bus: ")
                .hasMessageContaining("expected: ")
                .hasMessageNotContaining("secret");
    }

    @Test
    void requireKnown_otherSettings_namesThem() {
        BusAddress address = BusAddress.of(URI.create("jms:/t?factory=a&topic=b"));

        assertThatThrownBy(() -> address.requireKnown(new TreeSet<>(List.of("factory", "jndi"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("invalidation.bus: jms: unknown settings [topic] (expected: of [factory, jndi]);"
                        + " correct or remove them");
    }
}
