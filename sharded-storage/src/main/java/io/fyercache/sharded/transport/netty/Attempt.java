package io.fyercache.sharded.transport.netty;

import io.fyercache.sharded.topology.DataAddress;
import io.fyercache.sharded.topology.Incarnation;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to connect to a member, from the look-up of its host to its welcome. It ends once: it succeeds, it fails, at its deadline at the
 * latest, or it is given up, which nobody is told of. Used by the process's thread.
 */
final class Attempt {
    private final Incarnation member;
    private final DataAddress address;
    private final long number;
    private final EventLoop loop;
    private final Dialer dialer;
    private final ConnectionEvents events;

    private boolean over;
    private boolean reached;

    /** Why it has failed, if that is known. */
    private @Nullable String refusal;

    private @Nullable Channel channel;
    private @Nullable Future<?> deadline;

    /** Prepares the numbered attempt. */
    Attempt(
            Incarnation member,
            DataAddress address,
            long number,
            EventLoop loop,
            Dialer dialer,
            ConnectionEvents events) {
        this.member = member;
        this.address = address;
        this.number = number;
        this.loop = loop;
        this.dialer = dialer;
        this.events = events;
    }

    Incarnation member() {
        return member;
    }

    long number() {
        return number;
    }

    /** Returns who is told of the connection. */
    ConnectionEvents events() {
        return events;
    }

    /** Begins after so many nanoseconds, and ends within {@code timeoutNanos} from then. */
    void start(long delayNanos, long timeoutNanos) {
        Future<?> unused = loop.schedule(() -> begin(timeoutNanos), delayNanos, TimeUnit.NANOSECONDS);
    }

    private void begin(long timeoutNanos) {
        if (!over) {
            deadline = loop.schedule(() -> tooSlow(timeoutNanos), timeoutNanos, TimeUnit.NANOSECONDS);
            dialer.resolve(this, address.host(), loop, this::resolved);
        }
    }

    private void tooSlow(long timeoutNanos) {
        if (reached) {
            refused(RefusalText.tooSlow(Duration.ofNanos(timeoutNanos)));
        }
        failed();
    }

    private void resolved(@Nullable InetAddress host) {
        if (over) {
            return;
        }
        if (host == null) {
            failed();
        } else {
            channel = dialer.connect(this, host, address, loop);
        }
    }

    /**
     * Checks the certificate that the other side has shown, where TLS is used.
     *
     * @throws RefusedException if it is not that of the member's host
     */
    void checkCertificate(Channel connected) {
        if (!TlsPeer.isAt(connected, address.host())) {
            throw new RefusedException(Refusal.WRONG_NAME);
        }
    }

    /** Something has taken the connection, and has to say now who it is. */
    void reached() {
        reached = true;
    }

    /** Takes in why it is going to fail. What is known first is closest to the reason. */
    void refused(String why) {
        if (refusal == null) {
            refusal = why;
        }
    }

    /** Returns why it has failed. */
    Knock failure() {
        return refusal == null ? Knock.Plain.NOBODY_THERE : new Knock.Refused(refusal);
    }

    void succeeded(Connection connection) {
        end();
        events.opened(this, connection);
    }

    void failed() {
        if (!over) {
            end();
            close();
            events.failed(this);
        }
    }

    private void end() {
        over = true;
        if (deadline != null) {
            deadline.cancel(false);
        }
    }

    private void close() {
        if (channel != null) {
            FrameReader.close(channel);
        }
    }

    /** Closes the connection, whatever came of it. */
    void giveUp() {
        end();
        close();
    }
}
