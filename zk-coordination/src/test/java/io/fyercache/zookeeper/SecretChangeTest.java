package io.fyercache.zookeeper;

import static org.assertj.core.api.Assertions.assertThat;

import io.fyercache.sharded.node.CannotJoinException;
import io.fyercache.sharded.node.ClusterStatus;
import io.fyercache.sharded.transport.netty.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.cache.Cache;
import javax.cache.CacheManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cluster changes its secret as {@code docs/operations.md} says: process by process, and nobody is left outside. */
class SecretChangeTest extends OneServerTest {
    private static final int ENTRIES = 50;

    @TempDir
    private Path folder;

    private UriProcesses processes;

    /** Those that run, by name. */
    private final Map<String, CacheManager> running = new TreeMap<>();

    private String former;
    private String next;

    @BeforeEach
    void open() throws IOException {
        processes = new UriProcesses(settings.servers(), settings.chroot());
        former = file("the secret of this cluster");
        next = file("the secret of tomorrow's cluster");
    }

    @AfterEach
    void closeProcesses() {
        processes.close();
    }

    private String file(String secret) throws IOException {
        return Files.writeString(folder.resolve("secret-" + secret.length()), secret)
                .toString();
    }

    private void restart(String name, String role, String secrets) {
        CacheManager before = running.get(name);
        if (before != null) {
            before.close();
        }
        running.put(name, processes.open("name=" + name + "&role=" + role + "&" + secrets));
        LiveMembers.await(
                "two copies of everything",
                () -> running.values().stream()
                        .allMatch(each -> each.unwrap(ClusterStatus.class).fewestCopies() == 2));
    }

    private void assertAllIsThere(String toName) {
        Cache<String, Integer> cache = UriProcesses.numbers(running.get(toName));
        for (int i = 0; i < ENTRIES; i++) {
            assertThat(cache.get("key-" + i)).isEqualTo(i);
        }
        cache.close();
    }

    @Test
    void secretIsChangedInThreeRounds_nothingIsLost_andTheFormerOneIsWorthNothingThen() {
        running.put("one", processes.open("name=one&secretFile=" + former));
        restart("two", "member", "secretFile=" + former);
        restart("client", "client", "secretFile=" + former);
        Cache<String, Integer> numbers = UriProcesses.numbers(running.get("client"));
        for (int i = 0; i < ENTRIES; i++) {
            numbers.put("key-" + i, i);
        }
        numbers.close();

        for (String secrets : List.of(
                "secretFile=" + former + "&acceptedSecretFile=" + next,
                "secretFile=" + next + "&acceptedSecretFile=" + former,
                "secretFile=" + next)) {
            for (String name : List.of("one", "two", "client")) {
                restart(name, name.equals("client") ? "client" : "member", secrets);
                running.keySet().forEach(this::assertAllIsThere);
            }
        }

        running.values()
                .forEach(each -> assertThat(each.unwrap(ClusterStatus.class).refusedConnections())
                        .doesNotContainKey(Refusal.WRONG_SECRET));
        processes
                .assertRefused("name=late&role=client&secretFile=" + former)
                .isInstanceOf(CannotJoinException.class)
                .withMessageContaining("does not accept the secret of this process");
    }
}
