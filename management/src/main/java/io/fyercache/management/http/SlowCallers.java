package io.fyercache.management.http;

import io.fyercache.core.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Ends connections whose callers take too long to say what they want. A connection on which nothing comes ends anyway; who sends his request byte by byte would
 * keep it, and {@link ServerLimits#MAX_CONNECTIONS} of them would keep everybody else out. Whoever has said all, and waits for an answer, is not meant, nor a
 * connection that rests between two requests. Thread-safe.
 */
final class SlowCallers extends AbstractLifeCycle implements Connection.Listener {
    private static final long LOOK_SECONDS = 1;

    /** What {@link javax.net.ssl.SSLEngine#getSession} reports until the first handshake has completed. */
    private static final String NO_CIPHER = "SSL_NULL_WITH_NULL_NULL";

    private final ServerConnector connector;
    private final Clock clock;
    private final Map<Connection, Progress> connections = new ConcurrentHashMap<>();
    private volatile Scheduler.Task next = () -> false;

    /**
     * How far a caller was.
     *
     * @param requests that he had made
     * @param bytes that had come, with those requests
     * @param sinceNanos when it was seen first that more has come, and no request is complete; {@link #RESTING} if none has
     */
    private record Progress(long requests, long bytes, long sinceNanos) {
        static final long RESTING = Long.MIN_VALUE;

        static Progress of(Connection connection) {
            return new Progress(connection.getMessagesIn(), connection.getBytesIn(), RESTING);
        }

        boolean isResting() {
            return sinceNanos == RESTING;
        }
    }

    SlowCallers(ServerConnector connector, Clock clock) {
        this.connector = connector;
        this.clock = clock;
    }

    @Override
    protected void doStart() {
        lookLater();
    }

    @Override
    protected void doStop() {
        next.cancel();
    }

    private void lookLater() {
        next = connector.getScheduler().schedule(this::look, LOOK_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void onOpened(Connection connection) {
        connections.put(connection, new Progress(0, 0, Progress.RESTING));
    }

    @Override
    public void onClosed(Connection connection) {
        connections.remove(connection);
    }

    private void look() {
        long now = clock.nanoTime();
        try {
            connections.forEach((connection, progress) -> look(connection, progress, now));
        } finally {
            if (isRunning()) {
                lookLater();
            }
        }
    }

    private void look(Connection connection, Progress progress, long now) {
        Progress later = later(connection, progress, now);
        // Unless it is closed meanwhile.
        boolean unused = connections.replace(connection, progress, later);
        if (!later.isResting() && now - later.sinceNanos() >= ServerLimits.FIELDS_NANOS) {
            connection.getEndPoint().close();
        }
    }

    private static Progress later(Connection connection, Progress progress, long now) {
        if (connection instanceof SslConnection tls) {
            // Its state would say that there is no handshake before anything of one has come.
            boolean shakesHands =
                    NO_CIPHER.equals(tls.getSSLEngine().getSession().getCipherSuite());
            return shakesHands ? begun(progress, now) : Progress.of(connection);
        }
        boolean isAnswered = connection.getMessagesIn() == connection.getMessagesOut();
        if (!isAnswered || connection.getMessagesIn() != progress.requests()) {
            return Progress.of(connection);
        }
        return connection.getBytesIn() == progress.bytes() ? progress : begun(progress, now);
    }

    private static Progress begun(Progress progress, long now) {
        return progress.isResting() ? new Progress(progress.requests(), progress.bytes(), now) : progress;
    }
}
