package io.fyercache.jdbc;

import static io.fyercache.jdbc.Entries.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fyercache.core.codec.ClassFilter;
import io.fyercache.core.codec.CodecChain;
import io.fyercache.jcache.FyerCachingProvider;
import io.fyercache.jdbc.cluster.ClusterFence;
import io.fyercache.jdbc.datasource.DataSources;
import io.fyercache.jdbc.datasource.PoolSettings;
import io.fyercache.jdbc.dialect.IdentifierRules;
import io.fyercache.jdbc.dialect.StandardDialect;
import io.fyercache.jdbc.fault.InvalidSettingsException;
import io.fyercache.jdbc.fence.FenceTable;
import io.fyercache.jdbc.mapping.ColumnNaming;
import io.fyercache.jdbc.mapping.EntityMapping;
import io.fyercache.jdbc.mapping.MappingSource;
import io.fyercache.jdbc.server.MariaDbServer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.cache.Cache;
import javax.cache.configuration.Factory;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CacheLoaderException;
import javax.cache.integration.CacheWriter;
import javax.cache.integration.CacheWriterException;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Factories that are sent to another JVM and work there, with the data source that it knows by their name. */
class TravellingFactoryTest {

    private static final String VARIABLE = "PEOPLE_PASSWORD";

    record Person(long id, String familyName, int version) {}

    /** No record and no bean. */
    static final class Title {
        private final String text;

        Title(String text) {
            this.text = text;
        }
    }

    record Titles() implements MappingSource<Long, Title> {
        @Override
        public EntityMapping<Long, Title> mapping() {
            return EntityMapping.builder(Long.class, Title.class)
                    .table("person")
                    .keyColumn("id")
                    .valueColumn("family_name", String.class, title -> title.text)
                    .reader(row -> new Title(row.getString("family_name")))
                    .build();
        }
    }

    @TempDir
    Path directory;

    static Stream<Product> products() {
        return Product.all().stream();
    }

    /** A process that a loader's and a writer's factory are sent to, with nothing else. */
    static final class Elsewhere {

        private Elsewhere() {}

