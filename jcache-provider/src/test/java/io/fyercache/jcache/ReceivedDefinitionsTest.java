package io.fyercache.jcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fyercache.configuration.EntryWeigher;
import io.fyercache.configuration.FyerConfiguration;
import io.fyercache.configuration.PortableSettings;
import io.fyercache.configuration.Serialization;
import io.fyercache.core.engine.CacheDefinition;
import io.fyercache.core.engine.DefinitionReader.Hosted;
import io.fyercache.core.engine.PortableDefinition;
import io.fyercache.core.operation.EncodedForm;
import java.io.Serializable;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.configuration.Factory;
import javax.cache.configuration.FactoryBuilder;
import javax.cache.expiry.Duration;
import javax.cache.expiry.ExpiryPolicy;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CacheLoaderException;
import javax.cache.integration.CacheWriter;
import javax.cache.integration.CacheWriterException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Caches in a process that did not define them, with and without the classes of the application. */
public class ReceivedDefinitionsTest {
    private static final ClassLoader APPLICATION = ReceivedDefinitionsTest.class.getClassLoader();

    private final URLClassLoader nothing = new URLClassLoader(new URL[0], ClassLoader.getPlatformClassLoader());

    @AfterEach
    void close() throws Exception {
        nothing.close();
    }

    /** All of an application's code that runs where the entries are. */
    public static final class Application
            implements CacheLoader<String, Note>,
                    CacheWriter<String, Note>,
                    ExpiryPolicy,
                    EntryWeigher<String, Note>,
                    AutoCloseable {
        static final List<String> CALLS = new ArrayList<>();

        @Override
        public Note load(String key) {
            return new Note("of " + key);
        }

        @Override
        public Map<String, Note> loadAll(Iterable<? extends String> keys) {
            return Map.of();
        }

        @Override
        public void write(Cache.Entry<? extends String, ? extends Note> entry) {
            CALLS.add("write " + entry.getKey());
        }

        @Override
        public void writeAll(Collection<Cache.Entry<? extends String, ? extends Note>> entries) {}

        @Override
        public void delete(Object key) {}

        @Override
        public void deleteAll(Collection<?> keys) {}

        @Override
        public Duration getExpiryForCreation() {
            return new Duration(java.util.concurrent.TimeUnit.MILLISECONDS, 7);
        }

        @Override
        public Duration getExpiryForAccess() {
            return null;
        }

        @Override
        public Duration getExpiryForUpdate() {
            return null;
        }

        @Override
        public int weigh(String key, Note value) {
            return key.length();
        }

        @Override
        public void close() {
            CALLS.add("close");
        }
    }

    private static PortableDefinition portable() {
        return PortableSettings.write(
                "notes",
                FyerConfiguration.builder(String.class, Note.class)
                        .readThrough(true)
                        .writeThrough(true)
                        .loader(FactoryBuilder.factoryOf(Application.class))
                        .writer(FactoryBuilder.factoryOf(Application.class))
                        .expiry(FactoryBuilder.factoryOf(Application.class))
                        .maximumWeight(100)
                        .weigher(FactoryBuilder.factoryOf(Application.class))
                        .build(),
                APPLICATION);
    }

    private static Hosted read(ClassLoader loader) {
        return new ReceivedDefinitions(loader).read(portable(), "member 'm'");
    }

    @Test
    void withTheApplication_itsCodeRuns_andEachProcessClosesItsOwn() throws Exception {
        Hosted one = read(APPLICATION);
        Hosted other = read(APPLICATION);
        EncodedForm form = (EncodedForm) one.definition().form();
        Application.CALLS.clear();

        Object loaded = one.definition().loader().load("k");
        one.definition().writer().write("k", loaded);

        assertThat(form.sameValue(loaded, other.definition().loader().load("k")))
                .isTrue();
        assertThat(one.definition().expiry().afterCreation(1_000)).isEqualTo(1_007);
        assertThat(one.definition().expiry().runsUserCode()).isTrue();
        assertThat(one.definition().bounds().weigher().weigh("four", loaded)).isEqualTo(4);
        assertThat(Application.CALLS).containsExactly("write k");
        one.userObjects().close();
        assertThat(Application.CALLS).containsExactly("write k", "close", "close", "close", "close");
        assertThat(other.definition().loader().load("k"))
                .as("the other process has its own")
                .isNotNull();
        other.userObjects().close();
    }

