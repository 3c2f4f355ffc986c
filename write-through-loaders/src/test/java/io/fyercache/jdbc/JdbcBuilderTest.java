package io.fyercache.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fyercache.jdbc.fault.Fault;
import io.fyercache.jdbc.fault.InvalidSettingsException;
import io.fyercache.jdbc.fence.Fence;
import io.fyercache.jdbc.fence.PrimaryEpochs;
import io.fyercache.jdbc.mapping.EntityMapping;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Settings are rejected as a whole, with every fault, and before a database is called. */
class JdbcBuilderTest {

    record Person(long id, String name) {}

    record Nameless(String name) {}

    record Nested(long id, Person person, Thread thread) {}

    record NarrowId(int id, String name) {}

    @SuppressWarnings("ArrayRecordComponent") // the point: no good as a key
    record ArrayKey(byte[] bytes) {}

    static final class Plain {}

    /** Building must call nothing on it. */
    private static final DataSource UNTOUCHED = (DataSource) Proxy.newProxyInstance(
            JdbcBuilderTest.class.getClassLoader(), new Class<?>[] {DataSource.class}, (proxy, method, arguments) -> {
                throw new AssertionError("build() called " + method);
            });

    @Test
    void build_callsNoDatabase() {
        assertThat(JdbcCacheLoader.builder(Long.class, Person.class)
                        .dataSource(UNTOUCHED)
                        .table("person")
                        .build())
                .hasToString("JdbcCacheLoader of table person");
        assertThat(JdbcCacheWriter.builder(Long.class, Person.class)
                        .dataSource(UNTOUCHED)
                        .table("\"Person\"")
                        .build())
                .hasToString("JdbcCacheWriter of table \"Person\"");
    }

    @Test
    void everyFault_isListedWithNameValueExpectationAndRemedy() {
        var builder = JdbcCacheLoader.builder(Long.class, Nested.class)
                .statementTimeout(Duration.ofMillis(1500))
                .maxParameters(0)
                .column("nmae", "name");
        assertThatThrownBy(builder::build)
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessage(String.join(
                        "\n  ",
                        "JdbcCacheLoader<Long, Nested>:",
                        "table: none (expected: the name of a table); call table(\"...\")",
                        "Nested.person: io.fyercache.jdbc.JdbcBuilderTest$Person (expected: a type that a column can"
                                + " hold); give its way by columnType(...), or describe the class by functions",
                        "Nested.thread: java.lang.Thread (expected: a type that a column can hold);"
                                + " give its way by columnType(...), or describe the class by functions",
                        "column: nmae (expected: a component or property of key or value, one of"
                                + " [id, person, thread]); correct the name",
                        "maxParameters: 0 (expected: 1..32767); choose a number that the driver takes",
                        "dataSource: none (expected: where connections come from); call dataSource(...)",
                        "statementTimeout: PT1.5S (expected: PT1S..PT24H in whole seconds, as JDBC counts them);"
                                + " choose a duration in the range"));
        assertThat(catchThrowableOfType(InvalidSettingsException.class, builder::build)
                        .faults())
                .hasSize(7)
                .contains(new Fault("table", "none", "the name of a table", "call table(\"...\")"));
    }

    @Test
    void noKeyColumn_isAFault() {
        assertFault(
                () -> EntityMapping.builder(Long.class, Nameless.class)
                        .table("t")
                        .build(),
                "keyColumn: none (expected: the column of a key that is a java.lang.Long); call keyColumn(\"...\")");
        // A component named id of another type is no key.
        assertFault(
                () -> EntityMapping.builder(Long.class, NarrowId.class)
                        .table("t")
                        .build(),
                "keyColumn: none");
    }

    @Test
    void sharedColumnOfTwoTypes_isAFault() {
        assertFault(
                () -> EntityMapping.builder(Long.class, NarrowId.class)
                        .table("t")
                        .keyColumn("id")
                        .build(),
                "valueColumn: id as int (expected: java.lang.Long, as in the key)");
    }

    @Test
    void classesThatAreNoRecords_needFunctions() {
        var builder = EntityMapping.builder(Plain.class, Plain.class).table("t");
        assertFault(builder::build, "keyType: " + Plain.class.getTypeName() + " (expected: a record");
        assertFault(builder::build, "valueType: " + Plain.class.getTypeName() + " (expected: a record");
    }

