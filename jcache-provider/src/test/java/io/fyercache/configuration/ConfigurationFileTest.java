package io.fyercache.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import javax.cache.CacheException;
import javax.cache.configuration.CacheEntryListenerConfiguration;
import javax.cache.configuration.CompleteConfiguration;
import javax.cache.configuration.FactoryBuilder;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.expiry.AccessedExpiryPolicy;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.EternalExpiryPolicy;
import javax.cache.expiry.ExpiryPolicy;
import javax.cache.expiry.ModifiedExpiryPolicy;
import javax.cache.expiry.TouchedExpiryPolicy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigurationFileTest {

    private static final ClassLoader LOADER = ConfigurationFileTest.class.getClassLoader();

    @Test
    void sample_everySetting_isWhatTheApiWouldBuild() throws Exception {
        FyerConfiguration<?, ?> everything =
                sample().configurationFor("everything").orElseThrow();

        assertThat(everything.getKeyType()).isEqualTo(Long.class);
        assertThat(everything.getValueType()).isEqualTo(String.class);
        assertThat(everything.isStoreByValue()).isFalse();
        assertThat(everything.isStatisticsEnabled()).isFalse();
        assertThat(everything.isManagementEnabled()).isTrue();
        assertThat(everything.isReadThrough()).isTrue();
        assertThat(everything.isWriteThrough()).isTrue();
        assertThat(Objects.requireNonNull(everything.getCacheLoaderFactory()).create())
                .isInstanceOf(SampleClasses.Loader.class);
        assertThat(Objects.requireNonNull(everything.getCacheWriterFactory()).create())
                .isInstanceOf(SampleClasses.Writer.class);
        assertThat(everything.asyncListenerQueue()).isEqualTo(64);
        assertThat(everything.maximumWeight()).hasValue(1_000_000);
        assertThat(everything.maximumEntries())
                .as("the inherited maximum gives way")
                .isEmpty();
        assertThat(everything.weigher().orElseThrow().create()).isInstanceOf(SampleClasses.Weigher.class);
        assertThat(everything.evictionListener().orElseThrow().create()).isInstanceOf(SampleClasses.Evicted.class);
        assertThat(everything.loadOptions())
                .isEqualTo(
                        new LoadOptions(8, Duration.ofSeconds(2), 0.5, Duration.ofMinutes(5), Duration.ofMillis(250)));
        assertThat(everything.writeBehind())
                .contains(new WriteBehindOptions(
                        Duration.ofSeconds(3),
                        50,
                        2_000,
                        Duration.ZERO,
                        Duration.ofMillis(200),
                        Duration.ofSeconds(10),
                        7,
                        Duration.ofMinutes(1)));
        assertThat(everything.serialization())
                .isEqualTo(new Serialization(
                        ClassAdmission.ALLOW_LIST,
                        List.of("com.acme.Order", "com.acme.items.*", "com.acme.parts.**"),
                        40,
                        500_000,
                        1 << 20,
                        65_536,
                        List.of("java", "json-v1")));
        ExpiryPolicy expiry = everything.getExpiryPolicyFactory().create();
        assertThat(expiry.getExpiryForCreation()).isEqualTo(minutes(60));
        assertThat(expiry.getExpiryForUpdate()).isEqualTo(minutes(30));
        assertThat(expiry.getExpiryForAccess()).isEqualTo(minutes(10));
    }

    @Test
    void sample_listeners_areInOrderWithTheirParts() throws Exception {
        List<CacheEntryListenerConfiguration<?, ?>> listeners = new ArrayList<>();
        sample().configurationFor("everything")
                .orElseThrow()
                .getCacheEntryListenerConfigurations()
                .forEach(listeners::add);

        assertThat(listeners).hasSize(2);
        CacheEntryListenerConfiguration<?, ?> first = listeners.get(0);
        assertThat((Object) first.getCacheEntryListenerFactory().create()).isInstanceOf(SampleClasses.Created.class);
        assertThat((Object) first.getCacheEntryEventFilterFactory().create()).isInstanceOf(SampleClasses.Filter.class);
        assertThat(first.isOldValueRequired()).isTrue();
        assertThat(first.isSynchronous()).isTrue();
        CacheEntryListenerConfiguration<?, ?> second = listeners.get(1);
        assertThat((Object) second.getCacheEntryEventFilterFactory()).isNull();
        assertThat(second.isOldValueRequired()).isFalse();
        assertThat(second.isSynchronous()).isFalse();
    }

    @Test
    void sample_expiries_arePoliciesOfJsr107() throws Exception {
        ConfigurationFile file = sample();

        assertThat(expiryOf(file, "nothing")).isEqualTo(EternalExpiryPolicy.factoryOf());
        assertThat(expiryOf(file, "eternal")).isEqualTo(EternalExpiryPolicy.factoryOf());
        assertThat(expiryOf(file, "created"))
                .isEqualTo(CreatedExpiryPolicy.factoryOf(new javax.cache.expiry.Duration(TimeUnit.MILLISECONDS, 500)));
        assertThat(expiryOf(file, "modified"))
                .isEqualTo(ModifiedExpiryPolicy.factoryOf(new javax.cache.expiry.Duration(TimeUnit.SECONDS, 10)));
        assertThat(expiryOf(file, "accessed")).isEqualTo(AccessedExpiryPolicy.factoryOf(minutes(120)));
        assertThat(expiryOf(file, "touched"))
                .isEqualTo(TouchedExpiryPolicy.factoryOf(javax.cache.expiry.Duration.ONE_DAY));
        assertThat(file.configurationFor("nightly")
                        .orElseThrow()
                        .getExpiryPolicyFactory()
                        .create())
                .isInstanceOf(SampleClasses.Nightly.class);
        assertThat(expiryOf(file, "partly"))
                .isEqualTo(new FactoryBuilder.SingletonFactory<>(
                        new PerOperationExpiry(javax.cache.expiry.Duration.ETERNAL, null, minutes(5))));
    }

    @Test
    void sample_defaults_areInheritedOverriddenAndTurnedOff() throws Exception {
        ConfigurationFile file = sample();

        FyerConfiguration<?, ?> nothing = file.configurationFor("nothing").orElseThrow();
        assertThat(nothing.isStatisticsEnabled()).isTrue();
        assertThat(nothing.maximumEntries()).hasValue(1_000);
        assertThat(nothing.loadOptions())
                .isEqualTo(LoadOptions.defaults().withMaximumConcurrentLoads(16).withRefreshAhead(0.8));
        assertThat(nothing.writeBehind()).as("it writes nothing").isEmpty();
        FyerConfiguration<?, ?> unbounded = file.configurationFor("unbounded").orElseThrow();
        assertThat(unbounded.maximumEntries()).isEmpty();
        assertThat(unbounded.loadOptions()).isEqualTo(LoadOptions.defaults().withMaximumConcurrentLoads(16));
        assertThat(file.configurationFor("bytes").orElseThrow().getValueType()).isEqualTo(byte[].class);
        assertThat(file.configurationFor("bytes").orElseThrow().serialization().maxBytes())
                .isEqualTo(65_536);
    }

    @ParameterizedTest
    @CsvSource({
        "orders.current, 1, an exact name",
        "orders.other, 2, the only pattern that matches",
        "orders.archive.2020, 3, the longer beginning",
        "orders.archive.eu, 3, the longer beginning although two others match",
        "orders., 2, a star for nothing",
        "customers.eu, 4, a pattern that begins with a star",
        "orders.eu, 2, the longer beginning before the longer pattern"
    })
    void configurationFor_severalCandidates_isTheClosest(String name, long entries, String because) throws Exception {
        assertThat(sample().configurationFor(name).orElseThrow().maximumEntries())
                .as(because)
                .hasValue(entries);
    }

    @Test
    void configurationFor_nameThatNothingMatches_isEmpty() throws Exception {
        assertThat(sample().configurationFor("customers")).isEmpty();
        assertThat(sample().templateFor("everything")).isEmpty();
        assertThat(sample().templateFor("orders.current").orElseThrow().maximumEntries())
                .hasValue(2);
        assertThat(ConfigurationFile.none().configurationFor("orders")).isEmpty();
    }

    @Test
    void declaredCaches_areTheExactNamesInOrder() throws Exception {
        assertThat(sample().declaredCaches())
                .containsExactly(
                        "everything",
                        "told",
                        "near",
                        "nothing",
                        "unbounded",
                        "eternal",
                        "created",
                        "modified",
                        "accessed",
                        "touched",
                        "nightly",
                        "partly",
                        "bytes",
                        "orders.current");
        assertThat(ConfigurationFile.none().declaredCaches()).isEmpty();
    }

    @Test
    void complete_plainConfiguration_takesExtensionsFromTheFileAndTheRestFromCode() throws Exception {
        MutableConfiguration<Integer, Integer> plain = new MutableConfiguration<Integer, Integer>()
                .setTypes(Integer.class, Integer.class)
                .setExpiryPolicyFactory(EternalExpiryPolicy.factoryOf());

        FyerConfiguration<Integer, Integer> completed = sample().complete("everything", plain);

        assertThat((CompleteConfiguration<?, ?>) new MutableConfiguration<>(completed))
                .isEqualTo(plain);
        assertThat(completed.maximumWeight()).hasValue(1_000_000);
        assertThat(completed.loadOptions().refreshAhead()).isEqualTo(0.5);
        assertThat(completed.serialization().admission()).isEqualTo(ClassAdmission.ALLOW_LIST);
        assertThat(completed.asyncListenerQueue()).isEqualTo(64);
        assertThat(completed.evictionListener()).isPresent();
    }

    @Test
    void complete_nameThatNothingMatches_takesExtensionsFromTheDefaults() throws Exception {
        FyerConfiguration<Object, Object> completed = sample().complete("customers", new MutableConfiguration<>());

        assertThat(completed.maximumEntries()).hasValue(1_000);
        assertThat(completed.isStatisticsEnabled()).as("settled by code").isFalse();
        assertThat(ConfigurationFile.none().complete("customers", new MutableConfiguration<>()))
                .isEqualTo(FyerConfiguration.builder().build());
    }

    @Test
    void complete_plainConfigurationThatWrites_writesBehindAsTheDefaultsSay() throws Exception {
        MutableConfiguration<Object, Object> plain = new MutableConfiguration<>();
        plain.setCacheWriterFactory(FactoryBuilder.factoryOf(SampleClasses.Writer.class));

        assertThat(sample().complete("customers", plain).writeBehind()).isEmpty();
        assertThat(sample().complete("customers", plain.setWriteThrough(true)).writeBehind())
                .contains(WriteBehindOptions.after(Duration.ofSeconds(1)).withBatchSize(20));
    }

    @Test
    void complete_ownConfiguration_winsWhole() throws Exception {
        FyerConfiguration<Object, Object> fromCode = FyerConfiguration.builder().build();

        assertThat(sample().complete("everything", fromCode)).isSameAs(fromCode);
    }

    @Test
    void standardSettings_areTheOnesThatAPlainConfigurationStates() {
        SettingValues stated = StandardSettings.of(new MutableConfiguration<Long, String>()
                .setTypes(Long.class, String.class)
                .setCacheLoaderFactory(FactoryBuilder.factoryOf(SampleClasses.Loader.class))
                .setCacheWriterFactory(FactoryBuilder.factoryOf(SampleClasses.Writer.class)));

        assertThat(CacheSettings.ALL)
                .filteredOn(stated::states)
                .containsExactlyInAnyOrderElementsOf(StandardSettings.ALL);
    }

    @Test
    void parse_classNamed_isNotInitializedBeforeItIsNeeded() {
        ConfigurationFile file = parse("caches: { a: { maximumEntries: 5, evictionListener:"
                + " io.fyercache.configuration.SampleClasses$Initialized } }");
        assertThat(System.getProperty("io.fyercache.configuration.initialized")).isNull();

        assertThat(file.configurationFor("a")
                        .orElseThrow()
                        .evictionListener()
                        .orElseThrow()
                        .create())
                .isNotNull();
        assertThat(System.getProperty("io.fyercache.configuration.initialized")).isEqualTo("true");
        System.clearProperty("io.fyercache.configuration.initialized");
    }

    @Test
    void create_userClassFails_saysWhich() {
        ConfigurationFile file =
                parse("caches: { a: { loader: io.fyercache.configuration.SampleClasses$FailingLoader },"
                        + " b: { loader: io.fyercache.configuration.SampleClasses$FactoryOfSomethingElse } }");

        assertThatThrownBy(() -> loaderOf(file, "a"))
                .isInstanceOf(CacheException.class)
                .hasMessageContaining("FailingLoader: its constructor failed")
                .hasRootCauseMessage("no database");
        assertThatThrownBy(() -> loaderOf(file, "b"))
                .isInstanceOf(CacheException.class)
                .hasMessageContaining("FactoryOfSomethingElse: made java.lang.String (expected: a"
                        + " javax.cache.integration.CacheLoader); let its create() return one");
    }

    @ParameterizedTest
    @CsvSource({"UTF-8", "UTF-16BE", "UTF-16LE"})
    void parse_bytesWithAByteOrderMark_areDecoded(String charset) throws IOException {
        byte[] bytes = "\uFEFFcaches: { \"b\u00fccher\": {} }".getBytes(charset);

        ConfigurationFile file =
                ConfigurationFile.parse("f.yaml", new ByteArrayInputStream(bytes), LOADER, name -> null);

        assertThat(file.declaredCaches()).containsExactly("b\u00fccher");
    }

    @Test
    void parse_bytesOfAnotherEncoding_areRefused() {
        byte[] bytes = "caches: { \"b\u00fccher\": {} }".getBytes(StandardCharsets.ISO_8859_1);

        assertThatThrownBy(
                        () -> ConfigurationFile.parse("f.yaml", new ByteArrayInputStream(bytes), LOADER, name -> null))
                .isInstanceOf(CacheException.class)
                .hasMessageContaining("configuration file f.yaml: cannot be read (expected: text in UTF-8)");
    }

    @Test
    void parse_emptyText_isAFileWithoutCaches() {
        assertThat(parse("").declaredCaches()).isEmpty();
        assertThat(parse("# nothing yet\n").declaredCaches()).isEmpty();
        assertThat(parse("caches:\ndefaults:\n").declaredCaches()).isEmpty();
    }

    @Test
    void parse_endlessText_isRefusedAtTheLimit() {
        Reader endless = new Reader() {
            private long served;

            @Override
            public int read(char[] buffer, int offset, int length) {
                served += length;
                if (served > 2L * YamlDocument.MAXIMUM_CHARACTERS) {
                    throw new AssertionError("read on beyond the limit");
                }
                java.util.Arrays.fill(buffer, offset, offset + length, '#');
                return length;
            }

            @Override
            public void close() {}
        };

        assertThatThrownBy(() -> ConfigurationFile.parse("f.yaml", endless, LOADER, name -> null))
                .isInstanceOf(ConfigurationFileException.class)
                .hasMessageContaining("f.yaml: (file): more than 1048576 characters (expected: at most 1048576"
                        + " characters); split the caches over several managers, or name them by patterns");
    }

    @Test
    void parse_longestTextAllowed_isRead() {
        String padding = "#".repeat(YamlDocument.MAXIMUM_CHARACTERS - "caches: { a: }\n".length());

        assertThat(parse("caches: { a: }\n" + padding).declaredCaches()).containsExactly("a");
    }

    @Test
    void parse_aliasesByTheThousand_areRefused() {
        String bomb = "defaults: &d {}\ncaches: { " + "a: *d, ".repeat(YamlDocument.MAXIMUM_ALIASES + 1) + "}";

        assertThatThrownBy(() -> parse(bomb))
                .isInstanceOf(ConfigurationFileException.class)
                .hasMessageContaining("more than 1000 aliases (expected: at most 1000)");
    }

    @Test
    void parse_hundredThousandBrackets_areRefusedWithoutRecursion() {
        assertThatThrownBy(() -> parse("caches: " + "[".repeat(100_000)))
                .isInstanceOf(ConfigurationFileException.class)
                .hasMessageContaining("nested deeper than 16");
    }

    @Test
    void parse_alias_standsForItsAnchor() {
        ConfigurationFile file = parse("caches: { a: &small { maximumEntries: 5 }, b: *small }");

        assertThat(file.configurationFor("b"))
                .isEqualTo(file.configurationFor("a"))
                .isPresent();
    }

    @Test
    void placeholders_setOrByDefault_areFilledInOnce() {
        String text = "caches: { a: { maximumEntries: \"${N}0\", valueType: \"${PACKAGE:java.lang}.${CLASS:String}\" },"
                + " b: { serialization: { codecs: [ \"${TRICK}\" ] } } }";

        FyerConfiguration<?, ?> a = ConfigurationFile.parse(
                        "f.yaml", new StringReader(text), LOADER, Map.of("N", "12", "TRICK", "x")::get)
                .configurationFor("a")
                .orElseThrow();

        assertThat(a.maximumEntries()).hasValue(120);
        assertThat(a.getValueType()).isEqualTo(String.class);
        assertThatThrownBy(() -> ConfigurationFile.parse(
                        "f.yaml", new StringReader(text), LOADER, Map.of("N", "12", "TRICK", "${N}")::get))
                .hasMessageContaining("codecs[0]: ${N} (expected: names of codecs, such as java)");
    }

    @Test
    void placeholders_asWholeValues_needNoQuotes() {
        String text = """
                cluster:
                  uri: ${URI}
                  name: ${NAME}
                caches:
                  a:
                    maximumEntries: ${N}
                    valueType: ${TYPE}
                  b:
                    maximumEntries: ${OFF}
                """;

        ConfigurationFile file = ConfigurationFile.parse(
                "f.yaml",
                new StringReader(text),
                LOADER,
                Map.of("N", "12", "TYPE", "java.lang.String", "OFF", "off", "URI", "zk://one:2181/orders", "NAME", "x")
                        ::get);

        assertThat(file.configurationFor("a").orElseThrow().maximumEntries()).hasValue(12);
        assertThat(file.configurationFor("a").orElseThrow().getValueType()).isEqualTo(String.class);
        assertThat(file.configurationFor("b").orElseThrow().maximumEntries()).isEmpty();
        assertThat(file.cluster()).hasValue(URI.create("zk://one:2181/orders?name=x"));
    }

    @Test
    void placeholders_thatSayOff_turnOff() {
        ConfigurationFile file =
                parse("{ defaults: { maximumEntries: 5 }, caches: { a: { maximumEntries: \"${N:off}\" } } }");

        assertThat(file.configurationFor("a").orElseThrow().maximumEntries()).isEmpty();
    }

    @Test
    void placeholders_fromTheProcess_areVariablesThenProperties() {
        Map.Entry<String, String> variable =
                System.getenv().entrySet().iterator().next();
        System.setProperty("io.fyercache.test.entries", "7");
        System.setProperty(variable.getKey(), "shadowed");
        try {
            assertThat(Placeholders.fromProcess("io.fyercache.test.entries")).isEqualTo("7");
            assertThat(Placeholders.fromProcess(variable.getKey())).isEqualTo(variable.getValue());
            assertThat(Placeholders.fromProcess("io.fyercache.test.nowhere")).isNull();
        } finally {
            System.clearProperty("io.fyercache.test.entries");
            System.clearProperty(variable.getKey());
        }
    }

    @Test
    void defaults_boundOfTheOtherKind_givesWayWithItsCompanions() {
        ConfigurationFile file = parse("""
                defaults:
                  maximumWeight: 10
                  weigher: io.fyercache.configuration.SampleClasses$Weigher
                  evictionListener: io.fyercache.configuration.SampleClasses$Evicted
                caches:
                  entries: { maximumEntries: 5 }
                  unbounded: { maximumWeight: off }
                  weighed: { maximumWeight: 20 }
                """);

        FyerConfiguration<?, ?> entries = file.configurationFor("entries").orElseThrow();
        assertThat(entries.maximumEntries()).hasValue(5);
        assertThat(entries.maximumWeight()).isEmpty();
        assertThat(entries.weigher()).isEmpty();
        assertThat(entries.evictionListener()).isPresent();
        FyerConfiguration<?, ?> unbounded = file.configurationFor("unbounded").orElseThrow();
        assertThat(unbounded.weigher()).isEmpty();
        assertThat(unbounded.evictionListener()).isEmpty();
        FyerConfiguration<?, ?> weighed = file.configurationFor("weighed").orElseThrow();
        assertThat(weighed.maximumWeight()).hasValue(20);
        assertThat(weighed.weigher()).isPresent();
    }

    @Test
    void configurations_ofAFile_areValidByTheRulesOfTheApi() throws Exception {
        ConfigurationFile file = sample();

        assertThat(file.declaredCaches())
                .allSatisfy(name -> assertThat(file.configurationFor(name).orElseThrow().toBuilder()
                                .build())
                        .isEqualTo(file.configurationFor(name).orElseThrow()));
    }

    static ConfigurationFile sample() throws IOException {
        InputStream sample = Objects.requireNonNull(ConfigurationFileTest.class.getResourceAsStream("sample.yaml"));
        return ConfigurationFile.parse("sample.yaml", sample, LOADER, name -> null);
    }

    @Test
    void cluster_isAUri_orAMapOfTheUriAndItsSettings() {
        assertThat(parse("caches: {}").cluster()).isEmpty();
        assertThat(parse("cluster: zk://host:2181/orders?role=client").cluster())
                .contains(URI.create("zk://host:2181/orders?role=client"));
        assertThat(parse("cluster: { uri: \"zk://host:2181/orders\" }").cluster())
                .contains(URI.create("zk://host:2181/orders"));
        assertThat(parse("""
                        cluster:
                          uri: zk://host:2181/orders
                          backups: 2
                          secretFile: /etc/the secret & more
                        """).cluster())
                .contains(URI.create("zk://host:2181/orders?backups=2&secretFile=%2Fetc%2Fthe+secret+%26+more"));
        assertThat(parse("cluster: { uri: \"zk://host:2181/orders?role=client\", name: shop }")
                        .cluster())
                .contains(URI.create("zk://host:2181/orders?role=client&name=shop"));
    }

    private static ConfigurationFile parse(String text) {
        return ConfigurationFile.parse("f.yaml", new StringReader(text), LOADER, name -> null);
    }

    private static Object expiryOf(ConfigurationFile file, String name) {
        return file.configurationFor(name).orElseThrow().getExpiryPolicyFactory();
    }

    private static Object loaderOf(ConfigurationFile file, String name) {
        return Objects.requireNonNull(file.configurationFor(name).orElseThrow().getCacheLoaderFactory())
                .create();
    }

    private static javax.cache.expiry.Duration minutes(int minutes) {
        return new javax.cache.expiry.Duration(TimeUnit.MINUTES, minutes);
    }
}
