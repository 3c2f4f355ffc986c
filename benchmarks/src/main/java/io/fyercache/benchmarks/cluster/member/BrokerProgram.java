package io.fyercache.benchmarks.cluster.member;

import java.io.IOException;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;

/**
 * The main class of a broker's JVM: serves members on loopback until its standard input ends, which is when the runner does. It keeps messages in memory
 * alone, as caches have no use for older ones; all else is as by default.
 */
public final class BrokerProgram {
    private BrokerProgram() {}

    /**
     * Runs the broker.
     *
     * @param arguments the port that it listens at
     */
    public static void main(String... arguments) throws Exception {
        Configuration configuration = new ConfigurationImpl()
                .setPersistenceEnabled(false)
                .setSecurityEnabled(false)
                .setJMXManagementEnabled(false)
                .addAcceptorConfiguration("tcp", "tcp://127.0.0.1:" + Integer.parseInt(arguments[0]));
        EmbeddedActiveMQ broker = new EmbeddedActiveMQ().setConfiguration(configuration);
        broker.start();
        awaitEndOfInput();
        broker.stop();
    }

    private static void awaitEndOfInput() throws IOException {
        while (System.in.read() >= 0) {
            // Nobody says anything.
        }
    }
}
