package io.fyercache.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fyercache.core.engine.PortableDefinition;
import java.io.Serializable;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.cache.CacheException;
import javax.cache.configuration.Factory;
import javax.cache.configuration.FactoryBuilder;
import javax.cache.configuration.FactoryBuilder.SingletonFactory;
import javax.cache.expiry.AccessedExpiryPolicy;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.Duration;
import javax.cache.expiry.EternalExpiryPolicy;
import javax.cache.expiry.ExpiryPolicy;
import javax.cache.expiry.ModifiedExpiryPolicy;
import javax.cache.expiry.TouchedExpiryPolicy;
import javax.cache.integration.CacheLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Settings written in one process and read in another. */
class PortableSettingsTest {
    private static final ClassLoader LOADER = PortableSettingsTest.class.getClassLoader();

    private static PortableDefinition write(FyerConfiguration<?, ?> configuration) {
        return PortableSettings.write("orders", configuration, LOADER);
    }

    private static ReceivedSettings read(PortableDefinition portable) {
        return ReceivedSettings.read(portable, LOADER, "member 'm'");
    }

    private static Map<String, String> texts(PortableDefinition portable) {
        Map<String, String> texts = new LinkedHashMap<>();
        portable.settings().forEach((name, setting) -> texts.put(name, setting.text()));
        return texts;
    }

    private static ConfigurationBuilder<Long, String> builder() {
        return FyerConfiguration.builder(Long.class, String.class);
    }

    // ---- what travels

    @Test
    void defaults_doNotTravel() {
        assertThat(write(FyerConfiguration.builder().build()).settings()).isEmpty();
        assertThat(read(write(FyerConfiguration.builder().build())).configuration())
                .isEqualTo(FyerConfiguration.builder().build());
    }

    @Test
    void whatConcernsOnlyTheUserOfTheCache_doesNotTravel() {
        FyerConfiguration<Long, String> configuration = builder()
                .statisticsEnabled(true)
                .managementEnabled(true)
                .asyncListenerQueue(7)
                .listener(new javax.cache.configuration.MutableCacheEntryListenerConfiguration<>(
                        FactoryBuilder.factoryOf(new SampleClasses.Created()), null, false, true))
                .build();

        assertThat(texts(write(configuration)))
                .isEqualTo(Map.of("keyType", "java.lang.Long", "valueType", "java.lang.String"));
    }

    @Test
    void topology_isKeptWhereItIsNotTheOneThatAClusterTakesAnyway() {
        PortableDefinition none = write(FyerConfiguration.builder().build());
        PortableDefinition partitioned =
                write(FyerConfiguration.builder().topology(Topology.PARTITIONED).build());
        PortableDefinition replicated =
                write(FyerConfiguration.builder().topology(Topology.REPLICATED).build());

        assertThat(PortableSettings.settle(partitioned, Topology.REPLICATED)).isEqualTo(none);
        assertThat(PortableSettings.settle(none, Topology.PARTITIONED)).isEqualTo(none);
        assertThat(PortableSettings.settle(none, Topology.REPLICATED)).isEqualTo(replicated);
        assertThat(PortableSettings.settle(replicated, Topology.PARTITIONED)).isEqualTo(replicated);
        assertThat(PortableSettings.isReplicated(replicated)).isTrue();
        assertThat(PortableSettings.isReplicated(none)).isFalse();
        assertThat(none.differencesFrom(replicated)).containsExactly("topology: replicated there, the default here");
    }

    private static FyerConfiguration<Long, String> everything() {
        return everythingButNear()
                .near(NearOptions.upTo(28).within(java.time.Duration.ofMillis(290)))
                .build();
    }

