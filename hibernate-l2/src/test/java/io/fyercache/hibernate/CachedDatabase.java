package io.fyercache.hibernate;

import static org.awaitility.Awaitility.await;

import io.fyercache.hibernate.model.Account;
import io.fyercache.hibernate.model.Counter;
import io.fyercache.hibernate.model.Country;
import io.fyercache.hibernate.model.Ledger;
import io.fyercache.hibernate.model.Seat;
import io.fyercache.hibernate.model.Setting;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import org.hibernate.Session;
import org.hibernate.SessionFactory;
import org.hibernate.boot.MetadataSources;
import org.hibernate.boot.registry.BootstrapServiceRegistryBuilder;
import org.hibernate.boot.registry.StandardServiceRegistry;
import org.hibernate.boot.registry.StandardServiceRegistryBuilder;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.stat.Statistics;

/** A session factory with our region factory on an H2 database in this JVM, with the statistics that tell a hit from a load. */
final class CachedDatabase implements AutoCloseable {
    private static final AtomicInteger DATABASES = new AtomicInteger();

    /** The entities of most tests. */
    static final List<Class<?>> MODEL =
            List.of(Account.class, Counter.class, Country.class, Ledger.class, Seat.class, Setting.class);

    private final StandardServiceRegistry registry;
    private final SessionFactory factory;

    private CachedDatabase(String database, String schema, Map<String, Object> settings, List<Class<?>> entities) {
        // An application's own loader, which is that of the tests but for entities that they have compiled.
        ClassLoader loader = entities.get(0).getClassLoader();
        registry = new StandardServiceRegistryBuilder(new BootstrapServiceRegistryBuilder()
                        .applyClassLoader(loader)
                        .build())
                .applySetting("hibernate.connection.url", "jdbc:h2:mem:" + database + ";DB_CLOSE_DELAY=-1")
                .applySetting("hibernate.connection.pool_size", 20)
                .applySetting("hibernate.hbm2ddl.auto", schema)
                .applySetting("hibernate.cache.use_query_cache", true)
                .applySetting("hibernate.generate_statistics", true)
                .applySetting("hibernate.session.events.log", false)
                .applySetting("hibernate.cache.region.factory_class", "fyercache")
                .applySettings(settings)
                .build();
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        Thread.currentThread().setContextClassLoader(loader);
        try {
            MetadataSources sources = new MetadataSources(registry);
            entities.forEach(sources::addAnnotatedClass);
            factory = sources.buildMetadata().buildSessionFactory();
        } catch (RuntimeException e) {
            StandardServiceRegistryBuilder.destroy(registry);
            throw e;
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    /** Opens a database of its own, with further settings. */
    static CachedDatabase open(Map<String, Object> settings) {
        return open(settings, MODEL);
    }

    /** Opens a database of its own with these entities. */
    static CachedDatabase open(Map<String, Object> settings, List<Class<?>> entities) {
        return new CachedDatabase("hibernate" + DATABASES.incrementAndGet(), "create-drop", settings, entities);
    }

    /** Opens a database by name, which another session factory may use too. */
    static CachedDatabase openShared(String database, Map<String, Object> settings) {
        return openShared(database, settings, MODEL);
    }

    /** Opens a database by name with these entities. */
    static CachedDatabase openShared(String database, Map<String, Object> settings, List<Class<?>> entities) {
        return new CachedDatabase(database, "update", settings, entities);
    }

    SessionFactoryImplementor factory() {
        return factory.unwrap(SessionFactoryImplementor.class);
    }

    Statistics statistics() {
        return factory.getStatistics();
    }

    /** Runs work in a transaction of its own. */
    void run(Consumer<Session> work) {
        factory.inTransaction(work);
    }

    /** Runs work in a transaction of its own, and returns what it returns. */
    <T> T call(Function<Session, T> work) {
        return factory.fromTransaction(work);
    }

    /** Returns how many statements {@code work} takes, in a session of its own. */
    long statementsOf(Consumer<Session> work) {
        long before = statistics().getPrepareStatementCount();
        run(work);
        return statistics().getPrepareStatementCount() - before;
    }

    /**
     * Waits until {@code work} takes no statement. What another process of a cluster has changed is read by sessions that begin later by the cluster's
     * clock, which processes know to within what their messages take.
     */
    void awaitHit(Consumer<Session> work) {
        await().until(() -> statementsOf(work) == 0);
    }

    @Override
    public void close() {
        factory.close();
        StandardServiceRegistryBuilder.destroy(registry);
    }
}
