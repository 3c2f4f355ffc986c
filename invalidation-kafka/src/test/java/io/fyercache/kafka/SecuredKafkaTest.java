package io.fyercache.kafka;

import io.fyercache.core.bus.InvalidationBusProvider;
import io.fyercache.core.bus.contract.BrokerCertificate;
import io.fyercache.core.bus.contract.SecuredBusContract;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** A file of properties with SASL over TLS, as docs/invalidation.md has it. */
class SecuredKafkaTest extends SecuredBusContract {
    private static final String LOGIN = "org.apache.kafka.common.security.plain.PlainLoginModule required";

    @TempDir
    private static Path folder;

    private static BrokerCertificate certificate;
    private static KafkaFixture broker;

    @BeforeAll
    static void start() throws Exception {
        certificate = BrokerCertificate.make(folder);
        broker = new KafkaFixture(new KafkaFixture.Door(
                "SASL_SSL",
                List.of(
                        "sasl.enabled.mechanisms=PLAIN",
                        "sasl.mechanism.inter.broker.protocol=PLAIN",
                        "listener.name.clients.plain.sasl.jaas.config=" + LOGIN + " username=\"" + USER
                                + "\" password=\"" + PASSWORD + "\" user_" + USER + "=\"" + PASSWORD + "\";",
                        "ssl.keystore.type=PKCS12",
                        "ssl.keystore.location=" + certificate.keyStore(),
                        "ssl.keystore.password=" + BrokerCertificate.PASSWORD,
                        "ssl.key.password=" + BrokerCertificate.PASSWORD,
                        "ssl.truststore.type=PKCS12",
                        "ssl.truststore.location=" + certificate.trustStore(),
                        "ssl.truststore.password=" + BrokerCertificate.PASSWORD),
                client(PASSWORD)));
    }

    @AfterAll
    static void end() throws IOException {
        if (broker != null) {
            broker.close();
        }
    }

    private static Map<String, String> client(String password) {
        return Map.of(
                "security.protocol",
                "SASL_SSL",
                "sasl.mechanism",
                "PLAIN",
                "sasl.jaas.config",
                LOGIN + " username=\"" + USER + "\" password=\"" + password + "\";",
                "ssl.truststore.type",
                "PKCS12",
                "ssl.truststore.location",
                certificate.trustStore().toString(),
                "ssl.truststore.password",
                BrokerCertificate.PASSWORD);
    }

    @Override
    protected InvalidationBusProvider provider() {
        return broker.provider();
    }

    @Override
    protected URI address(String topic, String password) throws IOException {
        List<String> lines = client(password).entrySet().stream()
                .map(setting -> setting.getKey() + "=" + setting.getValue())
                .toList();
        Path file = Files.write(folder.resolve(password + ".properties"), lines);
        return URI.create(broker.address(topic) + "?propertiesFile=" + file);
    }
}
