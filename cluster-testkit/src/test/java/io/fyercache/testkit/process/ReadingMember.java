package io.fyercache.testkit.process;

import io.fyercache.jcache.FyerCachingProvider;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.cache.Cache;
import javax.cache.CacheManager;

/** A member whose threads all read the same rows, when all members are there; then it stays a member. */
public final class ReadingMember {
    static final int THREADS = 8;

    /** The name of the cache that they read. */
    static final String CACHE = "counted";

    /** Printed when all threads read. */
    static final String READING = "READING";

    /** Printed when all have read everything. */
    static final String HAVE_READ = "HAVE READ";

    private ReadingMember() {}

    /**
     * Runs it.
     *
     * @param arguments the cluster's URI, how many members there are, and up to which row to read
     */
    public static void main(String[] arguments) throws Exception {
        try (FyerCachingProvider provider = new FyerCachingProvider()) {
            CacheManager manager =
                    provider.getCacheManager(URI.create(arguments[0]), ReadingMember.class.getClassLoader());
            Cache<Long, Person> cache = manager.createCache(CACHE, CountedDatabase.inFrontOf("counted"));
            SettledCluster.await(manager, Integer.parseInt(arguments[1]));
            read(cache, Integer.parseInt(arguments[2]));
            System.out.println(HAVE_READ);
            Thread.currentThread().join();
        }
    }

    private static void read(Cache<Long, Person> cache, int rows) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            CountDownLatch begun = new CountDownLatch(THREADS);
            List<Future<?>> ends = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                ends.add(threads.submit(() -> {
                    begun.countDown();
                    for (long id = 1; id <= rows; id++) {
                        Person expected = new Person(id, "name " + id);
                        if (!expected.equals(cache.get(id))) {
                            throw new IllegalStateException("row " + id + ": not as stored");
                        }
                    }
                }));
            }
            begun.await();
            System.out.println(READING);
            for (Future<?> end : ends) {
                end.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