    private static ConfigurationBuilder<Long, String> everythingButNear() {
        return builder()
                .topology(Topology.PARTITIONED)
                .readThrough(true)
                .writeThrough(true)
                .loader(FactoryBuilder.factoryOf(SampleClasses.Loader.class))
                .writer(FactoryBuilder.factoryOf(SampleClasses.Writer.class))
                .expiry(ModifiedExpiryPolicy.factoryOf(new Duration(TimeUnit.MINUTES, 5)))
                .maximumWeight(1_000)
                .weigher(FactoryBuilder.factoryOf(SampleClasses.Weigher.class))
                .evictionListener(FactoryBuilder.factoryOf(SampleClasses.Evicted.class))
                .loadOptions(LoadOptions.defaults()
                        .withMaximumConcurrentLoads(3)
                        .withLoadQueueWait(java.time.Duration.ofNanos(1_500_000_001))
                        .withMissTimeToLive(java.time.Duration.ofMillis(5)))
                .writeBehind(WriteBehindOptions.after(java.time.Duration.ofMillis(250))
                        .withBatchSize(21)
                        .withMaximumQueued(22)
                        .withQueueWait(java.time.Duration.ofSeconds(2))
                        .withRetryPauses(java.time.Duration.ofMillis(24), java.time.Duration.ofMinutes(2))
                        .withAttempts(26)
                        .withDrainLimit(java.time.Duration.ofSeconds(27)))
                .serialization(Serialization.defaults()
                        .withAllowList("com.acme.Order", "com.acme.orders.**")
                        .withMaxDepth(11)
                        .withMaxReferences(12)
                        .withMaxBytes(1 << 20)
                        .withMaxArrayLength(14)
                        .withCodecs("one", "two"));
    }

    @Test
    void everySetting_isReadAsItWasWritten() {
        FyerConfiguration<?, ?> configuration = read(write(everything())).configuration();

        assertThat(write(everything()).settings().keySet())
                .as("a setting that is added travels, or is named among those that stay; this test has a value for it")
                .containsAll(PortableSettings.BY_NAME.keySet().stream()
                        .filter(name -> !name.equals("maximumEntries")) // It excludes the other maximum.
                        .toList());
        assertThat(configuration.loadOptions()).isEqualTo(everything().loadOptions());
        assertThat(configuration.serialization()).isEqualTo(everything().serialization());
        assertThat(configuration.writeBehind()).isEqualTo(everything().writeBehind());
        assertThat(configuration.near()).isEqualTo(everything().near());
        assertThat(configuration.isReadThrough()).isTrue();
        assertThat(configuration.isWriteThrough()).isTrue();
        assertThat(configuration.maximumWeight()).hasValue(1_000);
        assertThat(configuration.getExpiryPolicyFactory())
                .isEqualTo(everything().getExpiryPolicyFactory());
        assertThat(configuration.getCacheLoaderFactory().create()).isInstanceOf(SampleClasses.Loader.class);
        assertThat(configuration.getCacheWriterFactory().create()).isInstanceOf(SampleClasses.Writer.class);
        assertThat(configuration.weigher().orElseThrow().create()).isInstanceOf(SampleClasses.Weigher.class);
        assertThat(configuration.evictionListener().orElseThrow().create()).isInstanceOf(SampleClasses.Evicted.class);
        assertThat(read(write(builder().maximumEntries(9).build()))
                        .configuration()
                        .maximumEntries())
                .hasValue(9);
    }

    /** These bytes lie in ZooKeeper: another release has to read them. */
    @Test
    void everySetting_hasTheseBytes() {
        Map<String, String> forms = new LinkedHashMap<>();
        write(everything()).settings().forEach((name, setting) -> forms.put(name, printable(setting.form())));

        assertThat(forms)
                .isEqualTo(new TreeMap<>(Map.ofEntries(
                        Map.entry("evictionListener", "01" + SampleClasses.Evicted.class.getName()),
                        Map.entry("expiry", "1202e0a712"),
                        Map.entry("keyType", "java.lang.Long"),
                        Map.entry("load.loadQueueWait", "PT1.500000001S"),
                        Map.entry("load.maximumConcurrentLoads", "3"),
                        Map.entry("load.missTimeToLive", "5ms"),
                        Map.entry("loader", "01" + SampleClasses.Loader.class.getName()),
                        Map.entry("maximumWeight", "1000"),
                        Map.entry("near.maximumEntries", "28"),
                        Map.entry("near.maximumStaleness", "290ms"),
                        Map.entry("readThrough", "true"),
                        Map.entry("serialization.admission", "allow-list"),
                        Map.entry("serialization.allowedClasses", "com.acme.Order,com.acme.orders.**"),
                        Map.entry("serialization.codecs", "one,two"),
                        Map.entry("serialization.maxArrayLength", "14"),
                        Map.entry("serialization.maxBytes", "1MiB"),
                        Map.entry("serialization.maxDepth", "11"),
                        Map.entry("serialization.maxReferences", "12"),
                        Map.entry("topology", "partitioned"),
                        Map.entry("valueType", "java.lang.String"),
                        Map.entry("weigher", "01" + SampleClasses.Weigher.class.getName()),
                        Map.entry("writeBehind.attempts", "26"),
                        Map.entry("writeBehind.batchSize", "21"),
                        Map.entry("writeBehind.delay", "250ms"),
                        Map.entry("writeBehind.drainLimit", "27s"),
                        Map.entry("writeBehind.longestRetryPause", "2m"),
                        Map.entry("writeBehind.maximumQueued", "22"),
                        Map.entry("writeBehind.queueWait", "2s"),
                        Map.entry("writeBehind.retryPause", "24ms"),
                        Map.entry("writeThrough", "true"),
                        Map.entry("writer", "01" + SampleClasses.Writer.class.getName()))));
    }

