package io.fyercache.benchmarks.contestant;

import io.fyercache.management.Exposure;
import io.fyercache.management.Management;
import io.fyercache.management.ManagementSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.cache.CacheManager;

/**
 * Whoever asks a member for its metrics and its health once a second, over HTTP: far more often than a server of Prometheus and an orchestrator do, by
 * default. It is in the member's process, so what it takes counts as well.
 */
final class Observer implements Runnable {
    private static final List<String> PATHS = List.of("/metrics", "/health/ready", "/health/live");

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private static final int OK = 200;

    private final HttpClient client = HttpClient.newHttpClient();
    private final int port;

    private Observer(int port) {
        this.port = port;
    }

    /** Starts the management of a member, and goes on asking as long as the process is there. */
    static void of(CacheManager manager) {
        Management management = Management.start(
                manager,
                new ManagementSettings(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                        Optional.empty(),
                        Exposure.LOOPBACK_ONLY));
        Thread thread = new Thread(new Observer(management.port()), "observer");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void run() {
        try {
            while (true) {
                for (String path : PATHS) {
                    require(path);
                }
                TimeUnit.SECONDS.sleep(1);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends the process unless it is answered: what is measured would be another thing. */
    private void require(String path) throws InterruptedException {
        URI uri = URI.create("http://%s:%d%s".formatted(Seat.LOOPBACK, port, path));
        String answer;
        try {
            HttpResponse<String> response =
                    client.send(HttpRequest.newBuilder(uri).timeout(TIMEOUT).build(), BodyHandlers.ofString());
            answer = response.statusCode() == OK ? "" : String.valueOf(response.statusCode());
        } catch (IOException e) {
            answer = e.toString();
        }
        if (!answer.isEmpty()) {
            System.err.println(path + ": " + answer + " (expected: " + OK + ")");
            Runtime.getRuntime().halt(1);
        }
    }
}
