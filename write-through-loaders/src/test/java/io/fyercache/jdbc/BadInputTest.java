package io.fyercache.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.fyercache.jcache.FyerCachingProvider;
import io.fyercache.jdbc.datasource.DataSources;
import io.fyercache.jdbc.datasource.PoolSettings;
import io.fyercache.jdbc.registry.Registration;
import java.io.Serializable;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLTransactionRollbackException;
import java.time.Duration;
import java.util.stream.Stream;
import javax.cache.Cache;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.integration.CacheLoaderException;
import javax.cache.integration.CacheWriterException;
import javax.sql.DataSource;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a user of a cache meets when something is wrong with its database: an error that names table and key and no value, an entry that is as it was,
 * and a connection that is back.
 */
@ParameterizedClass(name = "{0}")
@MethodSource("products")
class BadInputTest {

    /** What no message may hold. */
    private static final String VALUE = "value 4711";

    record Person(long id, String name) implements Serializable {}

    record Nicknamed(long id, String name, String nickname) implements Serializable {}

    record Numbered(long id, Integer name) implements Serializable {}

    @Parameter
    Product product;

    private final FyerCachingProvider provider = new FyerCachingProvider();
    private TestDatabase database;

    static Stream<Product> products() {
        return Product.all().stream();
    }

    @BeforeEach
    void createTable() throws Exception {
        database = TestDatabase.create(
                product, 1, "create table person (id bigint primary key, name varchar(20) not null unique)");
        database.execute("insert into person values (1, 'Ada'), (2, '" + VALUE + "')");
    }

    @AfterEach
    void everyConnectionIsReturned() throws Exception {
        assertThat(database.connectionsInUse()).isZero();
        provider.close();
        database.close();
    }

    private <V> Cache<Long, V> cache(Class<V> values, String table) {
        return cache(values, table, database.dataSource());
    }

    private <V> Cache<Long, V> cache(Class<V> values, String table, DataSource dataSource) {
        return provider.getCacheManager()
                .createCache(
                        "people",
                        new MutableConfiguration<Long, V>()
                                .setTypes(Long.class, values)
                                .setStoreByValue(false)
                                .setReadThrough(true)
                                .setCacheLoaderFactory(JdbcCacheLoader.builder(Long.class, values)
                                        .dataSource(dataSource)
                                        .table(table)
                                        .statementTimeout(Duration.ofSeconds(1))
                                        .build()
                                        .factory())
                                .setWriteThrough(true)
                                .setCacheWriterFactory(JdbcCacheWriter.builder(Long.class, values)
                                        .dataSource(dataSource)
                                        .table(table)
                                        .statementTimeout(Duration.ofSeconds(1))
                                        .build()
                                        .factory()));
    }

    private static void assertLoadFails(Cache<Long, ?> cache, String text) {
        assertFails(CacheLoaderException.class, () -> cache.get(2L), "cannot load from table ", text);
        assertThat(cache.containsKey(2L)).isFalse();
    }

    /** Entry 1 is in the cache, and stays what it is, whether it is put or removed. */
    private static void assertWritesFail(Cache<Long, Person> cache, String text) {
        assertFails(
                CacheWriterException.class, () -> cache.put(1L, new Person(1, VALUE)), "cannot write to table ", text);
        assertThat(cache.get(1L)).isEqualTo(new Person(1, "Ada"));
    }

    private static void assertFails(Class<?> type, ThrowingCallable call, String start, String text) {
        Throwable failure = catchThrowable(call);
        assertThat(failure).isInstanceOf(type);
        assertThat(failure.getMessage())
                .startsWith(start)
                .containsIgnoringCase(text)
                .contains("key id=")
                .doesNotContain(VALUE)
                .doesNotContain("\n");
    }

