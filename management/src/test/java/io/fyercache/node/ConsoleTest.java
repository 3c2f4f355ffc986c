package io.fyercache.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.fyercache.configuration.FyerConfiguration;
import io.fyercache.core.time.ManualClock;
import io.fyercache.jcache.FyerCachingProvider;
import io.fyercache.management.Exposure;
import io.fyercache.management.Management;
import io.fyercache.management.ManagementSettings;
import io.fyercache.management.access.AuditLog;
import io.fyercache.management.access.Authorizer;
import io.fyercache.management.access.TokenFile;
import io.fyercache.management.drain.Drain;
import io.fyercache.management.health.Health;
import io.fyercache.management.history.History;
import io.fyercache.management.http.ApiRoutes;
import io.fyercache.management.http.ApiServer;
import io.fyercache.management.http.ConsoleRoutes;
import io.fyercache.management.http.Route;
import io.fyercache.management.metrics.Metrics;
import io.fyercache.management.report.ManagedProcess;
import io.fyercache.sharded.topology.PartitionLayout;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.configuration.MutableConfiguration;
import org.apache.curator.test.TestingServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** The console in a real browser; of members that are killed in processes of their own, otherwise of this one. */
@Tag("browser")
class ConsoleTest {
    private static final int SPREAD = 128;
    private static final int PARTITIONS = PartitionLayout.with(SPREAD).count();

    /** As many as the map is for. */
    private static final int MANY_PARTITIONS = PartitionLayout.STANDARD.count();

    /** The machine that builds may be busy. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /** Often enough, and the page gets on with its own work. */
    private static final Duration POLL = Duration.ofMillis(250);

    /** More than the page has to be reached by Tab. */
    private static final int MANY_TABS = 60;

    private static final String FOCUSABLE = "return [...document.querySelectorAll("
            + "'a[href], button, input, select, summary, [tabindex=\"0\"]')]"
            + ".filter(each => each.checkVisibility() && !each.matches(':disabled'))";

    @TempDir
    private static Path folder;

    private static Chromium browser;
    private static TestingServer zooKeeper;

    /** The caches of the only member of a cluster with as many partitions as the map is for. */
    private static CacheManager large;

    private static Management alone;

    private static final FyerCachingProvider ofAlone = new FyerCachingProvider();

    private final FyerCachingProvider provider = new FyerCachingProvider();
    private final CacheManager manager = provider.getCacheManager();
    private final List<AutoCloseable> processes = new ArrayList<>();

    @BeforeAll
    static void begin() throws Exception {
        browser = Chromium.start();
        zooKeeper = new TestingServer();
        large = ofAlone.getCacheManager(
                URI.create(uri("large") + "?partitions=" + PartitionLayout.STANDARD.spread()),
                ConsoleTest.class.getClassLoader());
        large.createCache("numbers", new MutableConfiguration<String, Long>().setTypes(String.class, Long.class));
        alone = Management.start(large, new ManagementSettings(loopback(), Optional.empty(), Exposure.LOOPBACK_ONLY));
    }

    @AfterAll
    static void end() throws Exception {
        // Whatever could be started.
        for (AutoCloseable each : Stream.of(browser, alone, ofAlone, zooKeeper)
                .filter(Objects::nonNull)
                .toList()) {
            each.close();
        }
    }

    @AfterEach
    void nothingIsComplainedOf() throws Exception {
        List<String> complaints = browser.complaints();
        // Before the process ends that the page asks.
        browser.open("about:blank");
        for (AutoCloseable each : processes) {
            each.close();
        }
        provider.close();
        assertThat(complaints).isEmpty();
    }

    private <T extends AutoCloseable> T untilTheEnd(T process) {
        processes.add(process);
        return process;
    }

    private static String uri(String cluster) {
        return "zk://" + zooKeeper.getConnectString() + "/" + cluster;
    }

    private static NodeProcess member(String name) {
        return NodeProcess.run(
                "--cluster", uri("orders") + "?name=" + name + "&connectTimeout=1s&partitions=" + SPREAD);
    }

