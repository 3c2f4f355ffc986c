package io.fyercache.management.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.fyercache.configuration.FyerConfiguration;
import io.fyercache.jcache.FyerCache;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.cache.Cache;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.Duration;
import javax.cache.integration.CacheLoader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Caches of a process of its own are made and destroyed by HTTP; those of a cluster see {@link ClusterTest}. */
// Public, as whoever names a class of it in a file must be able to.
public class CachesTest {
    private static final String CACHES = "/api/v1/caches";

    @TempDir
    private Path folder;

    private LocalProcess process;
    private Api api;

    /** Of whoever runs the process: a request cannot name it. */
    public static final class Doubling implements CacheLoader<Long, Long> {
        @Override
        public Long load(Long key) {
            return 2 * key;
        }

        @Override
        public Map<Long, Long> loadAll(Iterable<? extends Long> keys) {
            throw new UnsupportedOperationException("nobody asks for several");
        }
    }

    @BeforeEach
    void begin() throws Exception {
        Path file = folder.resolve("fyercache.yaml");
        Files.writeString(file, """
                defaults: { maximumEntries: 1000 }
                caches:
                  "doubles.*":
                    keyType: java.lang.Long
                    valueType: java.lang.Long
                    readThrough: true
                    loader: %s
                """.formatted(Doubling.class.getName()));
        process = new LocalProcess(file);
        api = process.api();
    }

    @AfterEach
    void end() {
        process.close();
    }

    @SuppressWarnings("unchecked") // as JSON has them
    private static Map<String, Object> settings(Map<String, Object> cache) {
        return (Map<String, Object>) cache.get("settings");
    }

    @SuppressWarnings("unchecked") // as JSON has it
    private static Map<String, Object> cache(Map<String, Object> creation) {
        return (Map<String, Object>) creation.get("cache");
    }

    @SuppressWarnings("unchecked") // as JSON has them
    private static Stream<String> faults(Map<String, Object> problem) {
        return ((List<Map<String, Object>>) problem.get("faults")).stream().map(fault -> (String) fault.get("name"));
    }

    // ---- making

    @Test
    void create_bySettings_isTheCacheThatTheySay_andInheritsTheRest() {
        Map<String, Object> made = api.send("POST", CACHES, """
                        {"name": "orders/eu", "settings": {"keyType": "java.lang.Long", "valueType": "java.lang.String",
                         "expiry": {"created": "10m"}, "statistics": true}}
                        """).created();

        assertThat(made).containsEntry("created", true);
        assertThat(settings(cache(made)))
                .containsEntry("maximumEntries", "1000")
                .containsEntry("statistics", "true");
        Cache<Long, String> cache = process.manager().getCache("orders/eu", Long.class, String.class);
        @SuppressWarnings("unchecked") // a class literal has no type arguments
        FyerConfiguration<?, ?> configuration = cache.getConfiguration(FyerConfiguration.class);
        assertThat(configuration.maximumEntries()).hasValue(1_000);
        assertThat(configuration.getExpiryPolicyFactory())
                .isEqualTo(CreatedExpiryPolicy.factoryOf(Duration.TEN_MINUTES));
        api.send("PUT", CACHES + "/orders%2Feu/entry?key=7", "\"x\"").ok();
        assertThat(cache.get(7L)).isEqualTo("x");
    }

    @Test
    void create_byAPattern_hasItsLoader() {
        Map<String, Object> made = api.send(
                        "POST", CACHES, "{\"name\": \"doubles.eu\", \"settings\": {\"maximumEntries\": 5}}")
                .created();

        assertThat(settings(cache(made))).containsEntry("maximumEntries", "5");
        assertThat(process.manager().getCache("doubles.eu").get(21L)).isEqualTo(42L);
    }

    @Test
    void create_onceMore_saysThatItIsThere_andKeepsItsEntries() {
        String wish = "{\"name\": \"orders\", \"settings\": {\"maximumEntries\": 7}}";
        api.send("POST", CACHES, wish).created();
        process.manager().getCache("orders").put("k", "v");

        assertThat(api.send("POST", CACHES, wish).ok()).containsEntry("created", false);

        assertThat(process.manager().getCache("orders").get("k")).isEqualTo("v");
    }

    @Test
    void create_ofAnotherOne_isRefused_andNamesWhatDiffers() {
        api.send("POST", CACHES, "{\"name\": \"orders\", \"settings\": {\"maximumEntries\": 7}}")
                .created();

        Map<String, Object> problem = api.send(
                        "POST",
                        CACHES,
                        "{\"name\": \"orders\", \"settings\": {\"maximumEntries\": 8, \"statistics\": true}}")
                .problem(409);

        assertThat((String) problem.get("detail"))
                .contains("maximumEntries: 7 there, 8 here", "statistics: false there, true here");
    }

    @Test
    void create_withFaults_tellsAllOfThem_andMakesNothing() {
        Map<String, Object> problem = api.send("POST", CACHES, """
                        {"name": "orders", "settings": {"maximunEntries": 7, "readThrough": true, "expiry": {"created": "soon"},
                         "valueType": "java.net.URL", "load": {"refreshAhead": 2},
                         "writer": "com.acme.Writer", "listeners": [{"class": "com.acme.Listener"}]}}
                        """).problem(422);

        assertThat(faults(problem))
                .containsExactlyInAnyOrder(
                        "maximunEntries",
                        "readThrough",
                        "expiry.created",
                        "valueType",
                        "load.refreshAhead",
                        "writer",
                        "listeners[0].class");
        assertThat((String) problem.get("detail")).contains("did you mean maximumEntries?");
        assertThat(process.manager().getCacheNames()).isEmpty();
    }