    @Test
    void whatWasNeverUsed_isNeverMade_andNotClosed() throws Exception {
        Application.CALLS.clear();

        read(APPLICATION).userObjects().close();

        assertThat(Application.CALLS).isEmpty();
    }

    @Test
    void usedAfterItsEnd_fails_andLeavesNothingOpen() throws Exception {
        Hosted hosted = read(APPLICATION);
        hosted.userObjects().close();
        Application.CALLS.clear();

        assertThatThrownBy(() -> hosted.definition().loader().load("k"))
                .isInstanceOf(CacheLoaderException.class)
                .hasMessageContainingAll("'notes'", "loader", "closed");
        assertThat(Application.CALLS).containsExactly("close");
    }

    @Test
    void withoutTheApplication_whatNeedsItFailsNamingIt_andNothingElse() {
        CacheDefinition definition = read(nothing).definition();
        String[] named = {"cache 'notes' on member 'm'", Application.class.getName()};

        assertThat(definition.name()).isEqualTo("notes");
        assertThat(definition.reading()).isEqualTo(CacheDefinition.Reading.THROUGH);
        assertThat(definition.bounds().maximum()).isEqualTo(100);
        assertThatThrownBy(() -> definition.writer().write("k", new byte[0]))
                .isInstanceOf(CacheWriterException.class)
                .hasMessageContainingAll(named)
                .hasMessageContaining("writer");
        assertThatThrownBy(() -> definition.expiry().afterCreation(0))
                .isInstanceOf(CacheException.class)
                .hasMessageContainingAll(named)
                .hasMessageContaining("expiry");
        assertThatThrownBy(() -> definition.bounds().weigher().weigh("k", new byte[0]))
                .isInstanceOf(CacheException.class)
                .hasMessageContainingAll(named)
                .hasMessageContaining("weigher");
        assertThatThrownBy(() -> definition.loader().load("k"))
                .isInstanceOf(CacheLoaderException.class)
                .hasMessageContainingAll("cache 'notes' on member 'm'", "valueType", Note.class.getName());
        assertThatThrownBy(() -> definition.processes().decode("k", new byte[] {1}))
                .isInstanceOf(CacheException.class)
                .hasMessageContaining("'notes'");
    }

    @Test
    void codecThatIsNotHere_failsWhatNeedsIt() {
        PortableDefinition portable = PortableSettings.write(
                "c",
                FyerConfiguration.builder()
                        .serialization(Serialization.defaults().withCodecs("elsewhere"))
                        .build(),
                APPLICATION);

        EncodedForm form = (EncodedForm) new ReceivedDefinitions(APPLICATION)
                .read(portable, "member 'm'")
                .definition()
                .form();

        assertThat(form.sameValue(new byte[] {1}, new byte[] {1})).isTrue();
        assertThatThrownBy(() -> form.encodeKey("k"))
                .isInstanceOf(CacheException.class)
                .hasMessageContainingAll("'c'", "serialization.codecs: elsewhere");
    }

    /** Makes something else than it says. */
    record Liar() implements Factory<CacheLoader<String, Note>>, Serializable {
        @Override
        @SuppressWarnings({"unchecked", "rawtypes"})
        public CacheLoader<String, Note> create() {
            return (CacheLoader) ((Factory) () -> "no loader").create();
        }
    }

    @Test
    void factoryOfSomethingElse_isNamed() {
        PortableDefinition portable = PortableSettings.write(
                "c",
                FyerConfiguration.builder(String.class, Note.class)
                        .loader(new Liar())
                        .build(),
                APPLICATION);

        assertThatThrownBy(() -> new ReceivedDefinitions(APPLICATION)
                        .read(portable, "member 'm'")
                        .definition()
                        .loader()
                        .load("k"))
                .isInstanceOf(CacheLoaderException.class)
                .hasMessageContaining("'c'");
    }
}