    @Test
    void tableMissing() throws Exception {
        Cache<Long, Person> cache = cache(Person.class, "person");
        assertThat(cache.get(1L)).isNotNull();
        database.execute("drop table person");
        assertLoadFails(cache, "table person, key id=2: ");
        assertWritesFail(cache, "table person, key id=1: ");
        assertThatThrownBy(() -> cache.remove(1L)).isInstanceOf(CacheWriterException.class);
        assertThat(cache.containsKey(1L)).isTrue();
    }

    @Test
    void columnMissing_isNamed() {
        Cache<Long, Nicknamed> cache = cache(Nicknamed.class, "person");
        assertLoadFails(cache, "nickname");
        assertFails(
                CacheWriterException.class,
                () -> cache.put(3L, new Nicknamed(3, VALUE, VALUE)),
                "cannot write to table person, key id=3: ",
                "nickname");
        assertThat(cache.containsKey(3L)).isFalse();
    }

    @Test
    void tableWithQuotes_isNamedAsItIsWritten() {
        Cache<Long, Person> cache = cache(Person.class, "\"it's a \"\"table\"\"\"");
        assertLoadFails(cache, "table \"it's a \"\"table\"\"\", key id=2: ");
    }

    @Test
    void columnOfAnotherType_isNamed_whenRead_andTheRowWhenWritten() throws Exception {
        Cache<Long, Numbered> cache = cache(Numbered.class, "person");
        assertLoadFails(cache, "table person, key id=2: column name cannot be read as java.lang.Integer");
        provider.getCacheManager().destroyCache("people");
        database.execute("create table aged (id bigint primary key, name int)");
        Cache<Long, Person> aged = cache(Person.class, "aged");
        assertFails(
                CacheWriterException.class,
                () -> aged.put(3L, new Person(3, VALUE)),
                "cannot write to table aged, key id=3: ",
                "SQLState");
        assertThat(aged.containsKey(3L)).isFalse();
    }

    @Test
    void privilegeMissing_toReadAndToWrite() throws Exception {
        String reader = Servers.of(product).asUserWithoutRights(database.url());
        try (TestDatabase asReader = TestDatabase.open(reader, 1)) {
            Cache<Long, Person> cache = cache(Person.class, "person", asReader.dataSource());
            assertThat(cache.get(1L)).isNotNull();
            assertWritesFail(cache, "SQLState");
            assertThat(asReader.connectionsInUse()).isZero();
        }
        provider.getCacheManager().destroyCache("people");
        try (TestDatabase asNobody = TestDatabase.open(asUserWithoutAnyRight(), 1)) {
            Cache<Long, Person> cache = cache(Person.class, "person", asNobody.dataSource());
            assertLoadFails(cache, "SQLState");
            assertThat(asNobody.connectionsInUse()).isZero();
        }
    }

    /** One who gets in, and may read another table alone. */
    private String asUserWithoutAnyRight() throws SQLException {
        database.execute("create table other (id bigint primary key)");
        String url = database.url();
        switch (product) {
            case H2 -> {
                database.execute("create user nobody password 'n'");
                return url + ";USER=nobody;PASSWORD=n";
            }
            case POSTGRESQL -> {
                String schema = url.substring(url.lastIndexOf('=') + 1);
                database.execute("create role nobody_" + schema + " login");
                database.execute("grant usage on schema " + schema + " to nobody_" + schema);
                return url.replace("user=tester", "user=nobody_" + schema);
            }
            case MARIADB -> {
                String name = url.substring(url.lastIndexOf('/') + 1, url.indexOf('?'));
                String password = url.replaceAll(".*password=([^&]*).*", "$1");
                database.execute("create user nobody_" + name + "@'127.0.0.1' identified by '" + password + "'");
                database.execute("grant select on " + name + ".other to nobody_" + name + "@'127.0.0.1'");
                return url.replace("user=tester", "user=nobody_" + name);
            }
        }
        throw new IllegalStateException("no such product");
    }

