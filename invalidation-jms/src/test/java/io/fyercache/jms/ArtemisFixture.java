package io.fyercache.jms;

import io.fyercache.core.bus.InvalidationBusProvider;
import io.fyercache.core.bus.contract.BusFixture;
import jakarta.jms.BytesMessage;
import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Session;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;

/** A broker of ActiveMQ Artemis in this JVM, reached by TCP, which forgets everything when it stops. */
final class ArtemisFixture implements BusFixture {
    private static final AtomicInteger COUNT = new AtomicInteger();

    private final String name = "artemis-" + COUNT.incrementAndGet();
    private final String url;
    private final ActiveMQConnectionFactory factory;
    private final JmsConnectionFactories.Registration registration;
    private EmbeddedActiveMQ broker;

    ArtemisFixture() throws Exception {
        url = "tcp://127.0.0.1:" + freePort();
        factory = new ActiveMQConnectionFactory(url + "?callTimeout=2000");
        registration = JmsConnectionFactories.register(name, factory);
        start();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public String name() {
        return "jms";
    }

    @Override
    public InvalidationBusProvider provider() {
        return new JmsBusProvider();
    }

    @Override
    public URI address(String topic) {
        return URI.create("jms:/" + topic + "?factory=" + name);
    }

    @Override
    public void publishForeign(String topic, byte[] message) throws JMSException {
        try (Connection connection = factory.createConnection();
                Session session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE)) {
            BytesMessage foreign = session.createBytesMessage();
            foreign.writeBytes(message);
            session.createProducer(session.createTopic(topic)).send(foreign);
            if (message.length == 0) {
                session.createProducer(session.createTopic(topic)).send(session.createTextMessage("not even bytes"));
            }
        }
    }

    @Override
    public void stop() throws Exception {
        broker.stop();
    }

    @Override
    public void start() throws Exception {
        Configuration configuration = new ConfigurationImpl()
                .setPersistenceEnabled(false)
                .setSecurityEnabled(false)
                .setJMXManagementEnabled(false)
                .addAcceptorConfiguration("tcp", url);
        broker = new EmbeddedActiveMQ().setConfiguration(configuration);
        broker.start();
    }

    @Override
    public void close() throws IOException {
        registration.close();
        factory.close();
        try {
            broker.stop();
        } catch (Exception e) {
            throw new IOException(e);
        }
    }
}
