package io.fyercache.management.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.fyercache.jcache.FyerCache;
import java.io.Serializable;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.cache.Cache;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.integration.CacheWriterException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EntriesTest {
    private final LocalProcess process = new LocalProcess();
    private final Api api = process.api();

    /** Of the user's, and may show itself. */
    record Price(BigDecimal amount, String currency, List<String> labels) implements Serializable {}

    /** Of the user's, and must not be made to talk. */
    static final class Talkative implements Serializable {
        private static final long serialVersionUID = 1L;

        @Override
        public String toString() {
            throw new AssertionError("nobody asks it");
        }
    }

    @AfterEach
    void end() {
        process.close();
    }

    private static String entry(String cache, String key) {
        return "/api/v1/caches/" + Api.encoded(cache) + "/entry?key=" + Api.encoded(key);
    }

    @Test
    void put_get_remove_areThoseOfTheCache() {
        Cache<String, Long> cache = process.cache("numbers", String.class, Long.class);

        api.send("PUT", entry("numbers", "a"), "7").ok();
        assertThat(cache.get("a")).isEqualTo(7L);
        assertThat(api.get(entry("numbers", "a")).ok())
                .isEqualTo(Map.of("key", "a", "type", "java.lang.Long", "value", 7));
        assertThat(api.get("/api/v1/caches/numbers/size").ok()).containsEntry("entries", 1);

        assertThat(api.send("DELETE", entry("numbers", "a"), null).ok()).containsEntry("removed", true);
        assertThat(api.send("DELETE", entry("numbers", "a"), null).ok()).containsEntry("removed", false);
        assertThat(api.get(entry("numbers", "a")).problem(404)).containsEntry("value", "a");
    }

    @Test
    void put_withTimeToLive_expires() {
        Cache<String, String> cache = process.cache("texts", String.class, String.class);

        api.send("PUT", entry("texts", "for long") + "&ttl=1h", "\"x\"").ok();
        api.send("PUT", entry("texts", "for a moment") + "&ttl=1ms", "\"x\"").ok();

        assertThat(cache.containsKey("for long")).isTrue();
        org.awaitility.Awaitility.await().until(() -> !cache.containsKey("for a moment"));
        assertThat(api.send("PUT", entry("texts", "k") + "&ttl=soon", "\"x\"").problem(400))
                .containsEntry("name", "ttl")
                .containsEntry("value", "soon");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a/b", "..", ".", "%2F", "a b+c&d=e#f?g", "ключ", "\\", ";x=1", "\u0000", ""})
    void key_mayBeAnyText(String key) {
        Cache<String, String> cache = process.cache("texts", String.class, String.class);

        api.send("PUT", entry("texts", key), "\"value\"").ok();

        assertThat(cache.get(key)).isEqualTo("value");
        assertThat(api.get(entry("texts", key)).ok()).containsEntry("key", key);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a/b", "java.util.List(java.lang.String)", "$x", "a b", "ключ", "%2F"})
    void cache_mayHaveAnyName(String name) {
        Cache<String, String> cache = process.cache(name, String.class, String.class);

        api.send("PUT", entry(name, "k"), "\"value\"").ok();

        assertThat(cache.get("k")).isEqualTo("value");
    }

    @Test
    void key_isOfTheTypeOfTheCachesKeys() {
        UUID id = UUID.randomUUID();
        process.cache("ids", UUID.class, String.class).put(id, "x");
        process.cache("numbers", Long.class, String.class).put(5L, "y");
        process.cache("own", Price.class, String.class);

        assertThat(api.get(entry("ids", id.toString())).ok()).containsEntry("value", "x");
        assertThat(api.get(entry("numbers", "5")).ok()).containsEntry("value", "y");
        assertThat(api.get(entry("numbers", "five")).problem(400))
                .containsEntry("value", "five")
                .containsEntry("expected", "the text of a Long");
        assertThat(api.get(entry("own", "x")).problem(422)).containsEntry("name", "key type");
    }

    @Test
    void value_isOfTheTypeOfTheCachesValues() {
        process.cache("longs", String.class, Long.class);
        process.cache("texts", String.class, String.class);
        process.cache("prices", String.class, Price.class);

        for (String wrong : List.of("\"7\"", "1.5", "true", "9223372036854775808", "null", "[1]", "{}")) {
            api.send("PUT", entry("longs", "k"), wrong).problem(422);
        }
        assertThat(api.send("PUT", entry("texts", "k"), "7").problem(422)).containsEntry("expected", "a String");
        assertThat(api.send("PUT", entry("prices", "k"), "{\"amount\": 1}").problem(422))
                .containsEntry("value", Price.class.getName());
    }

    @Test
    void value_thatIsARecord_orACollection_isShown() {
        Map<String, Object> nested = new LinkedHashMap<>(Map.of("list", new ArrayList<>(List.of(1, 2))));
        Cache<String, Object> cache = process.cache("any", String.class, Object.class);
        cache.put("price", new Price(new BigDecimal("1.50"), "EUR", List.of("new")));
        cache.put("nested", nested);

        assertThat(api.get(entry("any", "price")).ok().get("value"))
                .isEqualTo(Map.of("amount", new BigDecimal("1.50"), "currency", "EUR", "labels", List.of("new")));
        assertThat(api.get(entry("any", "nested")).ok().get("value")).isEqualTo(Map.of("list", List.of(1, 2)));
    }

    @Test
    void value_ofAClassOfTheUsers_isNotShown_norAskedForAnything() {
        process.cache("any", String.class, Object.class).put("k", new Talkative());

        Map<String, Object> shown = api.get(entry("any", "k")).ok();

        assertThat(shown).containsEntry("type", Talkative.class.getName()).doesNotContainKey("value");
        assertThat((String) shown.get("notShown")).contains(Talkative.class.getName());
    }

    @Test
    void value_thatIsTooLarge_isNotShown() {
        process.cache("any", String.class, Object.class).put("k", new int[10_001]);

        assertThat((String) api.get(entry("any", "k")).ok().get("notShown")).contains("10000 elements");
    }

    @Test
    void invalidate_byKeyByPrefixAndAll() {
        Cache<String, Long> cache = process.cache("numbers", String.class, Long.class);
        for (String key : List.of("a-1", "a-2", "b-1", "c")) {
            cache.put(key, 1L);
        }
        String path = "/api/v1/caches/numbers/invalidations";

        assertThat(api.send("POST", path, "{\"key\": \"c\"}").ok()).containsEntry("invalidated", 1);
        assertThat(cache.containsKey("c")).isFalse();
        assertThat(api.send("POST", path, "{\"prefix\": \"a-\"}").ok())
                .isEqualTo(Map.of("invalidated", 2, "lookedAt", 3, "complete", true));
        assertThat(cache.containsKey("a-1")).isFalse();
        assertThat(cache.containsKey("b-1")).isTrue();
        assertThat(api.send("POST", path, "{\"all\": true}").ok()).containsEntry("complete", true);
        assertThat(cache.iterator()).isExhausted();
        for (String wrong : List.of(
                "{\"prefix\": \"\"}", "{\"all\": false}", "{}", "[]", "{\"key\": 7}", "{\"key\":\"a\",\"all\":true}")) {
            api.send("POST", path, wrong).problem(400);
        }
        assertThat((String) api.send("POST", path, "{\"prefx\": \"a\"}")
                        .problem(400)
                        .get("expected"))
                .startsWith("perhaps prefix");
    }

    @Test
    void invalidate_byPrefix_beyondOneBatch_dropsAll_andOthersStay() {
        Cache<String, Long> cache = process.cache("numbers", String.class, Long.class);
        int many = 2 * ServerLimits.KEYS_AT_A_TIME + 1;
        for (int i = 0; i < many; i++) {
            cache.put("a-" + i, 1L);
            cache.put("b-" + i, 1L);
        }

        assertThat(api.send("POST", "/api/v1/caches/numbers/invalidations", "{\"prefix\": \"a-\"}")
                        .ok())
                .containsEntry("invalidated", many);
        assertThat(cache.unwrap(FyerCache.class).size()).isEqualTo(many);
    }

    @Test
    void writer_thatFails_isToldWithoutItsMessage() {
        process.manager()
                .createCache(
                        "written",
                        new MutableConfiguration<String, String>()
                                .setTypes(String.class, String.class)
                                .setWriteThrough(true)
                                .setCacheWriterFactory(FailingWriter::new));

        Api.Reply reply = api.send("PUT", entry("written", "k"), "\"v\"");

        reply.problem(502);
        assertThat(reply.text()).doesNotContain("jdbc:secret");
    }

    /** Says more than everybody should hear. */
    static final class FailingWriter implements javax.cache.integration.CacheWriter<String, String> {
        @Override
        public void write(Cache.Entry<? extends String, ? extends String> entry) {
            throw new CacheWriterException("jdbc:secret");
        }

        @Override
        public void writeAll(java.util.Collection<Cache.Entry<? extends String, ? extends String>> entries) {
            throw new CacheWriterException("jdbc:secret");
        }

        @Override
        public void delete(Object key) {}

        @Override
        public void deleteAll(java.util.Collection<?> keys) {}
    }

    // ---- what is not understood

    @Test
    void unknownThings_areNamed_withTheNearestKnownOne() {
        process.cache("numbers", String.class, Long.class);

        assertThat((String) api.get("/api/v1/caches/number").problem(404).get("expected"))
                .contains("numbers");
        assertThat((String) api.get("/api/v1/caches?limt=3").problem(400).get("expected"))
                .startsWith("perhaps limit");
        assertThat((String) api.get("/api/v1/nothing").problem(404).get("expected"))
                .contains("openapi.json");
        assertThat(api.get("/api/v1/caches?limit=0").problem(400)).containsEntry("expected", "a number, 1..1000");
        assertThat(api.get("/api/v1/caches?limit=1&limit=2").problem(400)).containsEntry("expected", "once");
        assertThat(api.get("/api/v1/caches/numbers/entry").problem(400)).containsEntry("name", "parameter key");
        api.send("DELETE", "/api/v1/caches", null).problem(405);
        api.get("/api/v1/members").problem(409);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "nul", "1 2", "{\"a\":1,\"a\":2}"})
    void bodyThatIsNoJson_isRefused(String body) {
        process.cache("any", String.class, Object.class);

        assertThat(api.send("PUT", entry("any", "k"), body).problem(400)).containsEntry("name", "body");
    }

    @Test
    void bodyThatIsTooDeep_isRefused() {
        process.cache("any", String.class, Object.class);

        api.send("PUT", entry("any", "k"), "[".repeat(100_000)).problem(400);
    }

    @Test
    void bodyThatIsTooLarge_isRefused_whateverLengthWasAnnounced() {
        process.cache("texts", String.class, String.class);
        byte[] large = ("\"" + "x".repeat(ServerLimits.MAX_BODY_BYTES) + "\"")
                .getBytes(java.nio.charset.StandardCharsets.UTF_8);
        HttpRequest.Builder unannounced = HttpRequest.newBuilder(URI.create(api.base() + entry("texts", "k")))
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(large)));

        api.send(unannounced).problem(413);
    }

    @Test
    void bodyOfAnotherType_isRefused() {
        process.cache("texts", String.class, String.class);

        assertThat(api.send(HttpRequest.newBuilder(URI.create(api.base() + entry("texts", "k")))
                                .header("Content-Type", "text/plain")
                                .PUT(BodyPublishers.ofString("\"x\"")))
                        .problem(400))
                .containsEntry("name", "Content-Type");
    }

    // ---- caches

    @Test
    void caches_haveSettingsAndStatistics_byPages() {
        Cache<String, Long> numbers = process.cache("numbers", String.class, Long.class);
        process.cache("others", String.class, String.class);
        numbers.put("a", 1L);
        numbers.get("a");
        numbers.get("b");

        Api.Reply first = api.get("/api/v1/caches?limit=1");
        assertThat(first.ok()).containsEntry("total", 2).containsEntry("next", 1);
        Api.Reply second = api.get("/api/v1/caches?limit=1&offset=1");
        assertThat(second.ok()).doesNotContainKey("next");
        assertThat(first.items())
                .singleElement()
                .satisfies(cache -> assertThat(cache).containsEntry("name", "numbers"));
        assertThat(second.items())
                .singleElement()
                .satisfies(cache -> assertThat(cache).containsEntry("name", "others"));

        Map<String, Object> cache = api.get("/api/v1/caches/numbers").ok();
        assertThat(cache).containsEntry("open", true);
        assertThat((Map<?, ?>) cache.get("settings")).isNotEmpty();
        assertThat(cache.get("settings").toString()).contains("valueType=java.lang.Long");
        assertThat(cache.get("statistics").toString()).contains("hits=1", "misses=1", "puts=1");
        assertThat(api.get("/api/v1/cluster").ok())
                .containsEntry("part", "local")
                .containsEntry("caches", 2);
    }
}
