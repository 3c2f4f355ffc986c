package io.fyercache.jdbc.feed;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.fyercache.jdbc.datasource.Connections;
import io.fyercache.jdbc.datasource.DataSources;
import io.fyercache.jdbc.fault.Faults;
import io.fyercache.jdbc.mapping.EntityMapping;
import io.fyercache.jdbc.through.FailureText;
import io.fyercache.jdbc.time.ElapsedTime;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Drops entries from caches when somebody else has changed their rows in the database.
 *
 * <pre>{@code
 * ChangeFeed feed = ChangeFeed.by(PostgresNotices.source())      // or Polling.by("changed_at", Instant.class).build()
 *         .dataSource(dataSource)
 *         .follow(mapping, InvalidatedCache.of(people.unwrap(FyerCache.class)::invalidate, people::clear))
 *         .start();
 * }</pre>
 *
 * <p>It follows any number of tables on one connection, and may follow a table for several caches, of this JVM or of a cluster. For a
 * cache of a cluster one feed is enough, in any process of it; a second one is a spare. Each process needs its own for its local
 * caches.
 *
 * <p><b>If it was kept from hearing</b>, by a database that was away or a trigger that was dropped, it tries again each second, logs
 * the first failure and the end, and, unless its source catches up, drops all entries of its caches then. While it does not hear, caches
 * go on answering with what they have; {@link FeedStatus#behind} tells for how long. One table that cannot be heard of keeps the whole feed
 * from hearing: give tables that come and go a feed of their own.
 *
 * <p><b>Writes of the cache's own</b> are changes as any other: the entry is dropped after it was written, and the next read loads it.
 * That is a load for each write, and never wrong. Who tells writes of his own apart trusts that each of them ended in the cache as it did in
 * the database, which is not so where a member has died in between.
 *
 * <p><b>Keys</b> are dropped as the database writes them. Where it finds keys equal that Java does not (decimals such as 1.0 and 1.00, texts
 * under a collation that ignores case), use one of the forms, the row's own.
 *
 * <p>Loaders must see what was committed: a feed that is quicker than a replica, from which entries are loaded, drops them too early.
 *
 * <p>Thread-safe. It has two threads: one hears, {@code fyercache-feed-...}, and one drops, {@code fyercache-feed-drops-...}.
 */
public final class ChangeFeed implements AutoCloseable {

    private static final Logger LOGGER = System.getLogger(ChangeFeed.class.getName());

    /** 1 s between attempts to hear, or to drop: what is away comes back within seconds at best. */
    static final Duration RETRY_PAUSE = Duration.ofSeconds(1);

    /** 10 s: a thread that ends waits for its database at most, which has a second or two, or for a cache. */
    private static final long CLOSE_SECONDS = 10;

    private final String name;
    private final Connections connections;
    private final List<FollowedTable<?>> tables;
    private final ChangeSource.Session session;
    private final ElapsedTime time;
    private final FeedCounters counters = new FeedCounters();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final List<Thread> threads;

    private boolean openedBefore; // used by the hearing thread alone
    private final Beginning beginning;

    /** Until when everything was heard of. */
    @GuardedBy("this")
    private long heardNanos;

    /** How often there was something to drop, perhaps. */
    @GuardedBy("this")
    private long toldCount;

    private volatile long droppedUntilNanos;

    private volatile @Nullable String hearingProblem = "not begun to hear yet";
    private volatile @Nullable String droppingProblem;

    /** What is done with entries that were loaded before the feed first heard of changes. */
    public enum Beginning {
        /** They are dropped, as their rows may have changed since. */
        DROP,
        /** They are kept: the caches were empty, or another feed is already following. */
        KEEP
    }

    private ChangeFeed(Builder builder, Connections connections, ElapsedTime time) {
        this.name = builder.name;
        this.connections = connections;
        this.tables = List.copyOf(builder.tables);
        this.session = builder.source.session(connections, tables);
        this.beginning = builder.beginning;
        this.time = time;
        this.heardNanos = time.nanoTime();
        this.droppedUntilNanos = heardNanos;
        this.threads = List.of(
                thread("fyercache-feed-" + name, this::hearAlways),
                thread("fyercache-feed-drops-" + name, this::dropAlways));
    }

    private static Thread thread(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }

    /** Describes a feed of changes that a source tells. */
    public static Builder by(ChangeSource source) {
        return new Builder(source);
    }

    // ---- hearing

    private void hearAlways() {
        while (!isClosed()) {
            try {
                hearWhileOpen();
            } catch (SQLException | RuntimeException e) {
                notHearing(e);
                // What it has noted before that need not wait.
                tell();
            } finally {
                session.close();
            }
            pause(RETRY_PAUSE);
        }
    }

    private void hearWhileOpen() throws SQLException {
        ChangeSource.Session.Absence absence = session.open();
        hearing(absence);
        while (!isClosed()) {
            long before = time.nanoTime();
            Duration wait = session.hear();
            heardUntil(before);
            pause(wait);
        }
    }

    private void hearing(ChangeSource.Session.Absence absence) {
        boolean missed = openedBefore ? absence == ChangeSource.Session.Absence.LOSES : beginning == Beginning.DROP;
        if (missed) {
            tables.forEach(FollowedTable::everythingChanged);
        }
        if (openedBefore) {
            LOGGER.log(
                    missed ? Level.WARNING : Level.INFO,
                    "change feed ''{0}'' hears again of {1}; {2}",
                    name,
                    tables,
                    missed ? "changes may have been missed, so the caches are emptied" : "nothing was missed");
        }
        openedBefore = true;
        hearingProblem = null;
    }

    private void notHearing(Exception failure) {
        String before = hearingProblem;
        String problem = textOf(failure);
        hearingProblem = problem;
        if (before == null) {
            counters.interrupted();
        }
        LOGGER.log(
                problem.equals(before) ? Level.DEBUG : Level.WARNING,
                "change feed '" + name + "' does not hear of changes of " + tables + ", and tries again each "
                        + RETRY_PAUSE + ": " + problem);
    }

    private static String textOf(Exception failure) {
        return failure instanceof UnheardTableException
                ? String.valueOf(failure.getMessage())
                : FailureText.reason(failure);
    }

    private synchronized void heardUntil(long nanos) {
        heardNanos = nanos;
        tell();
    }

    /** Wakes who drops. */
    private synchronized void tell() {
        toldCount++;
        notifyAll();
    }

    // ---- dropping

    private void dropAlways() {
        long told = 0;
        while (!isClosed()) {
            long until;
            synchronized (this) {
                awaitMoreThan(told);
                told = toldCount;
                until = heardNanos;
            }
            if (dropAll()) {
                droppedUntilNanos = until;
            } else {
                pause(RETRY_PAUSE);
            }
        }
    }

    /** Waits until it was told more often than that, or it ends. */
    private synchronized void awaitMoreThan(long told) {
        while (toldCount == told && !isClosed()) {
            try {
                wait();
            } catch (InterruptedException nobodysBusiness) {
                // These threads are the feed's own, and it ends them otherwise.
            }
        }
    }

    /** Drops what has changed; a cache that fails does not keep others waiting. */
    private boolean dropAll() {
        String problem = null;
        for (FollowedTable<?> table : tables) {
            if (isClosed()) {
                return false;
            }
            try {
                table.drop(counters);
            } catch (RuntimeException e) {
                problem = "entries of " + table + " cannot be dropped: " + textOf(e);
                if (!problem.equals(droppingProblem)) {
                    LOGGER.log(Level.WARNING, "change feed '" + name + "': " + problem, e);
                }
            }
        }
        droppingProblem = problem;
        return problem == null;
    }

    // ---- from outside

    /** Its name in logs and meters. */
    public String name() {
        return name;
    }

    /** How it is. Never waits. */
    public FeedStatus status() {
        String problem = hearingProblem;
        return new FeedStatus(
                Duration.ofNanos(time.nanoTime() - droppedUntilNanos),
                counters.keys(),
                counters.wholes(),
                counters.interruptions(),
                problem == null ? droppingProblem : problem);
    }

    private boolean isClosed() {
        return closed.getCount() == 0;
    }

    private void pause(Duration duration) {
        if (duration.isZero()) {
            return;
        }
        try {
            closed.await(duration.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException nobodysBusiness) {
            // As above; the pause was shorter.
        }
    }

    /**
     * Ends it, and waits for its threads, {@value #CLOSE_SECONDS} s each at most: one that waits for its database, or a cache, ends
     * after that. Its connection is back in the pool then. Close it before the caches. May be called more than once.
     */
    @Override
    public void close() {
        closed.countDown();
        synchronized (this) {
            notifyAll();
        }
        try {
            for (Thread thread : threads) {
                thread.join(TimeUnit.SECONDS.toMillis(CLOSE_SECONDS));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            connections.close();
        }
    }

    /** {@code ChangeFeed people of [table person]}. */
    @Override
    public String toString() {
        return "ChangeFeed " + name + " of " + tables;
    }

    /** Describes a feed. Not thread-safe. */
    public static final class Builder {

        /** 1,000 tables: each has a set of keys that wait, and is asked for with each wait. */
        public static final int MAX_TABLES = 1_000;

        private final ChangeSource source;
        private final List<FollowedTable<?>> tables = new ArrayList<>();
        private final Faults faults = new Faults("ChangeFeed");
        private String name = "changes";
        private Beginning beginning = Beginning.DROP;
        private @Nullable DataSource dataSource;
        private @Nullable String dataSourceName;

        private Builder(ChangeSource source) {
            this.source = source;
        }

        /** Names it in logs and its threads. Default: {@code changes}. */
        public Builder name(String name) {
            this.name = name;
            return this;
        }

        /** Where its connection comes from. Required, unless by name. A pool needs one more than its caches do. */
        public Builder dataSource(DataSource dataSource) {
            this.dataSource = dataSource;
            return this;
        }

        /** The name of the data source, which {@link DataSources} knows. */
        public Builder dataSource(String name) {
            this.dataSourceName = name;
            return this;
        }

        /**
         * Drops entries from a cache when the rows of their keys change in the mapping's table, of which the key columns alone
         * matter. A table with other rows for the same keys, such as one that says which were deleted, may be followed for the same cache.
         */
        public <K> Builder follow(EntityMapping<K, ?> mapping, InvalidatedCache<K> cache) {
            mapping.requireKeysOfRows(faults);
            tables.add(new FollowedTable<>(mapping, cache));
            return this;
        }

        /** What is done with entries that were loaded before. Default: {@link Beginning#DROP}. */
        public Builder beginning(Beginning beginning) {
            this.beginning = beginning;
            return this;
        }

        /**
         * Starts the feed. A database that is away delays nobody: the feed tries until it is there.
         *
         * @throws io.fyercache.jdbc.fault.InvalidSettingsException with every fault of these settings; nothing was started
         */
        public ChangeFeed start() {
            return start(ElapsedTime.OF_MACHINE);
        }

        ChangeFeed start(ElapsedTime time) {
            faults.addUnlessWithin("follow", tables.size(), MAX_TABLES, "call follow(mapping, cache) for each table");
            DataSource given = dataSource;
            String named = dataSourceName;
            if ((given == null) == (named == null)) {
                faults.add(
                        "dataSource",
                        given == null ? Faults.NONE : "a name and an object",
                        "where its connection comes from, once",
                        "call dataSource(...) once");
            }
            faults.throwIfAny();
            Connections connections =
                    given != null ? Connections.of(given) : DataSources.connections(String.valueOf(named));
            ChangeFeed feed = new ChangeFeed(this, connections, time);
            feed.threads.forEach(Thread::start);
            return feed;
        }
    }
}
