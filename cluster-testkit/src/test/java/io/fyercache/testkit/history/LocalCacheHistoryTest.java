package io.fyercache.testkit.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.fyercache.jcache.FyerCachingProvider;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import javax.cache.Cache;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.processor.EntryProcessor;
import javax.cache.spi.CachingProvider;
import org.junit.jupiter.api.Test;

/** Threads at work on a real cache: ours is linearizable, and ours with a bug put in front of it is not. */
class LocalCacheHistoryTest {
    private static final int THREADS = 16;
    private static final int OPERATIONS_OF_THREAD = 1_000;
    private static final int KEYS = 10;
    private static final int ACTIONS = 16;

    @Test
    void localCache_underAllOperations_isLinearizable() throws Exception {
        History history = record(UnaryOperator.identity());

        CheckReport report = new LinearizabilityChecker().check(history);

        assertThat(report.outcome()).as("%s", report).isEqualTo(Outcome.LINEARIZABLE);
        assertThat(history.operations()).hasSize(THREADS * OPERATIONS_OF_THREAD);
        assertThat(history.operations().stream()
                        .map(operation -> operation.action().getClass())
                        .distinct())
                .hasSize(Action.class.getPermittedSubclasses().length);
    }

    @Test
    void cacheInFrontOfIt_thatNobodyInvalidates_isAViolation() throws Exception {
        Map<Object, Object> near = new ConcurrentHashMap<>();

        CheckReport report = check(cache -> broken(cache, "get", arguments -> {
            Object found = near.get(arguments[0]);
            if (found == null) {
                found = cache.get((Long) arguments[0]);
                if (found != null) {
                    near.put(arguments[0], found);
                }
            }
            return found;
        }));

        assertThat(report.outcome()).isEqualTo(Outcome.VIOLATION);
    }

    @Test
    void retryThatRunsTwice_isAViolation() throws Exception {
        CheckReport report = check(cache -> broken(cache, "getAndPut", arguments -> {
            cache.getAndPut((Long) arguments[0], (Long) arguments[1]);
            return cache.getAndPut((Long) arguments[0], (Long) arguments[1]);
        }));

        assertThat(report.outcome()).isEqualTo(Outcome.VIOLATION);
    }

    private static CheckReport check(UnaryOperator<Cache<Long, Long>> flaw) throws Exception {
        return new LinearizabilityChecker().check(record(flaw));
    }

    private static History record(UnaryOperator<Cache<Long, Long>> flaw) throws Exception {
        HistoryRecorder recorder = new HistoryRecorder(System::nanoTime);
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try (CachingProvider provider = new FyerCachingProvider()) {
            Cache<Long, Long> cache = flaw.apply(provider.getCacheManager()
                    .createCache("raced", new MutableConfiguration<Long, Long>().setTypes(Long.class, Long.class)));
            CyclicBarrier start = new CyclicBarrier(THREADS);
            List<Future<?>> ends = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                Cache<Long, Long> view = recorder.record(cache);
                int seed = thread;
                ends.add(threads.submit(() -> {
                    start.await();
                    work(view, seed);
                    return null;
                }));
            }
            for (Future<?> end : ends) {
                end.get();
            }
        } finally {
            threads.shutdownNow();
        }
        return recorder.history();
    }

    private static void work(Cache<Long, Long> cache, int thread) {
        Random random = new Random(thread);
        long seen = 0;
        for (int i = 0; i < OPERATIONS_OF_THREAD; i++) {
            long unique = (long) thread * OPERATIONS_OF_THREAD + i;
            Long found = act(cache, random.nextInt(ACTIONS), (long) random.nextInt(KEYS), seen, unique);
            seen = found == null ? seen : found;
        }
    }

    private static Long act(Cache<Long, Long> cache, int action, Long key, Long seen, Long unique) {
        switch (action) {
            case 0, 1 -> cache.put(key, unique);
            case 2 -> cache.putIfAbsent(key, unique);
            case 3 -> cache.replace(key, unique);
            case 4 -> cache.replace(key, seen, unique);
            case 5 -> cache.remove(key);
            case 6 -> cache.remove(key, seen);
            case 7 -> cache.removeAll(Set.of(key));
            case 8 -> cache.containsKey(key);
            case 9 -> cache.invoke(key, new AtomicFunction.CompareAndSet<>(seen, unique));
            case 10 -> cache.invoke(key, new AtomicFunction.Add<>(1_000_000));
            case 11 -> cache.invoke(key, (EntryProcessor<Long, Long, Boolean>) (entry, arguments) -> entry.exists());
            case 12 -> {
                return cache.getAndPut(key, unique);
            }
            case 13 -> {
                return cache.getAndReplace(key, unique);
            }
            case 14 -> {
                return cache.getAndRemove(key);
            }
            default -> {
                return cache.get(key);
            }
        }
        return null;
    }

    private interface Flaw {
        Object call(Object[] arguments);
    }

    @SuppressWarnings("unchecked") // The proxy passes on what the cache takes and gives.
    private static Cache<Long, Long> broken(Cache<Long, Long> cache, String method, Flaw flaw) {
        return (Cache<Long, Long>) Proxy.newProxyInstance(
                Cache.class.getClassLoader(), new Class<?>[] {Cache.class}, (proxy, called, arguments) -> {
                    if (called.getName().equals(method)) {
                        return flaw.call(arguments);
                    }
                    try {
                        return called.invoke(cache, arguments);
                    } catch (InvocationTargetException exception) {
                        throw exception.getCause();
                    }
                });
    }
}
