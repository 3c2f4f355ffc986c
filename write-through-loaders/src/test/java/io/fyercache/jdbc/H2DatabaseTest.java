package io.fyercache.jdbc;

import static io.fyercache.jdbc.Entries.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fyercache.jdbc.mapping.EntityMapping;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;
import javax.cache.integration.CacheWriterException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What H2 alone has: files, settings of its own, and figures of what it did. */
class H2DatabaseTest {

    record Person(long id, String familyName) {}

    private final EntityMapping<Long, Person> mapping =
            EntityMapping.builder(Long.class, Person.class).table("Person").build();

    @Test
    void databaseThatFoldsToLowerCase_findsPlainNames() throws Exception {
        try (TestDatabase database = TestDatabase.open(
                "jdbc:h2:mem:" + UUID.randomUUID() + ";DATABASE_TO_LOWER=TRUE",
                1,
                "create table Person (ID bigint primary key, Family_Name varchar)")) {
            Person person = new Person(1, "Lower");
            writer(database).write(entry(1L, person));
            assertThat(loader(database).load(1L)).isEqualTo(person);
        }
    }

    @Test
    void databaseInAFile_holdsWhatWasWritten_andSaysThatItIsReadOnly(@TempDir Path directory) throws Exception {
        String url = "jdbc:h2:file:" + directory.resolve("people");
        Person person = new Person(1, "Durable");
        try (TestDatabase database =
                TestDatabase.open(url, 1, "create table person (id bigint primary key, family_name varchar)")) {
            writer(database).write(entry(1L, person));
        }
        try (TestDatabase readOnly = TestDatabase.open(url + ";ACCESS_MODE_DATA=r", 1)) {
            assertThat(loader(readOnly).load(1L)).isEqualTo(person);
            var entries = Entries.of(List.of(2L, 3L), id -> new Person(id, "Late"));
            assertThatThrownBy(() -> writer(readOnly).writeAll(entries))
                    .isInstanceOf(CacheWriterException.class)
                    .hasMessageContaining("2 rows")
                    .hasMessageContaining("SQLState 90097");
            assertThat(entries).hasSize(2);
        }
    }

    @Test
    void loadAll_countedByTheDatabase_takesAStatementPerChunk() throws Exception {
        try (TestDatabase database = TestDatabase.create(
                "create table person (id bigint primary key, family_name varchar)",
                "insert into person select x, 'name ' || x from system_range(1, 1000)")) {
            loader(database).load(1L);
            database.execute("set query_statistics true");
            loader(database).loadAll(LongStream.rangeClosed(1, 1000).boxed().toList());
            assertThat(database.column("select sum(execution_count) from information_schema.query_statistics"
                            + " where sql_statement like 'SELECT%\"PERSON\"%'"))
                    .extracting(count -> ((Number) count).intValue())
                    .containsExactly(2);
        }
    }

    private JdbcCacheLoader<Long, Person> loader(TestDatabase database) {
        return JdbcCacheLoader.builder(mapping)
                .dataSource(database.dataSource())
                .build();
    }

    private JdbcCacheWriter<Long, Person> writer(TestDatabase database) {
        return JdbcCacheWriter.builder(mapping)
                .dataSource(database.dataSource())
                .build();
    }
}
