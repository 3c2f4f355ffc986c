package io.fyercache.jpa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fyercache.jdbc.JdbcCacheLoader;
import io.fyercache.jdbc.JdbcCacheWriter;
import java.io.File;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;

/** Jakarta Persistence, PostgreSQL's driver, Micrometer and FyerCache are optional: whoever has none of them has the rest of this module. */
class WithoutPersistenceTest {

    private static final List<String> OPTIONAL = List.of(
            "jakarta.persistence", "hibernate", "org/postgresql", "micrometer", "jcache-provider", "fyercache-jcache");

    /** An application without entities. */
    public static final class Application implements Callable<String> {
        record Person(long id, String name) {}

        @Override
        public String call() throws Exception {
            JdbcDataSource database = new JdbcDataSource();
            database.setURL("jdbc:h2:mem:without;DB_CLOSE_DELAY=-1");
            try (Connection connection = database.getConnection();
                    var sql = connection.createStatement()) {
                sql.execute("create table person (id bigint primary key, name varchar(100))");
                sql.execute("insert into person values (1, 'Ada')");
            }
            try (var loader = JdbcCacheLoader.builder(Long.class, Person.class)
                            .dataSource(database)
                            .table("person")
                            .build();
                    var writer = JdbcCacheWriter.builder(Long.class, Person.class)
                            .dataSource(database)
                            .table("person")
                            .build()) {
                writer.delete(2L);
                return loader.load(1L).name();
            }
        }
    }

    @Test
    void loaderAndWriterOfTables_workWithoutIt() throws Exception {
        List<URL> without = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            if (OPTIONAL.stream().noneMatch(entry::contains)) {
                without.add(Path.of(entry).toUri().toURL());
            }
        }
        try (URLClassLoader loader =
                new URLClassLoader(without.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
            assertThatThrownBy(() -> Class.forName("jakarta.persistence.EntityManager", false, loader))
                    .isInstanceOf(ClassNotFoundException.class);
            Callable<?> application = Class.forName(Application.class.getName(), true, loader)
                    .asSubclass(Callable.class)
                    .getConstructor()
                    .newInstance();
            assertThat(application.call()).isEqualTo("Ada");
        }
    }
}
