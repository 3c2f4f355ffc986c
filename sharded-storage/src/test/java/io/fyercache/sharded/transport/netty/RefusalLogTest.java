package io.fyercache.sharded.transport.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.fyercache.core.time.ManualClock;
import io.fyercache.testkit.log.LoggedLines;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RefusalLogTest {
    private final Logger logger = Logger.getLogger(RefusalLog.class.getName());
    private final ManualClock clock = new ManualClock(0);
    private final RefusalLog refusals = new RefusalLog(clock);
    private final LoggedLines log = LoggedLines.of(RefusalLog.class);

    @BeforeEach
    void beQuiet() {
        logger.setUseParentHandlers(false);
    }

    @AfterEach
    void stopListening() {
        log.close();
        logger.setUseParentHandlers(true);
    }

    private static InetSocketAddress peer(int number, int port) {
        try {
            byte[] address = {10, 0, (byte) (number >> 8), (byte) number};
            return new InetSocketAddress(InetAddress.getByAddress(address), port);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }

    @Test
    void refusals_areLoggedOncePerAddressAndMinute_andAllCounted() {
        for (int port = 1; port <= 100; port++) {
            refusals.note(Refusal.WRONG_SECRET, peer(1, port));
        }
        refusals.note(Refusal.GARBLED, peer(2, 1));

        assertThat(log.lines())
                .satisfiesExactly(
                        line -> assertThat(line).contains("10.0.0.1", "WRONG_SECRET"),
                        line -> assertThat(line).contains("10.0.0.2", "GARBLED"));
        assertThat(refusals.count(Refusal.WRONG_SECRET)).isEqualTo(100);

        clock.advance(Duration.ofMinutes(1));
        refusals.note(Refusal.WRONG_SECRET, peer(1, 1));
        assertThat(log.lines()).hasSize(3);
    }

    @Test
    void floodFromManyAddresses_isLoggedForSomeOfThem() {
        for (int number = 0; number < 2 * RefusalLog.MAX_ADDRESSES; number++) {
            refusals.note(Refusal.GARBLED, peer(number, 1));
        }

        assertThat(log.lines()).hasSize(RefusalLog.MAX_ADDRESSES);
        assertThat(refusals.count(Refusal.GARBLED)).isEqualTo(2 * RefusalLog.MAX_ADDRESSES);
    }
}
