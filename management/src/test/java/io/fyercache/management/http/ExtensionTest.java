package io.fyercache.management.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fyercache.jcache.FyerCachingProvider;
import io.fyercache.management.Management;
import io.fyercache.management.access.AuditLog;
import io.fyercache.management.access.Role;
import io.fyercache.management.extension.Endpoint;
import io.fyercache.management.extension.Endpoint.Method;
import io.fyercache.management.extension.ManagementExtension;
import io.fyercache.testkit.log.LoggedLines;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.CacheManager;
import javax.cache.configuration.MutableConfiguration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Endpoints of an application's own, which are found where its class loader has them. */
class ExtensionTest {
    private static final String RATES = "/api/v1/extensions/rates/";

    @TempDir
    private Path folder;

    private final FyerCachingProvider provider = new FyerCachingProvider();

    @AfterEach
    void close() {
        provider.close();
    }

    /** An extension as an application has it: it uses the caches of the manager. */
    public static final class Rates implements ManagementExtension {
        @Override
        public String name() {
            return "rates";
        }

        @Override
        public List<Endpoint> endpoints(CacheManager manager) {
            Cache<String, Long> rates = manager.getCache("rates", String.class, Long.class);
            return List.of(
                    new Endpoint(
                            Method.GET,
                            "today",
                            Role.READ,
                            List.of("currency"),
                            "Shows a rate",
                            call -> Map.of("rate", rate(rates, call))),
                    new Endpoint(Method.POST, "today", Role.OPERATE, List.of(), "Takes a rate in", call -> {
                        Map<?, ?> sent = (Map<?, ?>) call.body();
                        rates.put((String) sent.get("currency"), ((Number) sent.get("rate")).longValue());
                        return Map.of("taken", true);
                    }),
                    new Endpoint(Method.GET, "state", Role.READ, List.of(), "Fails", call -> {
                        throw new IllegalStateException("the password is 4711");
                    }),
                    new Endpoint(Method.GET, "cache", Role.READ, List.of(), "Fails", call -> {
                        throw new CacheException("the password is 4711");
                    }));
        }

        private static long rate(Cache<String, Long> rates, Endpoint.Call call) {
            String currency = call.parameter("currency")
                    .orElseThrow(() -> new IllegalArgumentException("currency: none (expected: such as EUR)"));
            Long rate = rates.get(currency);
            return rate == null ? 0 : rate;
        }
    }

    /** Has a name, and nothing else. */
    private abstract static class Empty implements ManagementExtension {
        @Override
        public List<Endpoint> endpoints(CacheManager manager) {
            return List.of();
        }
    }

    /** Has a name that none may have. */
    public static final class Misnamed extends Empty {
        @Override
        public String name() {
            return "Rates!";
        }
    }

    /** Has a name that is another one's. */
    public static final class SameName extends Empty {
        @Override
        public String name() {
            return "rates";
        }
    }

    /** Says the same twice. */
    public static final class Repeating implements ManagementExtension {
        @Override
        public String name() {
            return "repeating";
        }

        @Override
        public List<Endpoint> endpoints(CacheManager manager) {
            Endpoint one = new Endpoint(Method.GET, "a", Role.READ, List.of(), "Shows a", call -> "a");
            return List.of(one, one);
        }
    }

    private CacheManager manager(Class<?>... extensions) throws IOException {
        Path services = folder.resolve("META-INF/services");
        Files.createDirectories(services);
        Files.write(
                services.resolve(ManagementExtension.class.getName()),
                List.of(extensions).stream().map(Class::getName).toList());
        ClassLoader loader = new URLClassLoader(
                new URL[] {folder.toUri().toURL()}, getClass().getClassLoader());
        CacheManager manager = provider.getCacheManager(provider.getDefaultURI(), loader);
        manager.createCache("rates", new MutableConfiguration<String, Long>().setTypes(String.class, Long.class));
        return manager;
    }

