package io.fyercache.benchmarks.contestant;

import java.util.Map;
import javax.cache.Cache;
import org.hibernate.Session;
import org.hibernate.SessionFactory;
import org.hibernate.boot.MetadataSources;
import org.hibernate.boot.registry.StandardServiceRegistryBuilder;
import org.hibernate.stat.Statistics;

/** A process with a session factory on the database of all members, and with a second-level cache. */
final class EntityMember implements ClusterMember, KeptEntries {
    private final SessionFactory factory;
    private final Statistics statistics;

    private EntityMember(SessionFactory factory) {
        this.factory = factory;
        this.statistics = factory.getStatistics();
        statistics.setStatisticsEnabled(true);
    }

    /**
     * Opens the session factory. That of the first member makes the table, and its rows.
     *
     * @param secondLevelCache settings that say which one it has
     */
    static EntityMember join(Seat seat, Map<String, Object> secondLevelCache) {
        boolean isFirst = seat.number() == 0;
        SessionFactory factory = new MetadataSources(new StandardServiceRegistryBuilder()
                        .applySetting(
                                "hibernate.connection.url",
                                "jdbc:h2:tcp://%s:%d/mem:%s;DB_CLOSE_DELAY=-1"
                                        .formatted(Seat.LOOPBACK, seat.portOf(Companion.DATABASE), seat.cluster()))
                        .applySetting("hibernate.hbm2ddl.auto", isFirst ? "create" : "none")
                        .applySettings(secondLevelCache)
                        .build())
                .addAnnotatedClass(NumberedRow.class)
                .buildMetadata()
                .buildSessionFactory();
        if (isFirst) {
            factory.inTransaction(session -> {
                for (long id = 0; id < KeptEntries.COUNT; id++) {
                    session.persist(new NumberedRow(id));
                }
            });
        }
        return new EntityMember(factory);
    }

    @Override
    public Cache<Long, byte[]> cache() {
        throw new UnsupportedOperationException(
                "entities are read by sessions (expected: to be asked for what is kept)");
    }

    /** Members share nothing that could be on the move. */
    @Override
    public int settledMembers() {
        return 0;
    }

    @Override
    public boolean mayBePrimaryOf(Long key) {
        return true;
    }

    @Override
    public KeptEntries kept() {
        return this;
    }

    /** Who found it in the cache keeps it. */
    @Override
    public boolean keep(long key) {
        long hits = statistics.getSecondLevelCacheHitCount();
        NumberedRow row = find(key);
        return row.id() == key && statistics.getSecondLevelCacheHitCount() > hits;
    }

    @Override
    public void change(long key, long number) {
        factory.inTransaction(session -> session.find(NumberedRow.class, key).become(number));
    }

    @Override
    public boolean hasHeard(long key, long number) {
        return find(key).number() == number;
    }

    /** Finds a row in a session of its own, as a request does that reads. */
    private NumberedRow find(long key) {
        try (Session session = factory.openSession()) {
            return session.find(NumberedRow.class, key);
        }
    }
}
