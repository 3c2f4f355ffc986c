package io.fyercache.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fyercache.jdbc.server.MariaDbServer;
import io.fyercache.jdbc.server.PostgresServer;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A server that tests started is not there when they are not, however they end. */
class ServersEndTest {

    static Stream<Product> servers() {
        return Product.all().stream().filter(product -> product != Product.H2);
    }

    /** Starts a server, says where, and does nothing else. */
    static final class Starter {

        private Starter() {}

        public static void main(String[] arguments) throws Exception {
            Path directory = switch (Product.valueOf(arguments[0])) {
                case POSTGRESQL -> PostgresServer.start().directory();
                case MARIADB -> MariaDbServer.start().directory();
                case H2 -> throw new IllegalArgumentException("H2 runs in this JVM");
            };
            System.out.println(directory);
            new CountDownLatch(1).await();
        }
    }

    @ParameterizedTest
    @MethodSource("servers")
    void jvmIsKilled_serverEndsAndItsDirectoryGoes(Product product) throws Exception {
        Process starter = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Starter.class.getName(),
                        product.name())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        List<ProcessHandle> family;
        Path directory;
        try {
            String line = new BufferedReader(new InputStreamReader(starter.getInputStream(), StandardCharsets.UTF_8))
                    .readLine();
            assertThat(line).isNotNull();
            directory = Path.of(line);
            family = starter.descendants().toList();
            assertThat(directory).isDirectory();
            assertThat(family).as("the shell, and its server").hasSizeGreaterThanOrEqualTo(2);
        } finally {
            starter.destroyForcibly();
        }
        await().atMost(Duration.ofSeconds(30))
                .until(() -> family.stream().noneMatch(ProcessHandle::isAlive) && Files.notExists(directory));
    }
}
