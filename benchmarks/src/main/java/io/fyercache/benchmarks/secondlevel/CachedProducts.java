package io.fyercache.benchmarks.secondlevel;

import io.fyercache.benchmarks.contestant.OpenProvider;
import org.hibernate.Session;
import org.hibernate.SessionFactory;
import org.hibernate.boot.MetadataSources;
import org.hibernate.boot.registry.StandardServiceRegistry;
import org.hibernate.boot.registry.StandardServiceRegistryBuilder;
import org.hibernate.stat.Statistics;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A session factory on an H2 database in this JVM, whose products are all cached: proven before and after each trial. */
@State(Scope.Benchmark)
@SuppressWarnings("NullAway.Init") // JMH calls open() before anything else.
public class CachedProducts {
    /** A tenth of the bound that ours has by default, so that no contestant evicts. */
    static final int PRODUCTS = 1_000;

    @Param
    public SecondLevelCache cache = SecondLevelCache.FYERCACHE;

    private OpenProvider provider;
    private StandardServiceRegistry registry;
    private SessionFactory factory;

    /** Opens it, and has each product loaded once. */
    @Setup
    public void open() {
        provider = cache.open();
        registry = new StandardServiceRegistryBuilder()
                .applySetting("hibernate.connection.url", "jdbc:h2:mem:" + cache)
                .applySetting("hibernate.hbm2ddl.auto", "create-drop")
                .applySettings(cache.settings(provider))
                .build();
        factory = new MetadataSources(registry)
                .addAnnotatedClass(Product.class)
                .buildMetadata()
                .buildSessionFactory();
        factory.inTransaction(session -> {
            for (int id = 0; id < PRODUCTS; id++) {
                session.persist(new Product(id));
            }
        });
        factory.getCache().evictAllRegions();
        findAll();
        verifyAllCached();
    }

    /** Checks that nothing was loaded from the database, and closes it. */
    @TearDown
    public void close() {
        verifyAllCached();
        factory.close();
        StandardServiceRegistryBuilder.destroy(registry);
        provider.close();
    }

    /** Finds a product in a session of its own, as a request does that reads. */
    Product find(long id) {
        try (Session session = factory.openSession()) {
            return session.find(Product.class, id);
        }
    }

    private void findAll() {
        for (long id = 0; id < PRODUCTS; id++) {
            if (find(id).id() != id) {
                throw new IllegalStateException("product " + id + ": another one was found (expected: itself)");
            }
        }
    }

    private void verifyAllCached() {
        Statistics statistics = factory.getStatistics();
        statistics.setStatisticsEnabled(true);
        statistics.clear();
        findAll();
        long hits = statistics.getSecondLevelCacheHitCount();
        statistics.setStatisticsEnabled(false); // They cost each contestant the same, and are not measured.
        if (hits != PRODUCTS) {
            throw new IllegalStateException(cache + ": " + hits + " hits (expected: " + PRODUCTS + ")");
        }
    }
}
