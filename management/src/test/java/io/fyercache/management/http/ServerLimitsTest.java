package io.fyercache.management.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.cache.Cache;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.integration.CacheLoader;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ServerLimitsTest {
    /** The machine that builds may be busy. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private static final Pattern LENGTH = Pattern.compile("(?i)content-length: (\\d+)");

    private final LocalProcess process = new LocalProcess();

    @AfterEach
    void end() {
        process.close();
    }

    @Test
    void connectionsThatDoNothing_makeRoomWhenThereAreTooMany() throws Exception {
        List<Socket> idle = new ArrayList<>();
        try {
            for (int i = 0; i < ServerLimits.MAX_CONNECTIONS + 20; i++) {
                Socket socket = RawHttp.connect(process.management().port());
                socket.getOutputStream().write("GET /health".getBytes(StandardCharsets.ISO_8859_1));
                idle.add(socket);
            }

            // Answered by a connection of its own, although all places were taken.
            assertThat(RawHttp.ask(process.management().port(), "GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n"))
                    .startsWith("HTTP/1.1 200");
        } finally {
            for (Socket socket : idle) {
                socket.close();
            }
        }
    }

    /** Sends a byte, and tells whether the connection has ended. */
    private static boolean hasEndedAfter(int next, Socket socket) {
        try {
            socket.getOutputStream().write(next);
            return socket.getInputStream().read() < 0;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    /** Asks by a connection that stays, and returns the beginning of the answer. */
    private static String askAgain(Socket socket) throws IOException {
        socket.getOutputStream()
                .write("GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = socket.getInputStream().read();
            assertThat(next).as("%s", head).isNotNegative();
            head.append((char) next);
        }
        Matcher length = LENGTH.matcher(head);
        assertThat(length.find()).as("%s", head).isTrue();
        socket.getInputStream().readNBytes(Integer.parseInt(length.group(1)));
        return head.toString();
    }

    /** It is never idle. */
    @Test
    void requestThatComesByteByByte_isPutOut_andAConnectionThatIsUsedIsNot() throws Exception {
        long begin = System.nanoTime();
        try (Socket slow = RawHttp.connect(process.management().port());
                Socket steady = RawHttp.connect(process.management().port())) {
            slow.setSoTimeout(1);
            slow.getOutputStream().write("GET /health/live HTTP/1.1\r\nX: ".getBytes(StandardCharsets.ISO_8859_1));

            Awaitility.await("its end")
                    .atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(200))
                    .until(() -> {
                        assertThat(askAgain(steady)).startsWith("HTTP/1.1 200");
                        return hasEndedAfter('x', slow);
                    });
        }
        assertThat(System.nanoTime() - begin).isGreaterThan(ServerLimits.FIELDS_NANOS - TimeUnit.SECONDS.toNanos(1));
    }

    @Test
    void whatIsNoHttp_isAProblem_thatRepeatsNothing() throws Exception {
        for (String request : List.of(
                "GET /%ZZcanary HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "GET / HTTP/1.1\r\n\r\n",
                "GET /canary HTTP/1.1\r\nHost: localhost\r\nX: " + "x".repeat(ServerLimits.MAX_HEADER_BYTES)
                        + "\r\n\r\n")) {
            String answer = RawHttp.ask(process.management().port(), request);

            assertThat(answer).startsWith("HTTP/1.1 4").doesNotContain("canary", "jetty", "Jetty");
        }
    }

    /** A loader that waits stands for a cluster that does not answer. */
    @Test
    void healthIsAnswered_whileAllRequestsForCachesWait() throws Exception {
        CountDownLatch released = new CountDownLatch(1);
        CountDownLatch loading = new CountDownLatch(ServerLimits.MAX_WAITING);
        CacheLoader<String, String> slow = new CacheLoader<>() {
            @Override
            public String load(String key) {
                loading.countDown();
                try {
                    released.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                return "x";
            }

            @Override
            public java.util.Map<String, String> loadAll(Iterable<? extends String> keys) {
                throw new AssertionError("nobody asks for many");
            }
        };
        process.manager()
                .createCache(
                        "slow",
                        new MutableConfiguration<String, String>()
                                .setTypes(String.class, String.class)
                                .setReadThrough(true)
                                .setCacheLoaderFactory(() -> slow));
        List<Thread> callers = new ArrayList<>();
        List<Integer> answers = new java.util.concurrent.CopyOnWriteArrayList<>();
        try {
            for (int i = 0; i < ServerLimits.MAX_WAITING; i++) {
                String path = "/api/v1/caches/slow/entry?key=" + i;
                Thread caller =
                        new Thread(() -> answers.add(process.api().get(path).status()));
                caller.start();
                callers.add(caller);
            }
            loading.await();

            assertThat(process.api().get("/health/live").status()).isEqualTo(200);
            assertThat(process.api().get("/metrics").status()).isEqualTo(200);
            process.api().get("/api/v1/caches/slow/entry?key=one-more").problem(503);
        } finally {
            released.countDown();
        }
        for (Thread caller : callers) {
            caller.join();
        }
        assertThat(answers).hasSize(ServerLimits.MAX_WAITING).containsOnly(200);
        process.api().get("/api/v1/caches/slow/entry?key=one-more").ok();
    }

    @Test
    void end_leavesNoThread() {
        LocalProcess other = new LocalProcess();
        Cache<String, Long> cache = other.cache("numbers", String.class, Long.class);
        cache.put("k", 1L);
        other.api().get("/metrics");
        int port = other.management().port();
        process.close();
        other.close();

        Awaitility.await()
                .until(() -> Thread.getAllStackTraces().keySet().stream()
                        .noneMatch(thread -> thread.getName().startsWith("fyercache-http")
                                || thread.getName().startsWith("fyercache-history")
                                || thread.getName().startsWith("fyercache-entry-counts")));
        assertThat(port).isPositive();
    }
}