    private Management manage(Optional<Path> tokens) {
        return untilTheEnd(
                Management.start(manager, new ManagementSettings(loopback(), tokens, Exposure.LOOPBACK_ONLY)));
    }

    private static InetSocketAddress loopback() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    private static String url(int port) {
        return "http://127.0.0.1:" + port + "/";
    }

    private <V> Cache<String, V> cache(String name, Class<V> values) {
        return manager.createCache(
                name,
                new MutableConfiguration<String, V>()
                        .setTypes(String.class, values)
                        .setStatisticsEnabled(true));
    }

    private static void await(String what, Callable<Boolean> condition) {
        Awaitility.await(what).atMost(PATIENCE).pollInterval(POLL).until(condition);
    }

    private static void awaitText(String id, String text) {
        Awaitility.await(id)
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(browser.text(id)).contains(text));
    }

    // ---- the cluster

    private static String wordsOf(int partition) {
        return browser.find("partition-" + partition).getAttribute("aria-label");
    }

    private static long cellsSaying(String pattern) {
        return (long) browser.run(
                "return [...document.querySelectorAll('[role=gridcell]')]"
                        + ".filter(cell => new RegExp(arguments[0]).test(cell.getAttribute('aria-label'))).length",
                pattern);
    }

    private static void awaitCells(String pattern) {
        Awaitility.await()
                .atMost(PATIENCE)
                .pollInterval(POLL)
                .untilAsserted(() -> assertThat(cellsSaying(pattern))
                        .as("%s: %s, %s", pattern, wordsOf(0), browser.text("contact"))
                        .isEqualTo(PARTITIONS));
    }

    @Test
    void map_followsARebalance_andATakeover_withoutBeingLoadedAgain() throws Exception {
        browser.hosts();
        NodeProcess one = untilTheEnd(member("one"));
        browser.open(one.url());
        awaitText("partition-summary", "All of 192 partitions have their copies where they should be.");
        assertThat(cellsSaying("primary A one, backups none")).isEqualTo(PARTITIONS);
        browser.run(
                "window.seen = [];"
                        + "new MutationObserver(changes => changes.forEach(each => seen.push(each.target.getAttribute('aria-label'))))"
                        + ".observe(document.getElementById('partition-cells'), {subtree: true, attributeFilter: ['aria-label']});");
        try (NodeProcess two = member("two")) {
            // Whatever letter it has: on a busy machine it may have to join a second time.
            awaitCells("primary (A one, backups . two|. two, backups A one)");
            awaitText("partition-summary", "All of 192 partitions have their copies where they should be.");

            assertThat(cellsSaying("primary . two")).isBetween(PARTITIONS / 3L, PARTITIONS * 2L / 3);
            assertThat((List<?>) browser.run("return seen.filter(words => words.endsWith(', moving'))"))
                    .as("cells that moved before the eyes of who looks")
                    .isNotEmpty();
            assertThat(browser.text("members")).contains("A one (this one)", " two");
            assertThat(browser.text("figures")).contains("of the whole cluster, lately");
            assertThat(browser.text("entry-remark")).contains("There is no cache");
            browser.picture("console-cluster");

            two.kill();
            awaitCells("primary A one");
        }
        awaitText("member-count", "1 member");
        awaitText("events", "backups have taken over");
        assertThat((long) browser.run("return seen.length"))
                .as("the page is the same one")
                .isPositive();
        assertThat(browser.hosts()).containsExactly(one.url().substring("http://".length()));
    }

    @Test
    void everything_isReachedByKeyboard() {
        browser.open(url(alone.port()));
        awaitText("partition-summary", "All of 1,088 partitions");
        await("the cache", () -> browser.find("entry-key").isEnabled());
        await(
                "charts",
                () -> !browser.find("charts").findElements(By.tagName("canvas")).isEmpty());
        @SuppressWarnings("unchecked") // of elements
        List<WebElement> expected = (List<WebElement>) browser.run(FOCUSABLE);

        List<WebElement> reached = browser.tabThrough(MANY_TABS);

        assertThat(reached).containsExactlyElementsOf(expected).hasSizeGreaterThan(15);

        browser.run("document.querySelector('[role=gridcell][tabindex=\"0\"]').focus()");
        browser.press(Keys.HOME);
        browser.press(Keys.ARROW_DOWN);
        browser.press(Keys.ARROW_RIGHT);
        assertThat(browser.focused().getAttribute("id")).isEqualTo("partition-33");
        assertThat(browser.text("partition-holders")).contains("33, version");
        browser.press(Keys.PAGE_DOWN);
        assertThat(browser.focused().getAttribute("id")).isEqualTo("partition-" + (MANY_PARTITIONS - 1));
        browser.press(Keys.ARROW_RIGHT);
        assertThat(browser.focused().getAttribute("id")).isEqualTo("partition-" + (MANY_PARTITIONS - 1));
        assertThat(wordsOf(MANY_PARTITIONS - 1)).startsWith("Partition 1087, of replicated caches: primary A ");
    }

    @Test
    void page_hasNoFaultsForWhoCannotSeeIt_lightOrDark() throws Exception {
        browser.open(url(alone.port()));
        awaitText("partition-summary", "All of 1,088 partitions");
        try (InputStream axe =
                ConsoleTest.class.getResourceAsStream("/META-INF/resources/webjars/axe-core/4.6.3/axe.min.js")) {
            browser.run(new String(axe.readAllBytes(), StandardCharsets.UTF_8));
        }
        assertThat(faults("{}")).isEmpty();
        browser.run("document.querySelectorAll('#all-caches details').forEach(each => each.open = true)");
        browser.choose("make-topology", "invalidated");
        browser.choose("make-expiry", "created");
        assertThat(faults("{}")).as("with all forms").isEmpty();
        browser.prefer("dark");
        assertThat(faults("{runOnly: ['color-contrast']}")).isEmpty();
        browser.prefer("light");
    }

    private static List<?> faults(String options) {
        return (List<?>) browser.runAsync("const done = arguments[arguments.length - 1];"
                + "axe.run(" + options + ").then(result => done(result.violations.map("
                + "each => each.id + ': ' + each.nodes.slice(0, 3).map(node => node.html).join('; '))))");
    }

    // ---- who may see it

    @Test
    void withoutAToken_nothingIsShown_andTheTokenIsKeptForTheTabAlone() throws Exception {
        cache("numbers", Long.class);
        Path tokens = folder.resolve("tokens");
        Management management = manage(Optional.of(tokens));
        browser.open(url(management.port()));
        awaitText("sign-in", "Token");
        assertThat(browser.focused().getAttribute("id")).isEqualTo("token");
        assertThat(browser.find("content").isDisplayed()).isFalse();

        browser.press("not-a-token-of-this-process", Keys.ENTER);
        awaitText("sign-in-remark", "unknown token");
        assertThat(browser.text("sign-in-remark")).doesNotContain("not-a-token");

        String token = TokenFile.lastToken(tokens);
        browser.find("token").sendKeys(token, Keys.ENTER);
        awaitText("figures", "Operations per second");
        assertThat(browser.focused().getAttribute("id")).isEqualTo("heading");
        assertThat(browser.address()).isEqualTo(url(management.port()));
        assertThat((String) browser.run(
                        "return document.documentElement.outerHTML + document.cookie + JSON.stringify(localStorage)"))
                .doesNotContain(token);

        browser.reload();
        awaitText("figures", "Operations per second");
        browser.find("sign-out").click();
        awaitText("sign-in", "Token");
        assertThat((long) browser.run("return sessionStorage.length")).isZero();
        // A browser notes each answer that is no success; all else would be a fault.
        assertThat(browser.complaints()).isNotEmpty().allMatch(each -> each.contains("401"));
    }

    @Test
    void roleThatDoesNotCoverIt_isTold() throws Exception {
        cache("numbers", Long.class).put("k", 1L);
        Path tokens = folder.resolve("tokens-of-roles");
        Management management = manage(Optional.of(tokens));
        String reader = Files.readAllLines(tokens).stream()
                .filter(line -> line.startsWith("read "))
                .findFirst()
                .orElseThrow()
                .split(" ", -1)[2];
        browser.open(url(management.port()));
        awaitText("sign-in", "Token");
        browser.find("token").sendKeys(reader, Keys.ENTER);
        await(
                "the cache",
                () -> browser.find("entry-key").isDisplayed()
                        && browser.find("entry-key").isEnabled());

        browser.find("entry-key").sendKeys("k");
        browser.find("invalidate").click();
        browser.find("confirm").click();

        awaitText("entry-outcome", "Not done: role of 'reader': read (expected: operate)");
        assertThat(manager.getCache("numbers").containsKey("k")).isTrue();
        assertThat(browser.complaints()).isNotEmpty().allMatch(each -> each.contains("401") || each.contains("403"));
    }

    // ---- entries

    @Test
    void entry_isLookedUpAsItIs_andInvalidatedAfterAQuestion() {
        Cache<String, String> texts = cache("texts", String.class);
        texts.put("a/1 ?&#", "<img src=x onerror='document.title=1'>");
        Cache<String, Long> numbers = cache("numbers", Long.class);
        numbers.put("large", Long.MAX_VALUE);
        numbers.put("small", 1L);
        Management management = manage(Optional.empty());
        browser.open(url(management.port()));
        await(
                "the caches",
                () -> browser.find("entry-key").isDisplayed()
                        && browser.find("entry-key").isEnabled());

        browser.choose("entry-cache", "texts");
        browser.find("entry-key").sendKeys("a/1 ?&#", Keys.ENTER);
        awaitText("entry-outcome", "Found, of type java.lang.String");
        assertThat(browser.text("entry-value")).isEqualTo("\"<img src=x onerror='document.title=1'>\"");
        assertThat((long) browser.run("return document.images.length")).isZero();

        browser.choose("entry-cache", "numbers");
        browser.find("entry-key").clear();
        browser.find("entry-key").sendKeys("large", Keys.ENTER);
        awaitText("entry-outcome", "Found, of type java.lang.Long");
        assertThat(browser.text("entry-value")).isEqualTo(Long.toString(Long.MAX_VALUE));

        browser.find("invalidate").sendKeys(Keys.ENTER);
        awaitText("confirmation-text", "Drop the entry of key “large” of cache “numbers”?");
        assertThat(browser.focused().getAttribute("id")).isEqualTo("refuse");
        browser.press(Keys.ENTER);
        assertThat(numbers.containsKey("large")).isTrue();
        assertThat(browser.focused().getAttribute("id")).isEqualTo("invalidate");
        browser.press(Keys.ENTER);
        browser.press(Keys.TAB);
        browser.press(Keys.ENTER);
        awaitText("entry-outcome", "1 entry was dropped.");
        assertThat(numbers.containsKey("large")).isFalse();
        assertThat(numbers.containsKey("small")).isTrue();
        assertThat(texts.containsKey("a/1 ?&#")).isTrue();
    }

    // ---- caches

    @SuppressWarnings("unchecked") // a class literal has no type arguments
    private static FyerConfiguration<?, ?> configurationOf(CacheManager manager, String name) {
        return manager.getCache(name).getConfiguration(FyerConfiguration.class);
    }

    private static void openForm(String id) {
        browser.run("document.querySelector('#" + id + " summary').focus()");
        browser.press(Keys.ENTER);
        await(
                id,
                () -> browser.find(id + "-outcome").isDisplayed()
                        || browser.find(id + "-form").isDisplayed());
    }

    @Test
    void cache_isMade_changed_andDestroyedAfterItsNameWasTyped_byKeyboardAlone() {
        Management management = manage(Optional.empty());
        browser.open(url(management.port()));
        await("the page", () -> browser.find("content").isDisplayed());

        openForm("make");
        browser.press(Keys.TAB);
        assertThat(browser.focused().getAttribute("id")).isEqualTo("make-name");
        browser.press("orders/eu");
        browser.find("make-key-type").sendKeys("java.lang.Long");
        browser.find("make-maximum").sendKeys("100");
        browser.choose("make-expiry", "created");
        browser.find("make-expiry-time").sendKeys("10m", Keys.ENTER);
        awaitText("make-outcome", "Cache “orders/eu” is made.");
        FyerConfiguration<?, ?> made = configurationOf(manager, "orders/eu");
        assertThat(made.getKeyType()).isEqualTo(Long.class);
        assertThat(made.maximumEntries()).hasValue(100);
        assertThat(made.texts()).containsEntry("expiry", "{ created: 10m }");
        awaitText("caches", "orders/eu");

        openForm("change");
        browser.choose("change-statistics", "on");
        browser.find("change-maximum").sendKeys("50", Keys.ENTER);
        awaitText("change-outcome", "Cache “orders/eu” is changed.");
        made = configurationOf(manager, "orders/eu");
        assertThat(made.maximumEntries()).hasValue(50);
        assertThat(made.isStatisticsEnabled()).isTrue();

        browser.find("destroy").sendKeys(Keys.ENTER);
        awaitText("destruction-text", "Destroy cache “orders/eu”");
        assertThat(browser.focused().getAttribute("id")).isEqualTo("destroy-confirm");
        browser.press("orders", Keys.ENTER);
        awaitText("destroy-confirm-fault", "orders (expected: the name of the cache, 'orders/eu')");
        assertThat(manager.getCacheNames()).containsExactly("orders/eu");
        browser.press(Keys.ESCAPE);
        assertThat(browser.find("destruction").isDisplayed()).isFalse();
        assertThat(browser.focused().getAttribute("id")).isEqualTo("destroy");

        browser.press(Keys.ENTER);
        awaitText("destruction-text", "Destroy cache “orders/eu”");
        browser.press("orders/eu", Keys.ENTER);
        awaitText("change-outcome", "Cache “orders/eu” is destroyed.");
        assertThat(manager.getCacheNames()).isEmpty();
        await(
                "that nothing is left to change",
                () -> !browser.find("change-maximum").isEnabled());
        // A browser notes each answer that is no success; all else would be a fault.
        assertThat(browser.complaints()).allMatch(each -> each.contains("400"));
    }

    @Test
    void cacheOfTheTopologyInvalidated_isMade_withWhatGoesWithIt_andOnlyThen() {
        browser.open(url(alone.port()));
        await("the page", () -> browser.find("content").isDisplayed());
        openForm("make");
        assertThat(browser.find("make-bus").isDisplayed()).isFalse();
        browser.find("make-name").sendKeys("entities");
        browser.choose("make-topology", "invalidated");
        assertThat(browser.find("make-bus").isDisplayed()).isTrue();
        browser.find("make-staleness").sendKeys("900ms");
        browser.find("make-heartbeat").sendKeys("800ms");
        browser.choose("make-synchronous", "off");
        browser.find("make-confirm-limit").sendKeys("5s", Keys.ENTER);
        awaitText("make-heartbeat-fault", "800ms (expected: ");
        assertThat(large.getCache("entities")).isNull();

        browser.find("make-heartbeat").clear();
        browser.find("make-heartbeat").sendKeys("100ms", Keys.ENTER);

        awaitText("make-outcome", "Cache “entities” is made.");
        assertThat(configurationOf(large, "entities").texts())
                .containsEntry("topology", "invalidated")
                .containsEntry("invalidation.maximumStaleness", "900ms")
                .containsEntry("invalidation.heartbeat", "100ms")
                .containsEntry("invalidation.confirmLimit", "5s")
                .containsEntry("invalidation.synchronous", "false");
        awaitText("caches", "entities");
        Cache<Object, Object> entities = large.getCache("entities");
        entities.put("k", "v");
        browser.find("make-name").clear();
        browser.find("make-name").sendKeys("others");
        browser.choose("make-topology", "replicated");
        assertThat(browser.find("make-bus").isDisplayed()).isFalse();
        browser.find("make-name").sendKeys(Keys.ENTER);
        awaitText("make-outcome", "Cache “others” is made.");
        assertThat(configurationOf(large, "others").texts())
                .containsEntry("topology", "replicated")
                .containsEntry("invalidation.maximumStaleness", "5s");
        large.destroyCache("entities");
        large.destroyCache("others");
        assertThat(browser.complaints()).allMatch(each -> each.contains("422"));
    }

    @Test
    void whatIsWrongWithACache_isToldAtItsField_andNothingIsMade() {
        Management management = manage(Optional.empty());
        browser.open(url(management.port()));
        await("the page", () -> browser.find("content").isDisplayed());
        openForm("make");

        browser.find("make-name").sendKeys("orders");
        browser.find("make-value-type").sendKeys("java.net.URL");
        browser.find("make-maximum").sendKeys("many");
        browser.choose("make-expiry", "modified");
        browser.find("make-expiry-time").sendKeys("soon", Keys.ENTER);

        awaitText("make-maximum-fault", "many (expected: ");
        assertThat(browser.text("make-value-type-fault")).contains("java.net.URL (expected: ");
        assertThat(browser.text("make-expiry-time-fault")).contains("soon (expected: ");
        assertThat(browser.text("make-name-fault")).isEmpty();
        assertThat(browser.find("make-maximum").getAttribute("aria-invalid")).isEqualTo("true");
        assertThat(browser.find("make-name").getAttribute("aria-invalid")).isEqualTo("false");
        assertThat(browser.focused().getAttribute("aria-invalid")).isEqualTo("true");
        assertThat(browser.text("make-outcome")).isEqualTo("Not done: see the fields that are marked.");
        assertThat(manager.getCacheNames()).isEmpty();

        browser.choose("make-topology", "replicated");
        for (String each : List.of("make-value-type", "make-maximum", "make-expiry-time")) {
            browser.find(each).clear();
        }
        browser.choose("make-expiry", "eternal");
        browser.find("make-name").sendKeys(Keys.ENTER);
        awaitText("make-outcome", "topology: replicated");
        assertThat(browser.text("make-maximum-fault")).isEmpty();
        assertThat(manager.getCacheNames()).isEmpty();
        assertThat(browser.complaints()).isNotEmpty().allMatch(each -> each.contains("422"));
    }

    // ---- the last hour

    @Test
    void lastHour_isThere_forWhoComesAfterIt() {
        Cache<String, Long> numbers = cache("numbers", Long.class);
        ManagedProcess process = ManagedProcess.of(manager);
        ManualClock clock =
                new ManualClock(Instant.parse("2026-01-01T00:00:00Z").toEpochMilli());
        History history = new History(process, clock);
        for (int i = 0; i <= History.MAX_SAMPLES; i++) {
            history.sample();
            clock.advance(Duration.ofMillis(History.INTERVAL_MILLIS));
            numbers.put("k", 1L);
            for (int gets = 0; gets < 10 + i % 40; gets++) {
                numbers.get(gets % 4 == 0 ? "none" : "k");
            }
        }
        Metrics metrics = untilTheEnd(new Metrics(process));
        List<Route> routes = new ArrayList<>(
                ApiRoutes.of(process, new Health(process), metrics, history, new Drain(process, Optional.empty())));
        routes.addAll(ConsoleRoutes.all());
        ApiServer server = untilTheEnd(
                ApiServer.start(routes, Authorizer.ofTrustedMachine(), new AuditLog(), loopback(), Optional.empty()));

        browser.open(url(server.port()));
        awaitText("charts", "Operations per second");

        await(
                "charts",
                () -> browser.find("charts").findElements(By.tagName("canvas")).size() >= 3);
        assertThat((List<?>) browser.run("return [...document.querySelectorAll('#charts [role=img]')].map("
                        + "each => each.getAttribute('aria-label'))"))
                .first()
                .asString()
                .startsWith("Operations per second over the last hour. gets: now ")
                .contains("greatest 4.9", "puts: now 0.1");
        assertThat((long) browser.run("return document.querySelector('#charts details tbody').rows.length"))
                .isEqualTo(12);
        browser.choose("history-cache", "numbers");
        browser.run("document.getElementById('hour').scrollIntoView()");
        browser.picture("console-hour");
    }
}
