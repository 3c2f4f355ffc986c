package io.fyercache.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import javax.cache.configuration.MutableConfiguration;
import org.junit.jupiter.api.Test;

/** The factories serve a configuration of this JVM, and say why they do not travel. */
class FactoryTest {

    record Person(long id, String name) {}

    @Test
    void factory_fitsAConfiguration_andMakesTheSameObject() throws Exception {
        try (TestDatabase database = TestDatabase.create()) {
            var loader = JdbcCacheLoader.builder(Long.class, Person.class)
                    .dataSource(database.dataSource())
                    .table("person")
                    .build();
            var writer = JdbcCacheWriter.builder(Long.class, Person.class)
                    .dataSource(database.dataSource())
                    .table("person")
                    .build();
            var configuration = new MutableConfiguration<Long, Person>()
                    .setTypes(Long.class, Person.class)
                    .setReadThrough(true)
                    .setWriteThrough(true)
                    .setCacheLoaderFactory(loader.factory())
                    .setCacheWriterFactory(writer.factory());
            assertThat(configuration.getCacheLoaderFactory().create()).isSameAs(loader);
            assertThat(configuration.getCacheWriterFactory().create()).isSameAs(writer);
            assertThatThrownBy(() -> new ObjectOutputStream(new ByteArrayOutputStream()).writeObject(configuration))
                    .isInstanceOf(NotSerializableException.class)
                    .hasMessageContaining("JdbcCacheLoader of table person holds a DataSource of this JVM")
                    .hasMessageContaining("call dataSource(\"...\") and factory() on the builder");
        }
    }
}