    @Test
    void rowIsLockedForLongerThanAStatementMayTake() throws Exception {
        Cache<Long, Person> cache = cache(Person.class, "person");
        assertThat(cache.get(1L)).isNotNull();
        try (Connection other = DriverManager.getConnection(database.url());
                var statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("update person set name = 'Grace' where id = 1");
            assertWritesFail(cache, "table person, key id=1: ");
            other.rollback();
        }
        cache.put(1L, new Person(1, "Jean"));
        assertThat(database.column("select name from person where id = 1")).containsExactly("Jean");
    }

    @Test
    void poolExhausted_saysSo() throws Exception {
        Cache<Long, Person> cache = cache(Person.class, "person");
        assertThat(cache.get(1L)).isNotNull();
        try (Connection held = database.dataSource().getConnection()) {
            assertThat(held.isValid(1)).isTrue();
            assertLoadFails(cache, "no connection came free in time");
            assertWritesFail(cache, "no connection came free in time");
        }
        assertThat(cache.get(2L)).isNotNull();
    }

    @Test
    void victimOfDeadlocksForEver() {
        var observed = new ObservedDataSource(database.dataSource(), (method, sql) -> {
            if (method.startsWith("executeUpdate") || method.equals("executeBatch")) {
                throw new SQLTransactionRollbackException("deadlock on " + VALUE, "40001");
            }
        });
        Cache<Long, Person> cache = cache(Person.class, "person", observed.dataSource());
        assertThat(cache.get(1L)).isNotNull();
        assertWritesFail(cache, "SQLState 40001");
    }

    @Test
    void constraintViolated() throws Exception {
        Cache<Long, Person> cache = cache(Person.class, "person");
        assertThat(cache.get(1L)).isNotNull();
        // The name is that of row 2.
        assertWritesFail(cache, "SQLState 23");
        assertThat(database.column("select name from person order by id")).containsExactly("Ada", VALUE);
    }

    @Test
    void rowThatIsThereTwice() throws Exception {
        database.execute("create table loose (id bigint, name varchar(20))");
        database.execute("insert into loose values (1, 'Ada'), (2, '" + VALUE + "'), (2, '" + VALUE + "')");
        Cache<Long, Person> cache = cache(Person.class, "loose");
        assertLoadFails(cache, "table loose, key id=2: more than one row");
        assertThat(cache.get(1L)).isEqualTo(new Person(1, "Ada"));
        database.execute("insert into loose values (1, 'Ada')");
        assertWritesFail(cache, "table loose, key id=1: ");
        assertThat(database.column("select name from loose where id = 1")).containsExactly("Ada", "Ada");
    }

    @Test
    void dataSourceThatNobodyKnows_failsWhereTheCacheIsMade_andOneWithoutADriverWhenItIsUsed() {
        var loader = JdbcCacheLoader.builder(Long.class, Person.class)
                .dataSource("nowhere")
                .table("person")
                .factory();
        var configuration = new MutableConfiguration<Long, Person>()
                .setTypes(Long.class, Person.class)
                .setStoreByValue(false)
                .setReadThrough(true)
                .setCacheLoaderFactory(loader);
        assertThatThrownBy(() -> provider.getCacheManager().createCache("people", configuration))
                .hasStackTraceContaining("dataSource: nowhere (expected: a name that this JVM knows: ");
        PoolSettings settings = PoolSettings.builder("nowhere")
                .jdbcUrl("jdbc:nosuch://host/people?password=" + VALUE)
                .build();
        try (Registration registration = DataSources.register(settings)) {
            assertThat(registration).isNotNull();
            Cache<Long, Person> cache = provider.getCacheManager().createCache("people", configuration);
            Throwable failure = catchThrowable(() -> cache.get(2L));
            assertThat(failure)
                    .isInstanceOf(CacheLoaderException.class)
                    .hasMessageContaining("cannot load from table person, key id=2: ")
                    .hasMessageContaining("jdbcUrl: jdbc:nosuch://host/people (expected: a URL that a JDBC driver here")
                    .hasMessageNotContainingAny(VALUE, "\n");
            assertThat(cache.containsKey(2L)).isFalse();
            cache.close();
        }
    }
}