    private static String printable(byte[] form) {
        if (form[0] >= ' ') {
            return new String(form, StandardCharsets.UTF_8);
        }
        String rest = new String(form, 1, form.length - 1, StandardCharsets.UTF_8);
        return form[0] == 1 ? "01" + rest : HexFormat.of().formatHex(form);
    }

    static Map<String, Factory<? extends ExpiryPolicy>> policies() {
        Duration time = new Duration(TimeUnit.SECONDS, 10);
        return Map.of(
                "{ created: 10s }", CreatedExpiryPolicy.factoryOf(time),
                "{ modified: 10s }", ModifiedExpiryPolicy.factoryOf(time),
                "{ accessed: 10s }", AccessedExpiryPolicy.factoryOf(time),
                "{ touched: 10s }", TouchedExpiryPolicy.factoryOf(time),
                "{ created: eternal }", CreatedExpiryPolicy.factoryOf(Duration.ETERNAL),
                "{ creation: 10s, access: 10s }", new SingletonFactory<>(new PerOperationExpiry(time, null, time)));
    }

    @Test
    void policiesThatAFileSpellsOut_areReadAsTheyAre_andHaveItsText() {
        policies().forEach((text, factory) -> {
            PortableDefinition portable = write(builder().expiry(factory).build());

            assertThat(texts(portable)).containsEntry("expiry", text);
            assertThat(read(portable).configuration().getExpiryPolicyFactory()).isEqualTo(factory);
        });
        assertThat(write(builder().expiry(EternalExpiryPolicy.factoryOf()).build())
                        .settings())
                .as("the default")
                .doesNotContainKey("expiry");
    }

    @Test
    void sameTimeInAnotherUnit_isTheSameDefinition() {
        assertThat(write(builder()
                        .expiry(CreatedExpiryPolicy.factoryOf(new Duration(TimeUnit.SECONDS, 10)))
                        .build()))
                .isEqualTo(write(builder()
                        .expiry(CreatedExpiryPolicy.factoryOf(new Duration(TimeUnit.MILLISECONDS, 10_000)))
                        .build()));
    }

