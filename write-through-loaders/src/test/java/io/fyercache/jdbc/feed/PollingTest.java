package io.fyercache.jdbc.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fyercache.jdbc.Product;
import io.fyercache.jdbc.TestDatabase;
import io.fyercache.jdbc.datasource.Connections;
import io.fyercache.jdbc.fault.InvalidSettingsException;
import io.fyercache.jdbc.mapping.EntityMapping;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a polled table tells, with a clock that is turned by hand. */
@ParameterizedClass(name = "{0}")
@MethodSource("products")
class PollingTest {

    private static final Duration LONGEST = Duration.ofSeconds(10);

    record Person(long id, String name) {}

    @Parameter
    Product product;

    private final AtomicLong nanos = new AtomicLong();
    private final DroppedKeys<Long> dropped = new DroppedKeys<>();
    private TestDatabase database;
    private FollowedTable<Long> table;
    private ChangeSource.Session session;

    static Stream<Product> products() {
        return Product.all().stream();
    }

    @BeforeEach
    void open() throws Exception {
        database = TestDatabase.create(
                product, 1, "create table person (id bigint primary key, name varchar(100), changed bigint not null)");
        database.execute("insert into person values (1, 'a', 1), (2, 'b', 2), (3, 'c', 3)");
        table = new FollowedTable<>(mapping("person"), dropped);
        session = Polling.by("changed", Long.class)
                .longestTransaction(LONGEST)
                .build(nanos::get)
                .session(Connections.of(database.dataSource()), List.of(table));
        assertThat(session.open()).isEqualTo(ChangeSource.Session.Absence.CATCHES_UP);
    }

    @AfterEach
    void everyConnectionIsReturned() throws Exception {
        assertThat(database.connectionsInUse()).isZero();
        database.close();
    }

    private static EntityMapping<Long, Person> mapping(String table) {
        return EntityMapping.builder(Long.class, Person.class).table(table).build();
    }

    private void hearAt(Duration time) throws Exception {
        nanos.set(time.toNanos());
        session.hear();
        table.drop(new FeedCounters());
    }

    @Test
    void changedAndInsertedRows_areToldOnce() throws Exception {
        hearAt(Duration.ofSeconds(1));
        assertThat(dropped.keys()).isEmpty();
        database.execute("update person set changed = 4 where id = 2");
        database.execute("insert into person values (4, 'd', 5)");
        hearAt(Duration.ofSeconds(2));
        assertThat(dropped.keys()).containsExactly(2L, 4L);
        dropped.forget();
        hearAt(Duration.ofSeconds(3));
        assertThat(dropped.keys()).isEmpty();
        database.execute("update person set changed = 6 where id = 2");
        hearAt(Duration.ofSeconds(4));
        assertThat(dropped.keys()).containsExactly(2L);
    }

    /** A transaction takes its number, and commits when others have told higher ones. */
    @Test
    void changeThatIsCommittedLate_isTold() throws Exception {
        try (Connection late = DriverManager.getConnection(database.url());
                var statement = late.createStatement()) {
            late.setAutoCommit(false);
            statement.execute("update person set changed = 4 where id = 1");
            database.execute("update person set changed = 5 where id = 2");
            hearAt(Duration.ofSeconds(1));
            hearAt(Duration.ofSeconds(2));
            assertThat(dropped.keys()).containsExactly(2L);
            late.commit();
        }
        hearAt(Duration.ofSeconds(9));
        assertThat(dropped.keys()).containsExactly(1L, 2L);
    }

    /** What was uncommitted when the session was opened has a number that nobody looks at again. */
    @Test
    void transactionsOfTheBeginning_areOver_andEverythingIsDroppedOnce() throws Exception {
        hearAt(LONGEST.minusNanos(1));
        assertThat(dropped.wholes()).isZero();
        hearAt(LONGEST);
        hearAt(LONGEST.plusSeconds(1));
        assertThat(dropped.wholes()).isEqualTo(1);
    }