    private static Management start(CacheManager manager, Optional<Path> tokens) {
        return Management.start(manager, LocalProcess.settings(tokens));
    }

    @Test
    void endpoints_areAsked_asTheApiIs() throws Exception {
        try (Management management = start(manager(Rates.class), Optional.empty())) {
            Api api = Api.at(management.port());

            assertThat(api.send("POST", RATES + "today", "{\"currency\": \"EUR\", \"rate\": 3}")
                            .ok())
                    .containsEntry("taken", true);
            assertThat(api.get(RATES + "today?currency=EUR").ok()).containsEntry("rate", 3);
            assertThat(api.get(RATES + "today").problem(400))
                    .containsEntry("detail", "currency: none (expected: such as EUR)");
            api.get(RATES + "today?colour=red").problem(400);
            api.send("POST", RATES + "today", "{").problem(400);
            api.get(RATES + "tomorrow").problem(404);
        }
    }

    @Test
    void whatItThrows_isToldToTheLogAlone() throws Exception {
        try (Management management = start(manager(Rates.class), Optional.empty())) {
            for (String path : List.of("state", "cache")) {
                Api.Reply reply = Api.at(management.port()).get(RATES + path);

                reply.problem(500);
                assertThat(reply.text()).doesNotContain("4711");
            }
        }
    }

    @Test
    void endpoints_areForThoseWhoseRoleCoversThem_andChangesAreAudited() throws Exception {
        Path file = folder.resolve("tokens");
        try (LoggedLines log = LoggedLines.of(AuditLog.NAME);
                Management management = start(manager(Rates.class), Optional.of(file))) {
            Api nobody = Api.at(management.port());
            Map<String, String> tokens = AccessMatrixTest.tokens(file);

            nobody.get(RATES + "today?currency=EUR").problem(401);
            Api reader = nobody.with(tokens.get("read"));
            reader.get(RATES + "today?currency=EUR").ok();
            reader.send("POST", RATES + "today", "{\"currency\": \"EUR\", \"rate\": 3}")
                    .problem(403);
            nobody.with(tokens.get("operate"))
                    .send("POST", RATES + "today", "{\"currency\": \"EUR\", \"rate\": 3}")
                    .ok();

            assertThat(log.lines()).hasSize(2);
            assertThat(log.lines().get(1)).contains("Takes a rate in", "done");
        }
    }

    @Test
    void extensions_thatAreNotAsTheyMayBe_keepManagementFromStarting() throws Exception {
        CacheManager misnamed = manager(Misnamed.class);
        assertThatThrownBy(() -> start(misnamed, Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'Rates!' (expected: 1..32 of a-z, 0-9 and -");
        misnamed.close();
        CacheManager repeating = manager(Repeating.class);
        assertThatThrownBy(() -> start(repeating, Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'repeating': endpoint GET a twice");
        repeating.close();
        CacheManager twice = manager(Rates.class, SameName.class);
        assertThatThrownBy(() -> start(twice, Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("another one than those of other extensions");
        twice.close();
        CacheManager none = manager(ExtensionTest.class);
        assertThatThrownBy(() -> start(none, Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("public classes with a public constructor");
    }

    @Test
    void endpoint_thatIsNotAsItMayBe_isRefused() {
        assertThatThrownBy(() -> new Endpoint(Method.GET, "/a", Role.READ, List.of(), "Shows a", call -> "a"))
                .hasMessageContaining("'/a' (expected: 1..100 of a-z");
        assertThatThrownBy(() -> new Endpoint(Method.GET, "a/{b}", Role.READ, List.of(), "Shows a", call -> "a"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Endpoint(Method.POST, "a", Role.READ, List.of(), "Makes a", call -> "a"))
                .hasMessageContaining("read (expected: operate or write");
        assertThatThrownBy(() -> new Endpoint(Method.GET, "a", Role.READ, List.of(), " ", call -> "a"))
                .hasMessageContaining("summary of endpoint GET a: none");
    }
}
