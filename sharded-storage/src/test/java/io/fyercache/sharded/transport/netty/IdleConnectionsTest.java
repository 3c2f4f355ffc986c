package io.fyercache.sharded.transport.netty;

import static io.fyercache.sharded.transport.netty.TestPeer.PATIENCE;
import static io.fyercache.sharded.transport.netty.TestPeer.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.management.UnixOperatingSystemMXBean;
import io.fyercache.sharded.message.MemberMessage.Grant;
import io.fyercache.sharded.topology.PartitionSet;
import io.fyercache.sharded.transport.netty.TransportSecurity.Exposure;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Peers that were let in and say nothing: each costs a socket, and the others nothing. */
class IdleConnectionsTest {
    private static final int SOME = 500;
    private static final int MANY = 10_000;

    /** Files and sockets besides those of the test. */
    private static final int OTHERS = 500;

    private static final int MESSAGES = 2_000;
    private static final int PERCENTILE = 99;
    private static final long FIRST_CLIENT = 1_000;

    private LeakWatch leaks;
    private TestPeer one;
    private TestPeer two;
    private final List<Socket> idle = new ArrayList<>();

    @BeforeEach
    void meet() {
        leaks = new LeakWatch();
        one = TestPeer.member(1, settings(new TransportSecurity.None(Exposure.LOOPBACK_ONLY)));
        two = TestPeer.member(2, settings(new TransportSecurity.None(Exposure.LOOPBACK_ONLY)));
        one.knows(one.at("127.0.0.1"), two.at("127.0.0.1"));
        two.knows(one.at("127.0.0.1"), two.at("127.0.0.1"));
    }

    @AfterEach
    void end() throws IOException {
        for (Socket socket : idle) {
            socket.close();
        }
        one.close();
        two.close();
        assertThat(leaks.heard()).isEmpty();
        leaks.close();
    }

    @Test
    void someHundreds_keepNobodyFromBeingHeard() throws IOException {
        assertHeardBeside(SOME);
    }

    @Tag("nightly")
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    @Test
    void tenThousand_keepNobodyFromBeingHeard() throws IOException {
        assertHeardBeside(MANY);
    }

    private void assertHeardBeside(int wanted) throws IOException {
        exchange(0);
        double before = exchange(1);
        int threads = Thread.activeCount();

        int connections = Math.min(wanted, mostConnections());
        for (int i = 0; i < connections; i++) {
            Socket socket = new Socket(InetAddress.getLoopbackAddress(), one.port());
            idle.add(socket);
            NettyTransportTest.enter(socket, one, FIRST_CLIENT + i);
        }
        await().atMost(PATIENCE).until(() -> one.transport().halfOpen() == 0);
        double beside = exchange(2);

        assertThat(Thread.activeCount()).as("threads").isLessThanOrEqualTo(threads + 1);
        assertThat(one.disconnected).as("all are there still").isEmpty();
        assertThat(Arrays.stream(Refusal.values())
                        .mapToLong(one.transport()::refusals)
                        .sum())
                .isZero();
        // How long it takes is a matter of the machine: it is told, for who compares.
        System.out.printf(
                "%d idle connections: %d%% of messages within %.3f ms, without them within %.3f ms%n",
                connections, PERCENTILE, beside, before);
    }

    /** Each connection takes a socket at either end, and both are in this process. */
    private static int mostConnections() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
                ? (int) Math.min(MANY, (system.getMaxFileDescriptorCount() - OTHERS) / 2)
                : SOME;
    }

    /** Sends messages one after the other, sees that all arrive, and returns within how many milliseconds most of them did. */
    private double exchange(int round) {
        long[] nanos = new long[MESSAGES];
        int heard = one.messages.size();
        for (int i = 0; i < MESSAGES; i++) {
            long number = (long) round * MESSAGES + i;
            long begin = System.nanoTime();
            assertThat(two.send(one, new Grant(number, number, number, PartitionSet.NONE)))
                    .isTrue();
            while (one.messages.size() <= heard + i) {
                if (System.nanoTime() - begin > PATIENCE.toNanos()) {
                    throw new AssertionError("message " + number + " has not arrived after " + PATIENCE);
                }
                Thread.onSpinWait();
            }
            nanos[i] = System.nanoTime() - begin;
        }
        Arrays.sort(nanos);
        return nanos[MESSAGES * PERCENTILE / 100] / 1e6;
    }
}