    @Test
    void sessionThatWasClosed_tellsWhatItHasNotHeard() throws Exception {
        hearAt(Duration.ofSeconds(1));
        session.close();
        database.execute("update person set changed = 4 where id = 3");
        session.open();
        hearAt(Duration.ofSeconds(9));
        assertThat(dropped.keys()).containsExactly(3L);
    }

    @Test
    void moreRowsThanAPollLooksAt_areEverything_nowAndWhenTheirTransactionsAreOver() throws Exception {
        database.execute("insert into person select x + 10, 'many', x + 10 from (" + numbersTo(Polling.MAX_ROWS + 1)
                + ") numbers");
        hearAt(Duration.ofSeconds(20)); // When those of the beginning are over already.
        assertThat(dropped.wholes()).isEqualTo(1);
        database.execute("update person set changed = 100000 where id = 1");
        hearAt(Duration.ofSeconds(21));
        assertThat(dropped.keys()).containsExactly(1L);
        assertThat(dropped.wholes()).isEqualTo(1);
        hearAt(Duration.ofSeconds(30));
        assertThat(dropped.wholes()).isEqualTo(2);
    }

    private String numbersTo(int last) {
        return switch (product) {
            case H2 -> "select x from system_range(1, " + last + ")";
            case POSTGRESQL -> "select x from generate_series(1, " + last + ") x";
            case MARIADB -> "select seq as x from seq_1_to_" + last;
        };
    }

    @Test
    void tableOfDeletedKeys_isFollowedForTheSameCache() throws Exception {
        database.execute("create table gone (id bigint primary key, changed bigint not null)");
        FollowedTable<Long> gone = new FollowedTable<>(mapping("gone"), dropped);
        ChangeSource.Session both = Polling.by("changed", Long.class)
                .longestTransaction(LONGEST)
                .build(nanos::get)
                .session(Connections.of(database.dataSource()), List.of(table, gone));
        both.open();
        database.execute("delete from person where id = 2");
        database.execute("insert into gone values (2, 4)");
        both.hear();
        table.drop(new FeedCounters());
        assertThat(dropped.keys()).isEmpty();
        gone.drop(new FeedCounters());
        assertThat(dropped.keys()).containsExactly(2L);
    }

    @Test
    void timeOfTheLastChange_isAColumnToo() throws Exception {
        database.execute("create table \"Dated\" (id bigint primary key, moved_at timestamp(6) not null)"
                .replace("\"", quote()));
        FollowedTable<Long> dated = new FollowedTable<>(
                EntityMapping.builder(Long.class, Person.class)
                        .table("\"Dated\"")
                        .build(),
                dropped);
        ChangeSource.Session ofTime = Polling.by("moved_at", LocalDateTime.class)
                .build(nanos::get)
                .session(Connections.of(database.dataSource()), List.of(dated));
        ofTime.open();
        database.execute("insert into \"Dated\" values (1, current_timestamp(6))".replace("\"", quote()));
        ofTime.hear();
        dated.drop(new FeedCounters());
        assertThat(dropped.keys()).containsExactly(1L);
        dropped.forget();
        ofTime.hear();
        dated.drop(new FeedCounters());
        assertThat(dropped.keys()).isEmpty();
    }

    private String quote() {
        return product == Product.MARIADB ? "`" : "\"";
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\"x"})
    void everyFault_isListed(String column) {
        assertThatThrownBy(() -> Polling.by(column, String.class)
                        .every(Duration.ofMillis(99))
                        .longestTransaction(Duration.ofSeconds(-1))
                        .build())
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("column: ")
                .hasMessageContaining("type: java.lang.String (expected: a time or a number)")
                .hasMessageContaining("every: PT0.099S (expected: PT0.1S..PT1H)")
                .hasMessageContaining("longestTransaction: PT-1S");
    }
}
