package io.fyercache.testkit.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.fyercache.jcache.FyerCachingProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.cache.Cache;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.spi.CachingProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs what {@code docs/testing.md} shows, and holds the page to it. */
class DocumentationTest {
    private static final Path PAGE = Path.of("..", "docs", "testing.md");
    private static final Path SOURCE =
            Path.of("src", "test", "java", "io", "fyercache", "testkit", "history", "DocumentationTest.java");
    private static final Pattern REGION = Pattern.compile("(?ms)^ *// region record\n(.*?)^ *// end of region$");
    private static final Pattern SNIPPET = Pattern.compile("(?ms)^```java\n(.*?)^```$");

    @TempDir
    Path folder;

    @Test
    void page_showsWhatRunsHere() throws IOException {
        Matcher region = REGION.matcher(Files.readString(SOURCE));
        Matcher snippet = SNIPPET.matcher(Files.readString(PAGE));
        assertThat(region.find() && snippet.find()).isTrue();

        assertThat(snippet.group(1)).isEqualTo(region.group(1).stripTrailing().stripIndent() + "\n");
    }

    @Test
    void snippet_onALocalCache_findsItLinearizableAndKeepsTheHistory() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        Path file = folder.resolve("history.jsonl");
        try (CachingProvider provider = new FyerCachingProvider()) {
            Cache<String, Long> cache =
                    provider.getCacheManager().createCache("orders", new MutableConfiguration<String, Long>());

            // region record
            HistoryRecorder recorder = new HistoryRecorder(System::nanoTime);
            List<Callable<Void>> clients = new ArrayList<>();
            for (int thread = 0; thread < 8; thread++) {
                Cache<String, Long> view = recorder.record(cache); // one for each thread
                Random random = new Random(thread);
                long first = thread * 1_000L;
                clients.add(() -> {
                    for (long value = first; value < first + 1_000; value++) { // no value twice
                        String key = "key-" + random.nextInt(20);
                        switch (random.nextInt(4)) {
                            case 0 -> view.put(key, value);
                            case 1 -> view.putIfAbsent(key, value);
                            case 2 -> view.remove(key);
                            default -> view.get(key);
                        }
                    }
                    return null;
                });
            }
            for (Future<Void> end : threads.invokeAll(clients)) { // and meanwhile break things
                end.get();
            }

            History history = recorder.history();
            HistoryFile.write(history, file);
            CheckReport report = new LinearizabilityChecker().check(history);
            AnswerRate rate = AnswerRate.of(history, Duration.ofMillis(100));
            assertThat(report.outcome()).as("%s", report).isEqualTo(Outcome.LINEARIZABLE);
            assertThat(rate.lowestPerSecond()).as("%s", rate).isPositive();
            // end of region
        } finally {
            threads.shutdownNow();
        }
        assertThat(HistoryFile.read(file).operations()).hasSize(8_000);
    }
}
