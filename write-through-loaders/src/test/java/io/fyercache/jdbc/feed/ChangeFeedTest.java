package io.fyercache.jdbc.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.fyercache.jdbc.datasource.Connections;
import io.fyercache.jdbc.mapping.EntityMapping;
import io.fyercache.jdbc.micrometer.FeedMeters;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The life of a feed, on a source and a clock that do as they are told. */
@Timeout(60)
class ChangeFeedTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final AtomicLong nanos = new AtomicLong();
    private final DroppedKeys<Long> dropped = new DroppedKeys<>();
    private final ToldSource source = new ToldSource();

    private final EntityMapping<Long, String> mapping = EntityMapping.builder(Long.class, String.class)
            .table("person")
            .keyColumn("id")
            .valueColumn("name")
            .build();

    /** What a session does next. */
    private interface Step {
        void run(FollowedTable<?> table) throws SQLException;
    }

    private static final class ToldSource implements ChangeSource {
        private final LinkedBlockingQueue<Step> steps = new LinkedBlockingQueue<>();
        private volatile Session.Absence absence = Session.Absence.LOSES;
        private volatile boolean away;

        @Override
        public Session session(Connections connections, List<FollowedTable<?>> tables) {
            return new Session() {
                @Override
                public Absence open() throws SQLException {
                    if (away) {
                        throw new SQLNonTransientConnectionException("nobody of that name: 4711", "08001");
                    }
                    return absence;
                }

                @Override
                public Duration hear() throws SQLException {
                    try {
                        Step step = steps.poll(10, TimeUnit.MILLISECONDS);
                        if (step != null) {
                            step.run(tables.get(0));
                        }
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                    return Duration.ZERO;
                }

                @Override
                public void close() {
                    // Holds nothing.
                }
            };
        }
    }

    private ChangeFeed start(ChangeFeed.Beginning beginning) {
        return ChangeFeed.by(source)
                .name("people")
                .dataSource(new JdbcDataSource())
                .beginning(beginning)
                .follow(mapping, dropped)
                .start(nanos::get);
    }

    private static void await(ThrowingRunnable condition) {
        Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(5)).untilAsserted(condition);
    }

    private void fail() {
        source.steps.add(table -> {
            throw new SQLException("the value 4711 was lost", "08006");
        });
    }

    @Test
    void beginning_dropsWhatWasLoadedBefore_unlessItIsKept() {
        try (ChangeFeed feed = start(ChangeFeed.Beginning.DROP)) {
            await(() -> assertThat(dropped.wholes()).isEqualTo(1));
            assertThat(feed.status().interruptions()).isZero();
        }
        try (ChangeFeed feed = start(ChangeFeed.Beginning.KEEP)) {
            source.steps.add(table -> table.changed(List.of(mapping.rowKey(1L))));
            await(() -> assertThat(dropped.keys()).containsExactly(1L));
            assertThat(feed.status().cachesDropped()).isZero();
        }
    }

    @Test
    void sessionThatLoses_dropsEverythingAfterIt_andOneThatCatchesUpDoesNot() {
        try (ChangeFeed feed = start(ChangeFeed.Beginning.KEEP)) {
            fail();
            await(() -> assertThat(dropped.wholes()).isEqualTo(1));
            source.absence = ChangeSource.Session.Absence.CATCHES_UP;
            fail();
            await(() -> assertThat(feed.status().interruptions()).isEqualTo(2));
            source.steps.add(table -> table.changed(List.of(mapping.rowKey(2L))));
            await(() -> assertThat(dropped.keys()).containsExactly(2L));
            assertThat(dropped.wholes()).isEqualTo(1);
        }
    }

    @Test
    void behind_growsWhileItDoesNotHear_andTheProblemHoldsNoValue() {
        source.absence = ChangeSource.Session.Absence.CATCHES_UP;
        try (ChangeFeed feed = start(ChangeFeed.Beginning.KEEP)) {
            SimpleMeterRegistry registry = new SimpleMeterRegistry();
            new FeedMeters(feed).bindTo(registry);
            nanos.addAndGet(Duration.ofSeconds(5).toNanos());
            await(() -> assertThat(feed.status().behind()).isZero());
            assertThat(registry.get("fyercache.feed.troubled").gauge().value()).isZero();
            source.away = true;
            fail();
            await(() -> assertThat(feed.status().problem())
                    .isEqualTo("SQLNonTransientConnectionException, SQLState 08001, code 0"));
            nanos.addAndGet(Duration.ofSeconds(7).toNanos());
            assertThat(feed.status().behind()).isEqualTo(Duration.ofSeconds(7));
            assertThat(registry.get("fyercache.feed.troubled").gauge().value()).isEqualTo(1);
            source.away = false;
            source.steps.add(table -> table.changed(List.of(mapping.rowKey(3L))));
            await(() -> assertThat(feed.status().behind()).isZero());
            await(() -> assertThat(feed.status().problem()).isNull());
            await(() -> assertThat(registry.get("fyercache.feed.keys.dropped")
                            .tag("feed", "people")
                            .functionCounter()
                            .count())
                    .isEqualTo(1));
            assertThat(registry.get("fyercache.feed.interruptions")
                            .functionCounter()
                            .count())
                    .isEqualTo(1);
            assertThat(registry.get("fyercache.feed.behind").timeGauge().value(TimeUnit.SECONDS))
                    .isZero();
        }
    }

    @Test
    void whatWasNotedBeforeAFailure_isDroppedAtOnce() {
        try (ChangeFeed feed = start(ChangeFeed.Beginning.KEEP)) {
            await(() -> assertThat(feed.status().problem()).isNull());
            source.away = true;
            source.steps.add(table -> {
                table.changed(List.of(mapping.rowKey(5L)));
                throw new SQLException("another table is missing", "42P01");
            });
            await(() -> assertThat(dropped.keys()).containsExactly(5L));
            assertThat(feed.status().problem()).isNotNull();
        }
    }

    @Test
    void close_endsItsThreads_andASecondTimeItDoesNothing() {
        ChangeFeed feed = start(ChangeFeed.Beginning.DROP);
        await(() -> assertThat(feed.status().problem()).isNull());
        feed.close();
        feed.close();
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().startsWith("fyercache-feed-"));
    }
}