    @Test
    void whatAClusterDoesNotDo_isRefused() {
        LoadOptions defaults = LoadOptions.defaults();
        assertThatThrownBy(() -> write(builder()
                        .loader(FactoryBuilder.factoryOf(SampleClasses.Loader.class))
                        .loadOptions(defaults.withRefreshAhead(0.5))
                        .build()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("'orders'", "load.refreshAhead: 0.5 (expected: off");
        assertThatThrownBy(() -> write(builder()
                        .loader(FactoryBuilder.factoryOf(SampleClasses.Loader.class))
                        .loadOptions(defaults.withStaleOnError(java.time.Duration.ofMinutes(5)))
                        .build()))
                .hasMessageContainingAll("'orders'", "load.staleOnError: 5m (expected: off");
    }

    @Test
    void write_topologyThatIsNoneOfACluster_isRefused() {
        assertThatThrownBy(() -> write(builder().topology(Topology.LOCAL).build()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(
                        "'orders'", "topology: local (expected: partitioned, replicated or invalidated");
    }

    @Test
    void ofAnInvalidatedCache_whatIsSpelledOutTravels_withBusAndStaleness_andNoObject() {
        InvalidationOptions options = InvalidationOptions.by(URI.create("kafka://broker:9092/caches"))
                .within(java.time.Duration.ofSeconds(2), java.time.Duration.ofMillis(100))
                .asynchronous();
        PortableDefinition portable = write(FyerConfiguration.builder()
                .topology(Topology.INVALIDATED)
                .invalidation(options)
                .loader(() -> null)
                .maximumEntries(100)
                .build());

        assertThat(PortableSettings.settle(portable, Topology.REPLICATED)).isEqualTo(portable);
        assertThat(PortableSettings.isInvalidated(portable)).isTrue();
        assertThat(portable.settings().keySet())
                .containsExactly("invalidation.bus", "invalidation.maximumStaleness", "maximumEntries", "topology");
        assertThat(portable.settings().get("invalidation.bus")).hasToString("kafka://broker:9092/caches");
    }

    @Test
    void near_travels_andIsRefusedWhereCachesAreReplicated() {
        PortableDefinition portable =
                write(builder().near(NearOptions.upTo(500)).build());

        assertThat(portable.settings().get("near.maximumEntries")).hasToString("500");
        assertThat(PortableSettings.settle(portable, Topology.PARTITIONED)).isEqualTo(portable);
        assertThatThrownBy(() -> PortableSettings.settle(portable, Topology.REPLICATED))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(
                        "'orders'", "near.maximumEntries: 500 (expected: off, as the cache is replicated)");
    }

    // ---- objects of the user's

    /** A policy of the user's that has what must not be told: {@code toString} does. */
    record Secretive(String password, long seconds) implements ExpiryPolicy, Serializable {
        @Override
        public Duration getExpiryForCreation() {
            return new Duration(TimeUnit.SECONDS, seconds);
        }

        @Override
        public Duration getExpiryForAccess() {
            return null;
        }

        @Override
        public Duration getExpiryForUpdate() {
            return null;
        }
    }

    /** A factory of the user's. */
    record SecretiveFactory(long seconds) implements Factory<ExpiryPolicy> {
        @Override
        public ExpiryPolicy create() {
            return new Secretive("made there", seconds);
        }
    }

    @Test
    void instance_travelsWithWhatItHolds_andItsTextNamesTheClassAlone() {
        PortableDefinition portable = write(builder()
                .expiry(FactoryBuilder.factoryOf(new Secretive("swordfish", 3)))
                .build());

        assertThat(texts(portable)).containsEntry("expiry", "an instance of " + Secretive.class.getName());
        assertThat(read(portable).configuration().getExpiryPolicyFactory().create())
                .isEqualTo(new Secretive("swordfish", 3));
    }

    @Test
    void factory_travels_andMakesThere() {
        PortableDefinition portable =
                write(builder().expiry(new SecretiveFactory(4)).build());

        assertThat(texts(portable)).containsEntry("expiry", "what " + SecretiveFactory.class.getName() + " makes");
        assertThat(read(portable).configuration().getExpiryPolicyFactory().create())
                .isEqualTo(new Secretive("made there", 4));
    }

    @Test
    void classNamedByAFile_andByJCachesFactory_isTheSame() {
        Factory<CacheLoader<Long, String>> byJCache = FactoryBuilder.factoryOf(SampleClasses.Loader.class.getName());
        @SuppressWarnings({"unchecked", "rawtypes"}) // as ConfigurationFile makes it
        Factory<CacheLoader<Long, String>> byFile =
                (Factory) new InstanceFactory<>(SampleClasses.Loader.class, CacheLoader.class);

        assertThat(write(builder().loader(byJCache).build()))
                .isEqualTo(write(builder().loader(byFile).build()));
        assertThat(texts(write(builder().loader(byFile).build())))
                .containsEntry("loader", SampleClasses.Loader.class.getName());
    }

    @Test
    void lambda_isRefused_sayingWhatToUse() {
        assertThatThrownBy(
                        () -> write(builder().loader(SampleClasses.Loader::new).build()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(
                        "cache 'orders': loader: a lambda of " + getClass().getName() + " (expected: ",
                        "FactoryBuilder.factoryOf(class)");
    }

    @Test
    void factoryThatCannotBeSerialized_isRefused_namingWhatItHolds() {
        assertThatThrownBy(() -> write(builder()
                        .loader(new HoldsAThread(Thread.currentThread()))
                        .build()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(
                        "cache 'orders': loader: an instance of " + HoldsAThread.class.getName(), "Thread");
    }

    private record HoldsAThread(Thread thread) implements Factory<CacheLoader<Long, String>> {
        @Override
        public CacheLoader<Long, String> create() {
            return new SampleClasses.Loader();
        }
    }

    @Test
    void hugeFactory_isRefused() {
        assertThatThrownBy(() -> write(builder()
                        .expiry(FactoryBuilder.factoryOf(new Secretive("x".repeat(50_000), 1)))
                        .build()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("'orders'", "expiry", "49152");
    }

    @Test
    void classThatTheAllowListDoesNotName_isRefusedOnBothSides() {
        Serialization strict = Serialization.defaults().withAllowList("com.acme.*");
        assertThatThrownBy(() -> write(builder()
                        .serialization(strict)
                        .expiry(new SecretiveFactory(4))
                        .build()))
                .hasMessageContainingAll("'orders': expiry", SecretiveFactory.class.getName(), "allow-list");

        PortableDefinition lax = write(builder().expiry(new SecretiveFactory(4)).build());
        TreeMap<String, PortableDefinition.Setting> settings = new TreeMap<>(lax.settings());
        settings.putAll(write(builder().serialization(strict).build()).settings());
        ReceivedSettings received = read(new PortableDefinition("orders", settings));
        assertThatThrownBy(
                        () -> received.configuration().getExpiryPolicyFactory().create())
                .isInstanceOf(CacheException.class)
                .hasMessageContainingAll("member 'm'", "expiry", SecretiveFactory.class.getName(), "allow-list");
    }

    @Test
    void classOfAnotherRole_isRefusedBeforeItIsMade() {
        PortableDefinition.Setting wrong = new PortableDefinition.Setting(
                "x", ("\001" + SampleClasses.FailingLoader.class.getName()).getBytes(StandardCharsets.UTF_8));
        ReceivedSettings received = read(new PortableDefinition("orders", new TreeMap<>(Map.of("expiry", wrong))));

        assertThatThrownBy(
                        () -> received.configuration().getExpiryPolicyFactory().create())
                .isInstanceOf(CacheException.class)
                .hasMessageContainingAll("cache 'orders' on member 'm': expiry", "ExpiryPolicy");
    }

    // ---- without the application's classes

    @Test
    void nothingOfTheUsersIsLookedForUntilItIsAsked() throws Exception {
        PortableDefinition portable = write(everythingButNear()
                .serialization(Serialization.defaults())
                .expiry(FactoryBuilder.factoryOf(new Secretive("s", 1)))
                .build());
        try (URLClassLoader empty = new URLClassLoader(new URL[0], ClassLoader.getPlatformClassLoader())) {
            ReceivedSettings received = ReceivedSettings.read(portable, empty, "member 'm'");

            List<Function<FyerConfiguration<?, ?>, Factory<?>>> factories = List.of(
                    FyerConfiguration::getCacheLoaderFactory,
                    FyerConfiguration::getCacheWriterFactory,
                    FyerConfiguration::getExpiryPolicyFactory,
                    configuration -> configuration.weigher().orElseThrow(),
                    configuration -> configuration.evictionListener().orElseThrow());
            for (Function<FyerConfiguration<?, ?>, Factory<?>> factory : factories) {
                assertThatThrownBy(() -> factory.apply(received.configuration()).create())
                        .isInstanceOf(CacheException.class)
                        .hasMessageContainingAll("cache 'orders' on member 'm': ", "io.fyercache.configuration.");
            }
            assertThat(received.valueType().get()).isEqualTo(String.class);
        }
    }

    @Test
    void whoeverUsesACacheAsItIsDefined_definesTheSame() {
        FyerConfiguration<?, ?> users = builder()
                .expiry(new SecretiveFactory(4))
                .topology(Topology.REPLICATED)
                .build();
        for (PortableDefinition defined : List.of(
                PortableSettings.settle(write(everything()), Topology.REPLICATED),
                PortableSettings.settle(write(users), Topology.PARTITIONED),
                write(FyerConfiguration.builder().build()))) {
            FyerConfiguration<?, ?> used = ReceivedSettings.forUse(defined, LOADER, "this process");

            assertThat(PortableSettings.settle(write(used), Topology.REPLICATED))
                    .isEqualTo(defined);
        }
        FyerConfiguration<?, ?> used = ReceivedSettings.forUse(write(everything()), LOADER, "this process");
        assertThat(used.getKeyType()).isEqualTo(Long.class);
        assertThat(used.getValueType()).isEqualTo(String.class);
    }

    @Test
    void typeThatIsNotHere_isNamedToWhoWouldUseTheCache() throws Exception {
        PortableDefinition portable =
                write(FyerConfiguration.builder(Secretive.class, Object.class).build());
        try (URLClassLoader empty = new URLClassLoader(new URL[0], ClassLoader.getPlatformClassLoader())) {
            assertThatThrownBy(() -> ReceivedSettings.forUse(portable, empty, "this process"))
                    .isInstanceOf(CacheException.class)
                    .hasMessageContainingAll("cache 'orders' on this process: keyType", Secretive.class.getName());
        }
    }

    @Test
    void valueTypeThatIsNotHere_isNamed() throws Exception {
        PortableDefinition portable =
                write(FyerConfiguration.builder(Object.class, Secretive.class).build());
        try (URLClassLoader empty = new URLClassLoader(new URL[0], ClassLoader.getPlatformClassLoader())) {
            ReceivedSettings received = ReceivedSettings.read(portable, empty, "member 'm'");

            assertThatThrownBy(() -> received.valueType().get())
                    .isInstanceOf(CacheException.class)
                    .hasMessageContainingAll("cache 'orders' on member 'm': valueType", Secretive.class.getName());
        }
    }

    // ---- what cannot be understood

    @Test
    void settingOfAnotherVersion_isRefused() {
        PortableDefinition later = new PortableDefinition(
                "orders", new TreeMap<>(Map.of("colour", new PortableDefinition.Setting("red", new byte[0]))));

        assertThatThrownBy(() -> read(later))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("cache 'orders' on member 'm'", "colour", "another version");
    }

    @Test
    void settingsAtOdds_areRefused() {
        PortableDefinition odd = new PortableDefinition(
                "orders",
                new TreeMap<>(Map.of(
                        "readThrough",
                        new PortableDefinition.Setting("true", "true".getBytes(StandardCharsets.UTF_8)))));

        assertThatThrownBy(() -> read(odd))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("cache 'orders' on member 'm'", "readThrough", "loader");
    }

    /** Whoever may write to ZooKeeper may write anything: it is refused, by one of two exceptions, when it is read or asked. */
    @ParameterizedTest
    @MethodSource("io.fyercache.configuration.PortableSettingsTest#seeds")
    void anyBytes_areReadOrRefused(long seed) {
        Random random = new Random(seed);
        PortableDefinition base = write(everything());
        TreeMap<String, PortableDefinition.Setting> settings = new TreeMap<>(base.settings());
        List<String> names =
                List.copyOf(PortableSettings.BY_NAME.keySet()).stream().sorted().toList();
        String name = names.get(random.nextInt(names.size()));
        byte[] form = settings.containsKey(name) && random.nextBoolean()
                ? settings.get(name).form().clone()
                : new byte[random.nextInt(12)];
        for (int i = 0; i < form.length; i++) {
            form[i] = random.nextInt(3) == 0 ? (byte) random.nextInt(32) : form[i];
        }
        settings.put(name, new PortableDefinition.Setting("?", form));

        try {
            FyerConfiguration<?, ?> configuration =
                    read(new PortableDefinition("orders", settings)).configuration();
            configuration.getExpiryPolicyFactory().create();
            configuration.getCacheLoaderFactory().create();
            configuration.getCacheWriterFactory().create();
            configuration.weigher().orElseThrow().create();
            configuration.evictionListener().orElseThrow().create();
        } catch (IllegalArgumentException | CacheException refused) {
            assertThat(refused).hasMessageContaining("orders");
        }
    }

    static Stream<Long> seeds() {
        return Stream.iterate(1L, seed -> seed + 1).limit(500);
    }

    // ---- differences

    @Test
    void differences_nameTheSettingsWithBothTexts() {
        PortableDefinition there = write(builder()
                .expiry(CreatedExpiryPolicy.factoryOf(new Duration(TimeUnit.SECONDS, 10)))
                .maximumEntries(5)
                .build());
        PortableDefinition here = write(builder()
                .expiry(FactoryBuilder.factoryOf(new Secretive("a", 1)))
                .build());
        PortableDefinition other = write(builder()
                .expiry(FactoryBuilder.factoryOf(new Secretive("b", 1)))
                .build());

        assertThat(here.differencesFrom(there))
                .containsExactly(
                        "expiry: { created: 10s } there, an instance of " + Secretive.class.getName() + " here",
                        "maximumEntries: 5 there, the default here");
        assertThat(here.differencesFrom(other))
                .containsExactly(
                        "expiry: an instance of " + Secretive.class.getName() + " there, and another of these here");
        assertThat(here.differencesFrom(here)).isEmpty();
    }
}