        @SuppressWarnings("unchecked") // as a provider, who knows the types from the cache's definition
        public static void main(String[] arguments) throws Exception {
            try (ObjectInputStream in = new ObjectInputStream(Files.newInputStream(Path.of(arguments[0])))) {
                var loader =
                        (JdbcCacheLoader<Long, Person>) ((Factory<CacheLoader<Long, Person>>) in.readObject()).create();
                var writer =
                        (JdbcCacheWriter<Long, Person>) ((Factory<CacheWriter<Long, Person>>) in.readObject()).create();
                try (loader;
                        writer) {
                    Person here = loader.load(1L);
                    writer.write(entry(2L, new Person(2, "reply to " + here.familyName(), 0)));
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("products")
    void otherJvm_makesThemOfItsOwnDataSource(Product product) throws Exception {
        String ddl = "create table person (id bigint primary key, name varchar(40), version int)";
        String url = product == Product.H2
                ? "jdbc:h2:file:" + directory.resolve("people") + ";AUTO_SERVER=TRUE"
                : Servers.newDatabase(product);
        try (TestDatabase database = TestDatabase.open(url, 1, ddl, "insert into person values (1, 'Ada', 0)")) {
            var loader = JdbcCacheLoader.builder(Long.class, Person.class)
                    .dataSource("people")
                    .table("person")
                    .column("familyName", "name")
                    .versionColumn("version")
                    .statementTimeout(Duration.ofSeconds(7));
            var writer = JdbcCacheWriter.builder(Long.class, Person.class)
                    .dataSource("people")
                    .table("person")
                    .column("familyName", "name")
                    .versionColumn("version");
            byte[] sent = serialized(loader.factory(), writer.factory());
            assertThat(new String(sent, StandardCharsets.ISO_8859_1)).doesNotContain(MariaDbServer.PASSWORD);
            run(sent, url);
            assertThat(database.column("select name from person where id = 2")).containsExactly("reply to Ada");
        }
    }

    private void run(byte[] sent, String url) throws Exception {
        Path factories = Files.write(directory.resolve("factories"), sent);
        String[] parts = url.replaceFirst("&password=[^&]*", "").split("\\?user=tester", -1);
        List<String> lines = new ArrayList<>(List.of("people.jdbcUrl="
                + String.join("?", parts).replaceFirst("\\?$", "").replace("?&", "?")));
        if (parts.length > 1) {
            lines.add("people.user=tester");
            lines.add("people.password.environment=" + VARIABLE);
        }
        Path sources = Files.write(directory.resolve("sources.properties"), lines);
        Path output = directory.resolve("output");
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-D" + DataSources.FILE_PROPERTY + "=" + sources,
                        "-cp",
                        System.getProperty("java.class.path"),
                        Elsewhere.class.getName(),
                        factories.toString())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().put(VARIABLE, MariaDbServer.PASSWORD);
        Process process = builder.start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            String said = Files.readString(output);
            assertThat(process.exitValue()).as(said).isZero();
            assertThat(said).doesNotContain(MariaDbServer.PASSWORD);
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void mappingSource_travels_andSoDoFunctions() throws Exception {
        try (TestDatabase database = TestDatabase.create(
                        "create table person (id bigint primary key, family_name varchar)",
                        "insert into person values (1, 'Countess')");
                var registration = DataSources.register("titles", database.dataSource())) {
            assertThat(registration).isNotNull();
            Factory<CacheLoader<Long, Title>> factory = copied(
                    JdbcCacheLoader.builder(new Titles()).dataSource("titles").factory());
            assertThat(factory.create().load(1L).text).isEqualTo("Countess");
            assertThat(factory.create()).isNotSameAs(factory.create());
        }
    }

    /** Our own cluster sends them in another form, and compares the bytes of two processes. */
    @Test
    void clusterOfOurs_takesThem() {
        var builder = JdbcCacheLoader.builder(Long.class, Person.class)
                .dataSource("people")
                .table("person")
                .column("familyName", "name")
                .column("version", "v");
        var inAnotherOrder = JdbcCacheLoader.builder(Long.class, Person.class)
                .column("version", "v")
                .column("familyName", "name")
                .table("person")
                .dataSource("people");
        CodecChain codecs = CodecChain.of(TravellingFactoryTest.class.getClassLoader(), ClassFilter.standard());
        byte[] sent = codecs.encode(builder.factory());
        assertThat(sent).isEqualTo(codecs.encode(inAnotherOrder.factory()));
        assertThat(codecs.decode(sent)).isEqualTo(builder.factory());
    }

    @Test
    void fencedWriter_travels_toACluster_andElsewhere() throws Exception {
        Factory<CacheWriter<Long, Person>> factory = JdbcCacheWriter.builder(Long.class, Person.class)
                .dataSource("people")
                .table("person")
                .fencedBy(ClusterFence.in("app.fyercache_fence"))
                .factory();
        CodecChain codecs = CodecChain.of(TravellingFactoryTest.class.getClassLoader(), ClassFilter.standard());
        assertThat(codecs.decode(codecs.encode(factory))).isEqualTo(factory);
        assertThat(copied(factory)).isEqualTo(factory);
        assertThat(factory.toString()).contains("app.fyercache_fence");
    }

    /** It asks for the call's tokens, which another test has in a cluster. */
    @Test
    void fencedWriter_ofACacheOfThisJvm_refusesToWrite() throws Exception {
        try (TestDatabase database = TestDatabase.create(
                        "create table person (id bigint primary key, family_name varchar, version int)");
                var registration = DataSources.register("people", database.dataSource());
                var provider = new FyerCachingProvider()) {
            assertThat(registration).isNotNull();
            FenceTable.named("fyercache_fence").create(database.dataSource());
            Cache<Long, Person> cache = provider.getCacheManager()
                    .createCache(
                            "people",
                            new MutableConfiguration<Long, Person>()
                                    .setTypes(Long.class, Person.class)
                                    .setStoreByValue(false)
                                    .setWriteThrough(true)
                                    .setCacheWriterFactory(JdbcCacheWriter.builder(Long.class, Person.class)
                                            .dataSource("people")
                                            .table("person")
                                            .fencedBy(ClusterFence.in("fyercache_fence"))
                                            .factory()));
            assertThatThrownBy(() -> cache.put(1L, new Person(1, "Ada", 0)))
                    .isInstanceOf(CacheWriterException.class)
                    .hasMessage(
                            "cannot write to table person, key id=1: no fencing token (expected: a call by a cache of a cluster,"
                                    + " on the thread of that call); do not set fencedBy(...) where one JVM has the cache, as nobody can"
                                    + " take over from it");
            assertThat(cache.containsKey(1L)).isFalse();
        }
    }

    @Test
    void everySetting_travels() throws Exception {
        record Odd(long id, String Mixed) {}
        try (TestDatabase database = TestDatabase.create(
                        "create table odd (id bigint primary key, mixed varchar, version int)",
                        "insert into odd select x, 'm', 0 from system_range(1, 10)");
                var registration =
                        DataSources.register("odd", new ObservedDataSource(database.dataSource()).dataSource())) {
            assertThat(registration).isNotNull();
            var builder = JdbcCacheLoader.builder(Long.class, Odd.class)
                    .dataSource("odd")
                    .table("odd")
                    .keyColumn("id")
                    .naming(ColumnNaming.AS_IS)
                    .readOnlyColumns("version")
                    .maxParameters(3);
            Factory<CacheLoader<Long, Odd>> factory = copied(builder.factory());
            assertThat(factory).isEqualTo(builder.factory());
            assertThat(factory.create().loadAll(List.of(1L, 2L, 3L, 4L, 5L)))
                    .hasSize(5)
                    .containsAllEntriesOf(Map.of(5L, new Odd(5, "m")));
            assertThat(factory.toString()).contains("odd").doesNotContain("jdbc:");
        }
    }

    @Test
    void whatCannotTravel_isAFaultOfItsOwn() {
        var loader = JdbcCacheLoader.builder(Long.class, Title.class)
                .dataSource((DataSource) new JdbcDataSource())
                .dialect(new StandardDialect(IdentifierRules.STANDARD))
                .table("person")
                .keyColumn("id")
                .valueColumn("name", String.class, title -> title.text)
                .naming(component -> "x")
                .reader(row -> new Title(""));
        assertThatThrownBy(loader::factory)
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("dataSource: an object of this JVM (expected: the name of a data source)")
                .hasMessageContaining("dialect: an object of this JVM")
                .hasMessageContaining(
                        "valueColumn: a function (expected: what can be sent to another JVM: names and types);"
                                + " write a MappingSource")
                .hasMessageContaining("reader: a function")
                .hasMessageContaining("naming: a function");
        assertThatThrownBy(() -> JdbcCacheWriter.builder(new Titles()).factory())
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("dataSource: none");
        assertThatThrownBy(() -> JdbcCacheWriter.builder(new Titles().mapping())
                        .dataSource("people")
                        .factory())
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("mapping: an object of this JVM");
    }

    @Test
    void nameThatIsUnknownWhereItArrives_isAnErrorThere() throws Exception {
        Factory<CacheLoader<Long, Title>> factory = copied(
                JdbcCacheLoader.builder(new Titles()).dataSource("nobody").factory());
        assertThatThrownBy(factory::create)
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("dataSource: nobody (expected: a name that this JVM knows");
    }

    @Test
    void loaderThatIsClosed_saysSo() throws Exception {
        var settings =
                PoolSettings.builder("closing").jdbcUrl("jdbc:h2:mem:closing").build();
        try (var registration = DataSources.register(settings)) {
            assertThat(registration).isNotNull();
            var loader =
                    JdbcCacheLoader.builder(new Titles()).dataSource("closing").build();
            loader.close();
            assertThatThrownBy(() -> loader.load(1L))
                    .isInstanceOf(CacheLoaderException.class)
                    .hasRootCauseMessage("closed, as the cache that used it was");
        }
    }

    private static byte[] serialized(Object... objects) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            for (Object each : objects) {
                out.writeObject(each);
            }
        }
        return bytes.toByteArray();
    }

    @SuppressWarnings("unchecked") // of the type that went in
    private static <T> T copied(T object) throws Exception {
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(serialized(object)))) {
            return (T) in.readObject();
        }
    }
}
