package io.fyercache.jms;

import io.fyercache.core.bus.BusListener;
import io.fyercache.core.bus.InvalidationBus;
import jakarta.jms.BytesMessage;
import jakarta.jms.Connection;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.function.Consumer;

/**
 * One connection to a broker, from its beginning until it breaks: a session that hears the topic and one that publishes on it.
 *
 * <p>Messages are persistent. The subscriptions are not, so none is stored for long; but only of persistent messages does the specification say that a send
 * returns when the broker has them (Jakarta Messaging 3.1, 3.4.10 and 7.8).
 */
final class Link implements AutoCloseable {
    private static final Logger LOGGER = System.getLogger(Link.class.getName());

    /** Milliseconds, 60,000, after which the broker may forget a message: whoever has not had it by then has long stopped to believe what is in memory. */
    private static final long TIME_TO_LIVE_MILLIS = 60_000;

    /** What stands for a message of another kind, or one that is too long: no message of ours. */
    private static final byte[] FOREIGN = new byte[0];

    private final Connection connection;
    private final Session publishing;
    private final MessageProducer producer;

    private Link(Connection connection, Session publishing, MessageProducer producer) {
        this.connection = connection;
        this.publishing = publishing;
        this.producer = producer;
    }

    /**
     * Connects. When this returns, all that is published from then on is heard.
     *
     * @param onBreak is called when the connection is found to be broken
     */
    static Link open(Connector connector, BusListener listener, Consumer<JMSException> onBreak) throws JMSException {
        Connection connection = connector.connect();
        try {
            connection.setExceptionListener(onBreak::accept);
            Session hearing = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
            MessageConsumer consumer = hearing.createConsumer(hearing.createTopic(connector.topic()));
            // The subscription has begun, and what comes waits until the connection is started.
            listener.mayHaveMissed();
            consumer.setMessageListener(message -> listener.received(bytesOf(message)));
            Session publishing = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
            MessageProducer producer = publishing.createProducer(publishing.createTopic(connector.topic()));
            producer.setDeliveryMode(DeliveryMode.PERSISTENT);
            producer.setTimeToLive(TIME_TO_LIVE_MILLIS);
            producer.setDisableMessageID(true);
            connection.start();
            return new Link(connection, publishing, producer);
        } catch (JMSException | RuntimeException e) {
            close(connection);
            throw e;
        }
    }

    private static byte[] bytesOf(Message message) {
        try {
            if (message instanceof BytesMessage bytes && bytes.getBodyLength() <= InvalidationBus.MAX_MESSAGE_BYTES) {
                byte[] body = new byte[(int) bytes.getBodyLength()];
                bytes.readBytes(body);
                return body;
            }
        } catch (JMSException e) {
            LOGGER.log(Level.DEBUG, "a message could not be read", e);
        }
        return FOREIGN;
    }

    /** Publishes a message, and returns when the broker has it. One thread at a time. */
    void publish(byte[] message) throws JMSException {
        BytesMessage published = publishing.createBytesMessage();
        published.writeBytes(message);
        producer.send(published);
    }

    /** Closes the connection, broken or not, when the listener has returned. */
    @Override
    public void close() {
        close(connection);
    }

    private static void close(Connection connection) {
        try {
            connection.close();
        } catch (JMSException e) {
            LOGGER.log(Level.DEBUG, "a connection was closed that was broken", e);
        }
    }
}
