package io.fyercache.jms;

import io.fyercache.core.bus.InvalidationBusProvider;
import io.fyercache.core.bus.contract.BrokerCertificate;
import io.fyercache.core.bus.contract.SecuredBusContract;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** A connection factory that speaks TLS, and a file with the user, as docs/invalidation.md has them. */
class SecuredJmsTest extends SecuredBusContract {
    @TempDir
    private static Path folder;

    private static ArtemisFixture broker;

    @BeforeAll
    static void start() throws Exception {
        broker = ArtemisFixture.secured(BrokerCertificate.make(folder), new Credentials(USER, PASSWORD));
    }

    @AfterAll
    static void end() throws IOException {
        if (broker != null) {
            broker.close();
        }
    }

    @Override
    protected InvalidationBusProvider provider() {
        return broker.provider();
    }

    @Override
    protected URI address(String topic, String password) throws IOException {
        Path file = Files.writeString(folder.resolve(password + ".user"), USER + ":" + password);
        return URI.create(broker.address(topic) + "&userFile=" + file);
    }
}