    @Test
    void loader_needsAReader_writerNeedsColumns() {
        var writable = EntityMapping.builder(Long.class, Plain.class)
                .table("t")
                .keyColumn("id")
                .valueColumn("text", String.class, Plain::toString)
                .build();
        var readable = EntityMapping.builder(Long.class, Plain.class)
                .table("t")
                .keyColumn("id")
                .readOnlyColumns("text")
                .reader(row -> new Plain())
                .build();
        assertFault(
                () -> JdbcCacheLoader.builder(writable).dataSource(UNTOUCHED).build(), "reader: none");
        assertFault(
                () -> JdbcCacheWriter.builder(readable).dataSource(UNTOUCHED).build(), "valueColumn: none");
        assertThat(JdbcCacheLoader.builder(readable).dataSource(UNTOUCHED).build())
                .isNotNull();
        assertThat(JdbcCacheWriter.builder(writable).dataSource(UNTOUCHED).build())
                .isNotNull();
    }

    @Test
    void columnTwice_isAFault() {
        assertFault(
                () -> EntityMapping.builder(Long.class, Person.class)
                        .table("t")
                        .column("name", "ID")
                        .build(),
                "valueColumn: ID (expected: each column once)");
    }

    @Test
    void arrayAsKey_isAFault() {
        assertFault(
                () -> EntityMapping.builder(ArrayKey.class, Person.class)
                        .table("t")
                        .build(),
                "keyColumn: bytes of byte[] (expected: a type whose equals compares content");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\"open", "\"a\"b\"", "a..b", "a.b.c.d", "nul\0"})
    void malformedTable_isAFault(String table) {
        assertFault(
                () -> EntityMapping.builder(Long.class, Person.class)
                        .table(table)
                        .build(),
                "table: " + table + " (expected: ");
    }

    @Test
    void malformedColumn_isAFault() {
        assertFault(
                () -> EntityMapping.builder(Long.class, Person.class)
                        .table("t")
                        .column("name", "\"open")
                        .build(),
                "Person.name: \"open (expected: a closing quote");
    }

    @Test
    void readyMappingAndDescription_isAFault() {
        var mapping = EntityMapping.builder(Long.class, Person.class).table("t").build();
        assertFault(
                () -> JdbcCacheLoader.builder(mapping)
                        .dataSource(UNTOUCHED)
                        .table("u")
                        .build(),
                "table: set beside a ready mapping");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 10_001})
    void batchSizeOutOfRange_isAFault(int batchSize) {
        assertFault(
                () -> JdbcCacheWriter.builder(Long.class, Person.class)
                        .dataSource(UNTOUCHED)
                        .table("t")
                        .batchSize(batchSize)
                        .build(),
                "batchSize: " + batchSize + " (expected: 1..10000)");
    }

    @Test
    void fenceTable_isCheckedAsAnyName_andIsATableOfItsOwn() {
        var builder = JdbcCacheWriter.builder(Long.class, Person.class)
                .dataSource(UNTOUCHED)
                .table("person");
        PrimaryEpochs epochs = key -> null;
        assertThatCode(() ->
                        builder.fencedBy(new Fence("app.\"The fence\"", epochs)).build())
                .doesNotThrowAnyException();
        assertFault(
                () -> builder.fencedBy(new Fence("a.b.c.d", epochs)).build(),
                "fencedBy: a.b.c.d (expected: 1..3 names with dots between)");
        assertFault(
                () -> builder.fencedBy(new Fence("person", epochs)).build(),
                "fencedBy: person (expected: a table of its own); name the fence table, not the table of the entries");
    }

    @Test
    void fewerParametersThanKeyColumns_isAFault() {
        assertFault(
                () -> JdbcCacheLoader.builder(Person.class, String.class)
                        .dataSource(UNTOUCHED)
                        .table("t")
                        .valueColumn("text")
                        .maxParameters(1)
                        .build(),
                "maxParameters: 1 (expected: at least the key's 2 columns)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT-1S", "PT0.999S", "PT1.001S", "PT24H0.001S", "PT24H1S"})
    void statementTimeoutOutOfRange_isAFault(String timeout) {
        assertFault(
                () -> JdbcCacheLoader.builder(Long.class, Person.class)
                        .dataSource(UNTOUCHED)
                        .table("t")
                        .statementTimeout(Duration.parse(timeout))
                        .build(),
                "statementTimeout: " + Duration.parse(timeout));
    }

    @Test
    void defaults_areAsDocumented() {
        assertThat(List.of(
                        JdbcBuilder.DEFAULT_STATEMENT_TIMEOUT,
                        JdbcCacheLoader.Builder.DEFAULT_MAX_PARAMETERS,
                        JdbcCacheWriter.Builder.DEFAULT_BATCH_SIZE))
                .containsExactly(Duration.ofSeconds(30), 500, 500);
    }

    private static void assertFault(ThrowingCallable build, String fault) {
        assertThatThrownBy(build)
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining(fault)
                .isInstanceOfSatisfying(
                        InvalidSettingsException.class,
                        e -> assertThat(e.faults()).isNotEmpty());
    }
}
