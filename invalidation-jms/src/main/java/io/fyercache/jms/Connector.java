package io.fyercache.jms;

import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import org.jspecify.annotations.Nullable;

/**
 * How a topic is reached.
 *
 * @param factory makes connections to its broker
 * @param credentials who this process is to it; null for what the factory has
 * @param topic the topic's name
 */
record Connector(ConnectionFactory factory, @Nullable Credentials credentials, String topic) {

    /** Returns a connection that is not started. */
    Connection connect() throws JMSException {
        return credentials == null
                ? factory.createConnection()
                : factory.createConnection(credentials.user(), credentials.password());
    }
}
