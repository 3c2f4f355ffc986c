package io.fyercache.zookeeper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fyercache.configuration.CacheDiffersException;
import io.fyercache.configuration.ConfigurationBuilder;
import io.fyercache.configuration.FyerConfiguration;
import io.fyercache.configuration.InvalidConfigurationException;
import io.fyercache.configuration.LiveSettings;
import io.fyercache.jcache.FyerCache;
import io.fyercache.sharded.node.MemberNode;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import javax.cache.CacheManager;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Settings of a cache of a cluster change while it is used: for every process, and for those that come later. */
class LiveSettingsInAClusterTest extends OneServerTest {
    private static final Duration MOMENT = new Duration(TimeUnit.MILLISECONDS, 300);

    private ClusterProcesses processes;

    @BeforeEach
    void beginProcesses() {
        processes = new ClusterProcesses(ensemble, settings);
    }

    @AfterEach
    void endProcesses() {
        processes.close();
    }

    @SuppressWarnings("unchecked") // a class literal has no type arguments
    private static FyerCache<Integer, Integer> open(
            CacheManager manager, UnaryOperator<ConfigurationBuilder<Integer, Integer>> more) {
        return manager.createCache(
                        "numbers",
                        more.apply(FyerConfiguration.builder(Integer.class, Integer.class))
                                .build())
                .unwrap(FyerCache.class);
    }

    private static FyerCache<Integer, Integer> bounded(CacheManager manager) {
        return open(manager, builder -> builder.maximumEntries(1_000));
    }

    private static FyerConfiguration<?, ?> configuration(FyerCache<Integer, Integer> cache) {
        @SuppressWarnings("unchecked") // a class literal has no type arguments
        FyerConfiguration<?, ?> configuration = cache.getConfiguration(FyerConfiguration.class);
        return configuration;
    }

    @Test
    void change_isSeenByEveryProcess_andByThoseThatComeLater() {
        MemberNode one = processes.member("one");
        FyerCache<Integer, Integer> here = bounded(processes.manager(one));
        FyerCache<Integer, Integer> there = bounded(processes.manager(processes.client("client")));

        there.adjust(LiveSettings.none()
                .withStatistics(true)
                .withMaximumEntries(50)
                .withExpiry(CreatedExpiryPolicy.factoryOf(Duration.ONE_HOUR)));

        assertThat(configuration(there).isStatisticsEnabled()).isTrue();
        LiveMembers.await("statistics", () -> configuration(here).isStatisticsEnabled());
        assertThat(configuration(here)).isEqualTo(configuration(there));
        assertThat(configuration(here).maximumEntries()).hasValue(50);
        FyerCache<Integer, Integer> late = bounded(processes.manager(processes.client("late")));
        assertThat(configuration(late)).isEqualTo(configuration(there));
    }

    @Test
    void smallerBound_isKeptByMembers_alsoByOneThatTakesOver() {
        MemberNode one = processes.member("one");
        MemberNode two = processes.member("two");
        FyerCache<Integer, Integer> cache = bounded(processes.manager(processes.client("client")));
        LiveMembers.await("copies on both", () -> one.fewestCopies() == 2);
        for (int i = 0; i < 800; i++) {
            cache.put(i, i);
        }
        assertThat(cache.size()).isGreaterThan(700);

        cache.adjust(LiveSettings.none().withMaximumEntries(100));

        LiveMembers.await("what is too much to go", () -> cache.size() <= 200);
        processes.kill(two);
        LiveMembers.await("what is too much to go after a takeover", () -> cache.size() <= 100);
        MemberNode three = processes.member("three");
        LiveMembers.await("copies on both", () -> three.fewestCopies() == 2 && one.fewestCopies() == 2);
        for (int i = 0; i < 800; i++) {
            cache.put(i, i);
        }
        LiveMembers.await("the bound", () -> cache.size() <= 200);
    }

    @Test
    void expiry_concernsWhatIsWrittenAfterwards() {
        processes.member("one");
        FyerCache<Integer, Integer> cache = bounded(processes.manager(processes.client("client")));
        cache.put(1, 1);

        cache.adjust(LiveSettings.none().withExpiry(CreatedExpiryPolicy.factoryOf(MOMENT)));

        // The member hears of it a moment later; what was put before that stays.
        AtomicInteger last = new AtomicInteger(1);
        LiveMembers.await("an entry that expires", () -> {
            cache.put(last.incrementAndGet(), 2);
            return IntStream.rangeClosed(2, last.get()).anyMatch(key -> !cache.containsKey(key));
        });
        assertThat(cache.get(1)).isEqualTo(1);
    }

    @Test
    void whoDefinesTheCache_mayMeanWhatItWas_orWhatItIs_andNothingElse() {
        processes.member("one");
        FyerCache<Integer, Integer> cache = bounded(processes.manager(processes.client("client")));
        cache.adjust(LiveSettings.none().withMaximumEntries(50));

        FyerCache<Integer, Integer> asItIs =
                open(processes.manager(processes.client("new file")), builder -> builder.maximumEntries(50));
        FyerCache<Integer, Integer> asItWas = bounded(processes.manager(processes.client("old file")));
        CacheManager third = processes.manager(processes.client("another file"));

        assertThat(configuration(asItIs).maximumEntries()).hasValue(50);
        assertThat(configuration(asItWas).maximumEntries()).hasValue(50);
        assertThatThrownBy(() -> open(third, builder -> builder.maximumEntries(60)))
                .isInstanceOf(CacheDiffersException.class)
                .hasMessageContaining("maximumEntries: 1000 there, 60 here");
    }

    @Test
    void statisticsOfOneProcess_stayItsOwn_untilTheyAreChangedForAll() {
        processes.member("one");
        CacheManager manager = processes.manager(processes.client("client"));
        FyerCache<Integer, Integer> cache = bounded(manager);
        cache.adjust(LiveSettings.none().withStatistics(true));

        manager.enableStatistics("numbers", false);
        cache.adjust(LiveSettings.none().withMaximumEntries(50));

        assertThat(configuration(cache).isStatisticsEnabled()).isFalse();
    }

    @Test
    void whatCannotBe_isRefused_andNothingIsChanged() {
        processes.member("one");
        CacheManager manager = processes.manager(processes.client("client"));
        FyerCache<Integer, Integer> cache = open(manager, builder -> builder);

        assertThatThrownBy(() ->
                        cache.adjust(LiveSettings.none().withStatistics(true).withMaximumEntries(7)))
                .isInstanceOf(InvalidConfigurationException.class);
        assertThat(configuration(cache).isStatisticsEnabled()).isFalse();
    }

    @Test
    void cacheOfTheSameName_hasNothingOfTheOneBefore() {
        processes.member("one");
        CacheManager manager = processes.manager(processes.client("client"));
        bounded(manager).adjust(LiveSettings.none().withMaximumEntries(50));

        manager.destroyCache("numbers");

        assertThat(configuration(bounded(manager)).maximumEntries()).hasValue(1_000);
    }
}
