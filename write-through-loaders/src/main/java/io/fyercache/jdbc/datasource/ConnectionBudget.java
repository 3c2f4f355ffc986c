package io.fyercache.jdbc.datasource;

import io.fyercache.jdbc.fault.Faults;
import io.fyercache.jdbc.time.ElapsedTime;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A limit of connections that the members of a cluster keep together: each member's pool has its part, which changes when members come and go.
 *
 * <pre>{@code
 * ClusterStatus cluster = manager.unwrap(ClusterStatus.class);
 * ConnectionBudget budget = ConnectionBudget.of("people")
 *         .limit(100)
 *         .place(() -> {
 *             ClusterPicture now = cluster.picture();
 *             return MemberRank.of(now.self(), now.members().stream().map(Member::incarnation).toList());
 *         })
 *         .start();
 * }</pre>
 *
 * <p>Start it in each member, with the same settings, before its caches use the data source. A pool begins with one connection. It has fewer at
 * once when somebody comes, and more when nobody has come or gone for {@link Builder#settling}; so the limit is kept while it is
 * divided anew, too: {@link ConnectionShare} says under which conditions. With more members than connections each has one, which is too many, and is logged.
 *
 * <p>Clients take no part, as they do not load. Thread-safe. It has a thread, {@code fyercache-connections-...}, which looks each second.
 */
public final class ConnectionBudget implements AutoCloseable {

    private static final Logger LOGGER = System.getLogger(ConnectionBudget.class.getName());

    /** 1 s: short against the settling time, and looking costs nothing. */
    private static final long LOOK_SECONDS = 1;

    private final String dataSource;
    private final Supplier<Optional<MemberRank>> place;
    private final ConnectionShare share;
    private final ElapsedTime time;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;

    private int applied; // by the thread alone, after the first time

    private volatile @Nullable String problem;

    private ConnectionBudget(Builder builder, Supplier<Optional<MemberRank>> place, ElapsedTime time) {
        this.dataSource = builder.dataSource;
        this.place = place;
        this.share = new ConnectionShare(builder.limit, builder.spare, builder.settling.toNanos());
        this.time = time;
        this.thread = new Thread(this::lookAlways, "fyercache-connections-" + dataSource);
        thread.setDaemon(true);
    }

    /** Starts the description of one for a data source of that name, which {@link DataSources} has, or will have, as a pool. */
    public static Builder of(String dataSource) {
        return new Builder(dataSource);
    }

    private void lookAlways() {
        try {
            while (!closed.await(LOOK_SECONDS, TimeUnit.SECONDS)) {
                look();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Looks where this process is, and gives its pool what it may have. */
    void look() {
        try {
            Optional<MemberRank> now = place.get();
            int connections = share.at(time.nanoTime(), now);
            if (connections != applied) {
                DataSources.limit(dataSource, connections);
                LOGGER.log(
                        Level.INFO,
                        "data source ''{0}'' may have {1} connections, at {2}",
                        dataSource,
                        connections,
                        now.map(MemberRank::toString).orElse("no place in the cluster"));
                applied = connections;
            }
            tell(now.filter(share::isExceededBy)
                    .map(at -> "data source '" + dataSource + "': " + at.members()
                            + " members have one connection each (expected: no more members than its limit);"
                            + " raise the limit")
                    .orElse(null));
        } catch (RuntimeException e) {
            tell("data source '" + dataSource + "' keeps " + applied + " connections: " + e);
        }
    }

    private void tell(@Nullable String now) {
        if (now != null && !now.equals(problem)) {
            LOGGER.log(Level.WARNING, now);
        }
        problem = now;
    }

    /** Ends it. The pool stays as it is. May be called more than once. */
    @Override
    public void close() {
        closed.countDown();
    }

    /** Describes a budget. Not thread-safe. */
    public static final class Builder {

        /** 100,000 connections: more than any database serves. */
        public static final int MAX_LIMIT = 100_000;

        /** 40 s: 30 s, which a statement may take by default, and 10 s in which members learn of each other. */
        public static final Duration DEFAULT_SETTLING = Duration.ofSeconds(40);

        private final String dataSource;
        private int limit;
        private int spare = 1;
        private Duration settling = DEFAULT_SETTLING;
        private @Nullable Supplier<Optional<MemberRank>> place;

        private Builder(String dataSource) {
            this.dataSource = dataSource;
        }

        /** The connections that all members have together at most, 1..100000. Required. */
        public Builder limit(int limit) {
            this.limit = limit;
            return this;
        }

        /**
         * Connections that are not divided, 0 to less than the limit: as many members may come within a settling time, each with its first
         * one, and the limit holds. Default: 1.
         */
        public Builder spare(int spare) {
            this.spare = spare;
            return this;
        }

        /** How long members must have been the same before anybody has more. Default: 40 s; longer if statements may take longer. */
        public Builder settling(Duration settling) {
            this.settling = settling;
            return this;
        }

        /** Where this process is among the members, empty while it is none. Must not wait. Required. */
        public Builder place(Supplier<Optional<MemberRank>> place) {
            this.place = place;
            return this;
        }

        /**
         * Starts it: the pool has one connection when this returns.
         *
         * @throws io.fyercache.jdbc.fault.InvalidSettingsException with every fault of these settings, or if the data source is no pool
         */
        public ConnectionBudget start() {
            ConnectionBudget budget = build(ElapsedTime.OF_MACHINE);
            budget.thread.start();
            return budget;
        }

        ConnectionBudget build(ElapsedTime time) {
            Faults faults = new Faults("ConnectionBudget");
            faults.addUnlessWithin("limit", limit, MAX_LIMIT, "choose what the database serves");
            if (spare < 0 || spare >= Math.max(1, limit)) {
                faults.add("spare", Integer.toString(spare), "0 to less than the limit", "choose a smaller number");
            }
            if (settling.isNegative()) {
                faults.add("settling", settling.toString(), "PT0S or more", "choose a longer duration");
            }
            Supplier<Optional<MemberRank>> known = place;
            if (known == null) {
                faults.addMissing("place", "where this process is among the members", "call place(...)");
            }
            faults.throwIfAny();
            if (known == null) {
                throw new IllegalStateException("no place, and no fault");
            }
            ConnectionBudget budget = new ConnectionBudget(this, known, time);
            DataSources.limit(dataSource, 1);
            budget.applied = 1;
            return budget;
        }
    }
}
