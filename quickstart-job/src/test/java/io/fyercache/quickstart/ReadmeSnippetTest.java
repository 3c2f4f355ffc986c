package io.fyercache.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import io.fyercache.configuration.FyerConfiguration;
import io.fyercache.jdbc.JdbcCacheLoader;
import io.fyercache.jdbc.JdbcCacheWriter;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.Caching;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;

/** Runs what the README shows. */
class ReadmeSnippetTest {
    private static final String DATABASE = "jdbc:h2:mem:readme;DB_CLOSE_DELAY=-1";

    // What stands between "snippet" and "end of snippet" is in the README, word for word.
    // snippet
    record Person(long id, String name) {}

    static Cache<Long, Person> people(CacheManager manager, DataSource database) {
        return manager.createCache(
                "people",
                FyerConfiguration.builder(Long.class, Person.class)
                        .maximumEntries(10_000)
                        .loader(JdbcCacheLoader.builder(Long.class, Person.class)
                                .dataSource(database)
                                .table("person")
                                .keyColumn("id")
                                .build()
                                .factory())
                        .readThrough(true)
                        .writer(JdbcCacheWriter.builder(Long.class, Person.class)
                                .dataSource(database)
                                .table("person")
                                .keyColumn("id")
                                .build()
                                .factory())
                        .writeThrough(true)
                        .build());
    }
    // end of snippet

    @Test
    void people_readAndWriteThroughTheCache() throws SQLException {
        JdbcDataSource database = new JdbcDataSource();
        database.setURL(DATABASE);
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                CacheManager manager = Caching.getCachingProvider().getCacheManager()) {
            statement.execute("create table person (id bigint primary key, name varchar(100))");
            statement.execute("insert into person values (1, 'Ada')");
            Cache<Long, Person> people = people(manager, database);

            assertThat(people.get(1L)).isEqualTo(new Person(1, "Ada"));
            people.put(2L, new Person(2, "Grace"));

            try (ResultSet row = statement.executeQuery("select name from person where id = 2")) {
                assertThat(row.next()).isTrue();
                assertThat(row.getString(1)).isEqualTo("Grace");
            }
            statement.execute("drop all objects delete files");
        }
    }
}
