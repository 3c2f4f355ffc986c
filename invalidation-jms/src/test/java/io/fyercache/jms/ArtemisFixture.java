package io.fyercache.jms;

import io.fyercache.core.bus.InvalidationBusProvider;
import io.fyercache.core.bus.contract.BrokerCertificate;
import io.fyercache.core.bus.contract.BusFixture;
import jakarta.jms.BytesMessage;
import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Session;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.config.impl.SecurityConfiguration;
import org.apache.activemq.artemis.core.security.Role;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.apache.activemq.artemis.spi.core.security.ActiveMQJAASSecurityManager;
import org.apache.activemq.artemis.spi.core.security.jaas.InVMLoginModule;

/** A broker of ActiveMQ Artemis in this JVM, reached by TCP, which forgets everything when it stops. */
final class ArtemisFixture implements BusFixture {
    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final String ROLE = "applications";

    private final String name = "artemis-" + COUNT.incrementAndGet();
    private final Door door;
    private final String url;
    private final ActiveMQConnectionFactory factory;
    private final JmsConnectionFactories.Registration registration;
    private EmbeddedActiveMQ broker;

    /**
     * How the broker lets in.
     *
     * @param acceptor what its side of a connection is set to
     * @param client what the other side is set to
     * @param user who is let in; null for everybody
     */
    private record Door(String acceptor, String client, Credentials user) {}

    /** Starts one that lets everybody in. */
    ArtemisFixture() throws Exception {
        this(new Door("", "", null));
    }

    private ArtemisFixture(Door door) throws Exception {
        this.door = door;
        url = "tcp://127.0.0.1:" + freePort();
        factory = new ActiveMQConnectionFactory(url + "?callTimeout=2000" + door.client());
        registration = JmsConnectionFactories.register(name, factory);
        start();
    }

    /** Starts one that speaks TLS by a certificate, and lets one user in. */
    static ArtemisFixture secured(BrokerCertificate certificate, Credentials user) throws Exception {
        String password = BrokerCertificate.PASSWORD;
        return new ArtemisFixture(new Door(
                "?sslEnabled=true&keyStoreType=PKCS12&keyStorePath=" + certificate.keyStore() + "&keyStorePassword="
                        + password,
                "&sslEnabled=true&trustStoreType=PKCS12&trustStorePath=" + certificate.trustStore()
                        + "&trustStorePassword=" + password,
                user));
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
                .setSecurityEnabled(door.user() != null)
                .setJMXManagementEnabled(false)
                .addAcceptorConfiguration("tcp", url + door.acceptor());
        broker = new EmbeddedActiveMQ().setConfiguration(configuration);
        if (door.user() != null) {
            configuration.putSecurityRoles("#", Set.of(role()));
            broker.setSecurityManager(userOf(door.user()));
        }
        broker.start();
    }

    private static ActiveMQJAASSecurityManager userOf(Credentials user) {
        SecurityConfiguration users = new SecurityConfiguration();
        users.addUser(user.user(), user.password());
        users.addRole(user.user(), ROLE);
        return new ActiveMQJAASSecurityManager(InVMLoginModule.class.getName(), users);
    }

    /** What a process needs that tells others of changes. */
    private static Role role() {
        Role role = new Role();
        role.setName(ROLE);
        role.setSend(true);
        role.setConsume(true);
        role.setCreateAddress(true);
        role.setCreateNonDurableQueue(true);
        role.setDeleteNonDurableQueue(true);
        return role;
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
