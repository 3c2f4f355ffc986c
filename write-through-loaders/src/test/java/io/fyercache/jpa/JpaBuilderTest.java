package io.fyercache.jpa;

import static io.fyercache.jdbc.Entries.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fyercache.core.codec.ClassFilter;
import io.fyercache.core.codec.CodecChain;
import io.fyercache.jdbc.fault.InvalidSettingsException;
import java.io.ByteArrayOutputStream;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import javax.cache.configuration.Factory;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CacheWriter;
import org.junit.jupiter.api.Test;

/** Settings are refused as a whole, and factories travel with a name. */
class JpaBuilderTest extends OnPersistenceUnits {

    @Test
    void build_nothingGiven_listsEveryFault() {
        var writer = JpaCacheWriter.builder(Long.class, Person.class).batchSize(0);
        assertThatThrownBy(writer::build)
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageStartingWith("JpaCacheWriter<Long, Person>:")
                .hasMessageContaining("batchSize: 0 (expected: 1..10000); choose a number of rows in the range")
                .hasMessageContaining("entityManagerFactory: none (expected: where entity managers come from)");
        assertThatThrownBy(
                        () -> JpaCacheLoader.builder(Long.class, Person.class).factory())
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("entityManagerFactory: none (expected: the name of an entity manager factory)");
    }

    @Test
    void build_wrongClasses_areRefused() {
        assertThatThrownBy(() -> JpaCacheLoader.builder(Long.class, String.class)
                        .entityManagerFactory(unit.factory())
                        .build())
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("entityType: java.lang.String (expected: an entity of this persistence unit)");
        assertThatThrownBy(() -> JpaCacheLoader.builder(Integer.class, Person.class)
                        .entityManagerFactory(unit.factory())
                        .entityGraph("nobody's")
                        .build())
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("keyType: java.lang.Integer (expected: java.lang.Long, the class of the id)")
                .hasMessageContaining("entityGraph: nobody's (expected: an entity graph of this persistence unit)");
        assertThatThrownBy(() -> JpaCacheLoader.builder(Long.class, Line.class)
                        .entityManagerFactory(unit.factory())
                        .build())
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("keyType: java.lang.Long (expected: " + Line.Place.class.getName());
    }

    @Test
    void build_transactionsByJta_areRefused() throws Exception {
        try (var factory = PersistenceUnit.withJta(unit.database().dataSource())) {
            assertThatThrownBy(() -> JpaCacheWriter.builder(Long.class, Person.class)
                            .entityManagerFactory(factory)
                            .build())
                    .isInstanceOf(InvalidSettingsException.class)
                    .hasMessageContaining("entityManagerFactory: transactions by JTA (expected: resource-local")
                    .hasMessageContaining("transaction-type RESOURCE_LOCAL");
        }
    }

    @Test
    void build_factoryIsClosedOrBothAreGiven_isRefused() {
        var closed = PersistenceUnit.over(unit.database().dataSource());
        closed.close();
        assertThatThrownBy(() -> JpaCacheLoader.builder(Long.class, Person.class)
                        .entityManagerFactory(closed)
                        .build())
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("entityManagerFactory: closed (expected: an open one)");
        assertThatThrownBy(() -> JpaCacheLoader.builder(Long.class, Person.class)
                        .entityManagerFactory(unit.factory())
                        .entityManagerFactory("people")
                        .build())
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("entityManagerFactory: people (expected: a name or an object, not both)");
    }

    @Test
    void factoryOfALoader_servesThisJvm_andSaysWhyItDoesNotTravel() {
        var loader = JpaCacheLoader.builder(Long.class, Person.class)
                .entityManagerFactory(unit.factory())
                .build();
        assertThat(loader.factory().create()).isSameAs(loader);
        assertThatThrownBy(() -> new ObjectOutputStream(new ByteArrayOutputStream()).writeObject(loader.factory()))
                .isInstanceOf(NotSerializableException.class)
                .hasMessageContaining("JpaCacheLoader of entity Person holds an EntityManagerFactory of this JVM")
                .hasMessageContaining("call entityManagerFactory(\"...\") and factory() on the builder");
        assertThatThrownBy(() -> JpaCacheWriter.builder(Long.class, Person.class)
                        .entityManagerFactory(unit.factory())
                        .factory())
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("entityManagerFactory: an object of this JVM");
    }

    @Test
    void factoryByName_travels_andWorksWhereTheNameIsKnown() throws Exception {
        Factory<CacheLoader<Long, Person>> loaders = sent(JpaCacheLoader.builder(Long.class, Person.class)
                .entityManagerFactory("people")
                .factory());
        Factory<CacheWriter<Long, Person>> writers = sent(JpaCacheWriter.builder(Long.class, Person.class)
                .entityManagerFactory("people")
                .batchSize(7)
                .factory());
        assertThatThrownBy(loaders::create)
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("entityManagerFactory: people (expected: a name that this JVM knows: one of [])")
                .hasMessageContaining("PersistenceUnits.register");
        try (var registration = PersistenceUnits.register("people", unit.factory())) {
            assertThat(registration).isNotNull();
            assertThatThrownBy(() -> PersistenceUnits.register("people", unit.factory()))
                    .isInstanceOf(InvalidSettingsException.class)
                    .hasMessageContaining("not of [people]");
            writers.create().write(entry(1L, new Person(1L, "Ada")));
            assertThat(loaders.create().load(1L).name).isEqualTo("Ada");
        }
        assertThatThrownBy(writers::create).isInstanceOf(InvalidSettingsException.class);
    }

    /** As a cluster sends it: by its codecs, behind a class filter. */
    @SuppressWarnings("unchecked") // as a provider, who knows the types from the cache's definition
    private static <T> T sent(T factory) {
        CodecChain codec = CodecChain.of(JpaBuilderTest.class.getClassLoader(), ClassFilter.standard());
        return (T) codec.decode(codec.encode(factory));
    }
}