    @Test
    void create_namingAClassOfUserCode_isRefused_andSaysWhereToNameIt() {
        Map<String, Object> problem = api.send(
                        "POST",
                        CACHES,
                        "{\"name\": \"mine\", \"settings\": {\"readThrough\": true, \"loader\": \"%s\"}}"
                                .formatted(Doubling.class.getName()))
                .problem(422);

        assertThat(faults(problem)).containsExactly("loader");
        assertThat((String) problem.get("detail")).contains("configuration file");
    }

    @Test
    void create_withAPlaceholder_isNotFilledInFromTheEnvironment() {
        Map<String, Object> problem = api.send(
                        "POST", CACHES, "{\"name\": \"mine\", \"settings\": {\"maximumEntries\": \"${PATH}\"}}")
                .problem(422);

        assertThat(faults(problem)).containsExactly("maximumEntries");
        assertThat((String) problem.get("detail")).doesNotContain(System.getenv("PATH"));
    }

    @Test
    void create_thatTheProcessCannotHave_isRefused() {
        Map<String, Object> problem = api.send(
                        "POST", CACHES, "{\"name\": \"mine\", \"settings\": {\"topology\": \"replicated\"}}")
                .problem(422);

        assertThat((String) problem.get("detail")).contains("topology: replicated");
        api.send("POST", CACHES, "{\"settings\": {}}").problem(400);
        api.send("POST", CACHES, "{\"name\": \"mine\", \"setings\": {}}").problem(400);
        api.send("POST", CACHES, "{\"name\": \"mine\", \"settings\": [7]}").problem(422);
        assertThat(process.manager().getCacheNames()).isEmpty();
    }

    // ---- changing

    @Test
    void change_isInForceAtOnce_andTold() {
        api.send("POST", CACHES, "{\"name\": \"orders\", \"settings\": {\"maximumEntries\": 7}}")
                .created();

        Map<String, Object> changed = api.send(
                        "PATCH",
                        CACHES + "/orders",
                        "{\"maximumEntries\": 3, \"statistics\": true, \"expiry\": {\"created\": \"1h\"}}")
                .ok();

        assertThat(settings(changed))
                .containsEntry("maximumEntries", "3")
                .containsEntry("statistics", "true")
                .containsEntry("expiry", "{ created: 1h }");
        Cache<Object, Object> cache = process.manager().getCache("orders");
        for (int i = 0; i < 100; i++) {
            cache.put("k" + i, "v");
        }
        assertThat(cache.unwrap(FyerCache.class).size()).isEqualTo(3);
        api.send("PATCH", CACHES + "/orders", "{\"maximumEntries\": 5}").ok();
        assertThat(api.get(CACHES + "/orders").ok().get("settings").toString())
                .contains("maximumEntries=5", "statistics=true");
    }

    @Test
    void change_ofWhatCannotChange_isRefused_withAllFaults_andChangesNothing() {
        api.send("POST", CACHES, "{\"name\": \"orders\", \"settings\": {\"maximumEntries\": 7}}")
                .created();

        Map<String, Object> problem = api.send(
                        "PATCH",
                        CACHES + "/orders",
                        "{\"topology\": \"replicated\", \"maximumEntries\": -1, \"writeThrough\": true}")
                .problem(422);

        assertThat(faults(problem)).containsExactlyInAnyOrder("topology", "maximumEntries", "writeThrough");
        assertThat((String) problem.get("detail")).contains("destroy the cache and define it anew");
        assertThat(faults(api.send("PATCH", CACHES + "/orders", "{\"maximumWeight\": 5}")
                        .problem(422)))
                .containsExactly("maximumWeight");
        assertThat(settings(api.get(CACHES + "/orders").ok())).containsEntry("maximumEntries", "7");
        api.send("PATCH", CACHES + "/none", "{\"maximumEntries\": 5}").problem(404);
        api.send("PATCH", CACHES + "/orders", "[]").problem(400);
    }

    // ---- destroying

    @Test
    void destroy_takesTheCacheAway_ifTheNameIsSaidOnceMore() {
        Cache<Object, Object> cache = process.manager()
                .createCache("orders", FyerConfiguration.builder().build());
        cache.put("k", "v");

        assertThat(api.send("DELETE", CACHES + "/orders", null).problem(400))
                .containsEntry("name", "parameter confirm");
        assertThat(api.send("DELETE", CACHES + "/orders?confirm=order", null).problem(400))
                .containsEntry("name", "confirm");
        assertThat(cache.unwrap(FyerCache.class).size()).isEqualTo(1);

        assertThat(api.send("DELETE", CACHES + "/orders?confirm=orders", null).ok())
                .containsEntry("destroyed", "orders");
        assertThat(cache.isClosed()).isTrue();
        api.send("DELETE", CACHES + "/orders?confirm=orders", null).problem(404);
    }
}
