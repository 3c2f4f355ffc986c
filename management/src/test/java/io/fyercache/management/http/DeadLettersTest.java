package io.fyercache.management.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.fyercache.configuration.FyerConfiguration;
import io.fyercache.configuration.WriteBehindOptions;
import io.fyercache.jcache.FyerCache;
import io.fyercache.jcache.WriteBehind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.cache.Cache;
import javax.cache.configuration.FactoryBuilder;
import javax.cache.integration.CacheWriter;
import javax.cache.integration.CacheWriterException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Changes that were given up, by HTTP; those of a cluster see {@link ClusterTest}. */
public class DeadLettersTest {
    private static final String LETTERS = "/api/v1/caches/people/dead-letters";
    private static final Map<Object, Object> TABLE = new ConcurrentHashMap<>();
    private static final Set<Object> REFUSED = ConcurrentHashMap.newKeySet();

    @TempDir
    private Path folder;

    private LocalProcess process;
    private Path tokens;
    private WriteBehind<String, String> behind;

    /** Over {@link #TABLE}, which refuses some keys. */
    public static final class Writer implements CacheWriter<String, String> {
        @Override
        public void write(Cache.Entry<? extends String, ? extends String> entry) {
            check(entry.getKey());
            TABLE.put(entry.getKey(), entry.getValue());
        }

        @Override
        public void writeAll(Collection<Cache.Entry<? extends String, ? extends String>> entries) {
            for (var all = entries.iterator(); all.hasNext(); all.remove()) {
                write(all.next());
            }
        }

        @Override
        public void delete(Object key) {
            check(key);
            TABLE.remove(key);
        }

        @Override
        public void deleteAll(Collection<?> keys) {
            for (var all = keys.iterator(); all.hasNext(); all.remove()) {
                delete(all.next());
            }
        }

        private static void check(Object key) {
            if (REFUSED.contains(key)) {
                throw new CacheWriterException("password=secret");
            }
        }
    }

    /** Refuses some keys from now on, and has nothing written yet. */
    static void refuse(String... keys) {
        TABLE.clear();
        REFUSED.clear();
        REFUSED.addAll(List.of(keys));
    }

    /** A cache over {@link Writer}, which tries once. */
    static FyerConfiguration<String, String> configuration() {
        return FyerConfiguration.builder(String.class, String.class)
                .writeThrough(true)
                .writer(FactoryBuilder.factoryOf(Writer.class))
                .writeBehind(WriteBehindOptions.after(Duration.ZERO).withAttempts(1))
                .build();
    }

    static Object written(String key) {
        return TABLE.get(key);
    }

    @BeforeEach
    @SuppressWarnings("unchecked") // a class literal has no type arguments
    void begin() {
        refuse("a", "b");
        tokens = folder.resolve("tokens");
        process = new LocalProcess(Optional.of(tokens));
        FyerCache<String, String> cache =
                process.manager().createCache("people", configuration()).unwrap(FyerCache.class);
        behind = cache.writeBehind().orElseThrow();
        cache.put("a", "Ada");
        Awaitility.await().until(() -> behind.deadLetterCount() == 1);
        cache.remove("b");
        Awaitility.await().until(() -> behind.deadLetterCount() == 2);
    }

    @AfterEach
    void end() {
        behind.discard(Set.of("a", "b"));
        process.close();
    }

    private Api as(String role) throws Exception {
        return Files.readAllLines(tokens).stream()
                .filter(line -> line.startsWith(role + " "))
                .map(line -> process.api().with(line.split(" ", -1)[2]))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void list_showsWhatTheRoleCovers() throws Exception {
        assertThat(as("read").get(LETTERS).items())
                .containsExactly(
                        Map.of("change", "write", "attempts", 1, "failure", CacheWriterException.class.getName()),
                        Map.of("change", "delete", "attempts", 1, "failure", CacheWriterException.class.getName()));
        assertThat(as("operate").get(LETTERS).items())
                .extracting(letter -> letter.get("key"))
                .containsExactly("a", "b");
        as("operate").get(LETTERS + "?values=true").problem(403);
        List<Map<String, Object>> all =
                as("write").get(LETTERS + "?values=true").items();
        assertThat(all.get(0)).containsEntry("key", "a").containsEntry("value", "Ada");
        assertThat(all.get(0).get("failure").toString()).contains("password=secret");
        assertThat(all.get(1)).doesNotContainKey("value");
        Api.Reply page = as("operate").get(LETTERS + "?offset=1&limit=1");
        assertThat(page.ok()).containsEntry("total", 2);
        assertThat(page.items()).extracting(letter -> letter.get("key")).containsExactly("b");
    }

    @Test
    void replay_writesOnceMore_whatIsNamed() throws Exception {
        REFUSED.clear();

        assertThat(as("operate")
                        .send("POST", LETTERS + "/replays", "{\"keys\": [\"a\", \"none\"]}")
                        .ok())
                .containsEntry("replayed", 1);

        Awaitility.await().until(() -> "Ada".equals(TABLE.get("a")));
        assertThat(behind.deadLetterCount()).isEqualTo(1);
        assertThat(as("operate")
                        .send("POST", LETTERS + "/replays", "{\"all\": true}")
                        .ok())
                .containsEntry("replayed", 1);
        Awaitility.await().until(() -> behind.deadLetterCount() == 0 && behind.depth() == 0);
    }

    @Test
    void discard_dropsThem_ifTheRoleCoversThat() throws Exception {
        as("operate").send("POST", LETTERS + "/discards", "{\"all\": true}").problem(403);
        assertThat(behind.deadLetterCount()).isEqualTo(2);

        assertThat(as("write")
                        .send("POST", LETTERS + "/discards", "{\"all\": true}")
                        .ok())
                .containsEntry("discarded", 2);

        assertThat(behind.deadLetterCount()).isZero();
    }

    @Test
    void whatIsNotUnderstood_isRefused() throws Exception {
        Api api = as("write");
        for (String body : List.of("{}", "{\"keys\": \"a\"}", "{\"all\": false}", "[]", "{\"keys\": [1]}")) {
            api.send("POST", LETTERS + "/replays", body).problem(400);
        }
        api.get(LETTERS + "?values=perhaps").problem(400);
        process.cache("plain", String.class, String.class);
        assertThat(api.get("/api/v1/caches/plain/dead-letters").problem(409)).containsEntry("value", "plain");
        api.get("/api/v1/caches/none/dead-letters").problem(404);
    }

    @Test
    void answers_areAsTheDocumentSays() throws Exception {
        Map<String, Object> document = as("read").get("/api/v1/openapi.json").ok();
        java.util.ArrayList<String> checked = new java.util.ArrayList<>();
        Api.Reply page = as("write").get(LETTERS + "?values=true");
        OpenApiTest.check(document, "DeadLetterPage", page.ok(), checked);
        OpenApiTest.check(document, "DeadLetter", page.items().get(0), checked);
        OpenApiTest.check(
                document,
                "Replay",
                as("write").send("POST", LETTERS + "/replays", "{\"keys\": []}").ok(),
                checked);
        OpenApiTest.check(
                document,
                "Discard",
                as("write")
                        .send("POST", LETTERS + "/discards", "{\"all\": true}")
                        .ok(),
                checked);
        assertThat(checked).hasSize(4);
    }
}
