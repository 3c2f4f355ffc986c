package io.fyercache.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import javax.cache.configuration.Configuration;
import javax.cache.configuration.Factory;
import javax.cache.configuration.FactoryBuilder;
import javax.cache.configuration.MutableCacheEntryListenerConfiguration;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.expiry.AccessedExpiryPolicy;
import javax.cache.expiry.EternalExpiryPolicy;
import javax.cache.expiry.ExpiryPolicy;
import javax.cache.expiry.ModifiedExpiryPolicy;
import javax.cache.expiry.TouchedExpiryPolicy;
import javax.cache.integration.CacheLoader;
import org.junit.jupiter.api.Test;

class FyerConfigurationTest {
    /** What cannot be set together with the rest. */
    private static final Set<Setting<?>> AT_ODDS_WITH_OTHERS = Set.of(
            CacheSettings.MAXIMUM_ENTRIES,
            CacheSettings.TOPOLOGY,
            CacheSettings.INVALIDATION_BUS,
            CacheSettings.NEAR_MAXIMUM_ENTRIES);

    private static final Factory<SampleClasses.Loader> LOADER = FactoryBuilder.factoryOf(SampleClasses.Loader.class);
    private static final Factory<SampleClasses.Writer> WRITER = FactoryBuilder.factoryOf(SampleClasses.Writer.class);
    private static final Factory<SampleClasses.Weigher> WEIGHER = FactoryBuilder.factoryOf(SampleClasses.Weigher.class);
    private static final Factory<SampleClasses.Evicted> EVICTED = FactoryBuilder.factoryOf(SampleClasses.Evicted.class);

    @Test
    void build_nothingStated_isWhatAPlainJsr107ConfigurationIs() {
        FyerConfiguration<Object, Object> configuration =
                FyerConfiguration.builder().build();
        MutableConfiguration<Object, Object> plain = new MutableConfiguration<>();

        assertThat(configuration.getKeyType()).isEqualTo(plain.getKeyType());
        assertThat(configuration.getValueType()).isEqualTo(plain.getValueType());
        assertThat(configuration.isStoreByValue()).isEqualTo(plain.isStoreByValue());
        assertThat(configuration.isStatisticsEnabled()).isEqualTo(plain.isStatisticsEnabled());
        assertThat(configuration.isManagementEnabled()).isEqualTo(plain.isManagementEnabled());
        assertThat(configuration.isReadThrough()).isEqualTo(plain.isReadThrough());
        assertThat(configuration.isWriteThrough()).isEqualTo(plain.isWriteThrough());
        assertThat(configuration.getCacheLoaderFactory()).isNull();
        assertThat(configuration.getCacheWriterFactory()).isNull();
        assertThat(configuration.getExpiryPolicyFactory()).isEqualTo(EternalExpiryPolicy.factoryOf());
        assertThat(configuration.getCacheEntryListenerConfigurations()).isEmpty();
        assertThat(FyerConfiguration.from(plain)).isEqualTo(configuration);
    }

    @Test
    void build_nothingStated_extensionsHaveTheirDocumentedDefaults() {
        FyerConfiguration<Object, Object> configuration =
                FyerConfiguration.builder().build();

        assertThat(configuration.maximumEntries()).isEmpty();
        assertThat(configuration.maximumWeight()).isEmpty();
        assertThat(configuration.weigher()).isEmpty();
        assertThat(configuration.evictionListener()).isEmpty();
        assertThat(configuration.asyncListenerQueue()).isEqualTo(8192);
        assertThat(configuration.loadOptions())
                .isEqualTo(new LoadOptions(64, Duration.ofSeconds(10), null, null, null))
                .isEqualTo(LoadOptions.defaults());
        assertThat(configuration.writeBehind()).isEmpty();
        assertThat(WriteBehindOptions.after(Duration.ofSeconds(1)))
                .isEqualTo(new WriteBehindOptions(
                        Duration.ofSeconds(1),
                        100,
                        10_000,
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(1),
                        Duration.ofMinutes(1),
                        20,
                        Duration.ofSeconds(30)));
        assertThat(configuration.serialization())
                .isEqualTo(new Serialization(
                        ClassAdmission.APPLICATION_CLASSES, List.of(), 20, 100_000, 16 << 20, 1_000_000, List.of()))
                .isEqualTo(Serialization.defaults());
    }

    @Test
    void build_everythingStated_isReadBack() {
        FyerConfiguration<Long, String> configuration = everything().build();

        assertThat(configuration.getKeyType()).isEqualTo(Long.class);
        assertThat(configuration.getValueType()).isEqualTo(String.class);
        assertThat(configuration.isStoreByValue()).isFalse();
        assertThat(configuration.isStatisticsEnabled()).isTrue();
        assertThat(configuration.isManagementEnabled()).isTrue();
        assertThat(configuration.isReadThrough()).isTrue();
        assertThat(configuration.isWriteThrough()).isTrue();
        assertThat((Object) configuration.getCacheLoaderFactory()).isEqualTo(LOADER);
        assertThat((Object) configuration.getCacheWriterFactory()).isEqualTo(WRITER);
        assertThat(configuration.getExpiryPolicyFactory())
                .isEqualTo(ModifiedExpiryPolicy.factoryOf(javax.cache.expiry.Duration.FIVE_MINUTES));
        assertThat(configuration.getCacheEntryListenerConfigurations()).containsExactly(listener());
        assertThat(configuration.maximumWeight()).hasValue(1_000);
        assertThat(configuration.maximumEntries()).isEmpty();
        assertThat((Object) configuration.weigher().orElseThrow()).isEqualTo(WEIGHER);
        assertThat((Object) configuration.evictionListener().orElseThrow()).isEqualTo(EVICTED);
        assertThat(configuration.loadOptions()).isEqualTo(loadOptions());
        assertThat(configuration.writeBehind()).contains(writeBehind());
        assertThat(configuration.serialization()).isEqualTo(serialization());
        assertThat(configuration.asyncListenerQueue()).isEqualTo(16);
    }

    @Test
    void build_manyFaults_allListedWithSettingValueExpectationAndRemedy() {
        ConfigurationBuilder<Long, String> builder = FyerConfiguration.builder(Long.class, String.class)
                .readThrough(true)
                .writeThrough(true)
                .asyncListenerQueue(0)
                .maximumEntries(0)
                .maximumWeight(5)
                .loadOptions(LoadOptions.defaults()
                        .withMaximumConcurrentLoads(5000)
                        .withLoadQueueWait(Duration.ofSeconds(-1))
                        .withRefreshAhead(1)
                        .withStaleOnError(Duration.ZERO)
                        .withMissTimeToLive(Duration.ofDays(36_501)))
                .writeBehind(WriteBehindOptions.after(Duration.ofSeconds(-1))
                        .withBatchSize(10_001)
                        .withRetryPauses(Duration.ofSeconds(2), Duration.ofSeconds(1)))
                .serialization(Serialization.defaults()
                        .withAllowList("com.acme.*", "com.*.acme")
                        .withMaxDepth(0)
                        .withMaxReferences(0)
                        .withMaxBytes(1)
                        .withMaxArrayLength(-7)
                        .withCodecs("a codec"));

        InvalidConfigurationException thrown =
                catchThrowableOfType(InvalidConfigurationException.class, builder::build);

        assertThat(thrown.getMessage().lines())
                .containsExactly(
                        "invalid cache configuration, 20 faults:",
                        "  asyncListenerQueue: 0 (expected: a whole number, 1..1000000); leave it out for the default, 8192",
                        "  maximumEntries: 0 (expected: a whole number, 1..9223372036854775807); leave it out to have it off",
                        "  load.maximumConcurrentLoads: 5000 (expected: a whole number, 1..4096); leave it out for the default, 64",
                        "  load.loadQueueWait: PT-1S (expected: a duration, such as 500ms, 10s, 5m, 2h, 1d or PT1H30M, 0s..1h); leave it out for the default, 10s",
                        "  load.refreshAhead: 1.0 (expected: a number above 0 and below 1); leave it out to have it off",
                        "  load.staleOnError: 0s (expected: a duration, such as 500ms, 10s, 5m, 2h, 1d or PT1H30M, 1ms..36500d); leave it out to have it off",
                        "  load.missTimeToLive: 36501d (expected: a duration, such as 500ms, 10s, 5m, 2h, 1d or PT1H30M, 1ms..36500d); leave it out to have it off",
                        "  writeBehind.delay: PT-1S (expected: a duration, such as 500ms, 10s, 5m, 2h, 1d or PT1H30M, 0s..1d); leave it out to have it off",
                        "  writeBehind.batchSize: 10001 (expected: a whole number, 1..10000); leave it out for the default, 100",
                        "  serialization.allowedClasses: [com.acme.*, com.*.acme] (expected: class names or patterns, such as com.acme.Order, com.acme.* (package) or com.acme.** (and below)); leave it out for the default, []",
                        "  serialization.maxDepth: 0 (expected: a whole number, 1..250); leave it out for the default, 20",
                        "  serialization.maxReferences: 0 (expected: a whole number, 1..100000000); leave it out for the default, 100000",
                        "  serialization.maxBytes: 1 (expected: a number of bytes, such as 65536 or 16MiB, 1KiB..1GiB); leave it out for the default, 16MiB",
                        "  serialization.maxArrayLength: -7 (expected: a whole number, 1..1000000000); leave it out for the default, 1000000",
                        "  serialization.codecs: [a codec] (expected: names of codecs, such as java); leave it out for the default, []",
                        "  readThrough: true (expected: false, as there is no loader); add a loader, or turn readThrough off",
                        "  writeThrough: true (expected: false, as there is no writer); add a writer, or turn writeThrough off",
                        "  writeBehind.longestRetryPause: 1s (expected: not less than writeBehind.retryPause, 2s); set it to that or more",
                        "  maximumEntries: 0 (expected: none, as there is maximumWeight: 5); keep one of the two",
                        "  maximumWeight: 5 (expected: none, as there is no weigher); add a weigher, or use maximumEntries");
        assertThat(thrown.faults()).hasSize(20);
    }

    @Test
    void build_delayOfWritesWithoutWrites_isRefused() {
        assertThatThrownBy(() -> FyerConfiguration.builder()
                        .writeBehind(WriteBehindOptions.after(Duration.ofSeconds(1)))
                        .build())
                .isInstanceOf(InvalidConfigurationException.class)
                .hasMessageContaining("writeBehind.delay: 1s (expected: none, as writeThrough is false and nothing is"
                        + " written); set writeThrough to true, or drop the delay");
    }

    @Test
    void from_anyKindOfConfiguration_takesWhatItSays() {
        MutableConfiguration<Long, String> complete = new MutableConfiguration<Long, String>()
                .setTypes(Long.class, String.class)
                .setStoreByValue(false)
                .setStatisticsEnabled(true)
                .setManagementEnabled(true)
                .setReadThrough(true)
                .setWriteThrough(true)
                .setCacheLoaderFactory(LOADER)
                .setCacheWriterFactory(WRITER)
                .setExpiryPolicyFactory(ModifiedExpiryPolicy.factoryOf(javax.cache.expiry.Duration.FIVE_MINUTES))
                .addCacheEntryListenerConfiguration(listener());
        FyerConfiguration<Long, String> taken = FyerConfiguration.from(complete);

        assertThat(new MutableConfiguration<>(taken)).isEqualTo(complete);
        assertThat(FyerConfiguration.from(taken)).isSameAs(taken);
        assertThat(FyerConfiguration.from(new BareConfiguration()))
                .isEqualTo(FyerConfiguration.builder(Long.class, String.class)
                        .storeByValue(false)
                        .build());
    }

    @Test
    void from_readThroughWithoutLoader_isRefused() {
        MutableConfiguration<Object, Object> plain = new MutableConfiguration<>().setReadThrough(true);

        assertThatThrownBy(() -> FyerConfiguration.from(plain))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("readThrough: true (expected: false, as there is no loader); add a loader");
    }

    @Test
    void texts_nameClassesOfTheUsersObjects_andTellNothingThatTheyHold() {
        FyerConfiguration<Long, String> configuration = FyerConfiguration.builder(Long.class, String.class)
                .maximumEntries(10_000)
                .expiry(ModifiedExpiryPolicy.factoryOf(javax.cache.expiry.Duration.TEN_MINUTES))
                .readThrough(true)
                .loader(new TalkativeFactory())
                .build();

        assertThat(configuration.texts())
                .containsEntry("keyType", "java.lang.Long")
                .containsEntry("maximumEntries", "10000")
                .containsEntry("expiry", "{ modified: 10m }")
                .containsEntry("listeners", "0 listeners")
                .doesNotContainKey("writer");
        assertThat(configuration.texts().get("loader"))
                .contains("TalkativeFactory")
                .doesNotContain("s3cret");
    }

    /** Tells its password to whoever prints it. */
    private static final class TalkativeFactory implements Factory<CacheLoader<Long, String>> {
        @Override
        public CacheLoader<Long, String> create() {
            throw new AssertionError("nobody needs it");
        }

        @Override
        public String toString() {
            return "password=s3cret";
        }
    }

    @Test
    void toBuilder_build_isEqual() {
        FyerConfiguration<Long, String> configuration = everything().build();

        assertThat(configuration.toBuilder().build()).isEqualTo(configuration).hasSameHashCodeAs(configuration);
    }

    @Test
    void equals_defaultStatedOrNot_isEqual() {
        assertThat(FyerConfiguration.builder().asyncListenerQueue(8192).build())
                .isEqualTo(FyerConfiguration.builder().build());
        assertThat(FyerConfiguration.builder().asyncListenerQueue(8191).build())
                .isNotEqualTo(FyerConfiguration.builder().build());
    }

    @Test
    void builder_changedAfterBuild_leavesTheBuiltConfigurationAsItWas() {
        ConfigurationBuilder<Object, Object> builder = FyerConfiguration.builder();
        FyerConfiguration<Object, Object> before = builder.build();

        builder.maximumEntries(7);

        assertThat(before.maximumEntries()).isEmpty();
    }

    @Test
    void withers_changeOneSettingOnly() {
        FyerConfiguration<Long, String> plain =
                FyerConfiguration.builder(Long.class, String.class).build();

        assertThat(plain.withStatisticsEnabled(true).isStatisticsEnabled()).isTrue();
        assertThat(plain.withManagementEnabled(true).isManagementEnabled()).isTrue();
        assertThat(plain.withListener(listener()).getCacheEntryListenerConfigurations())
                .containsExactly(listener());
        assertThat(plain.withStatisticsEnabled(true)
                        .withManagementEnabled(true)
                        .withListener(listener())
                        .withoutListener(listener())
                        .withManagementEnabled(false)
                        .withStatisticsEnabled(false))
                .isEqualTo(plain);
        assertThat(plain.withoutListener(listener())).isSameAs(plain);
    }

    @Test
    void withListener_registeredAlready_isRefused() {
        FyerConfiguration<Long, String> configuration = everything().build();

        assertThatThrownBy(() -> configuration.withListener(listener()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("register each listener once");
    }

    @Test
    void serialization_roundTrip_isEqual() throws Exception {
        FyerConfiguration<Long, String> configuration = everything().build();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(configuration);
        }

        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            assertThat(in.readObject()).isEqualTo(configuration);
        }
    }

    @Test
    void toString_namesEverySettingThatIsOn() {
        String text = everything().build().toString();

        assertThat(CacheSettings.ALL)
                .filteredOn(setting -> !AT_ODDS_WITH_OTHERS.contains(setting))
                .allSatisfy(setting -> assertThat(text).contains(setting.path() + "="));
        assertThat(text).contains("load.loadQueueWait=3s", "serialization.maxBytes=1MiB", "keyType=java.lang.Long");
    }

    @Test
    void invalidation_statesATopologyAndItsBus() {
        InvalidationOptions options = InvalidationOptions.by(URI.create("kafka://broker:9092/caches"))
                .within(Duration.ofSeconds(3), Duration.ofMillis(500))
                .withConfirmLimit(Duration.ofSeconds(1))
                .asynchronous();

        FyerConfiguration<Object, Object> configuration = FyerConfiguration.builder()
                .topology(Topology.INVALIDATED)
                .invalidation(options)
                .build();

        assertThat(configuration.topology()).contains(Topology.INVALIDATED);
        assertThat(configuration.invalidation()).contains(options);
        assertThat(FyerConfiguration.builder().build().topology()).isEmpty();
        assertThat(FyerConfiguration.builder().build().invalidation()).isEmpty();
    }

    @Test
    void invalidation_withoutABus_isByTheCluster() {
        FyerConfiguration<Object, Object> stated = FyerConfiguration.builder()
                .topology(Topology.INVALIDATED)
                .invalidation(InvalidationOptions.byCluster())
                .build();

        assertThat(stated.invalidation()).contains(InvalidationOptions.byCluster());
        assertThat(stated.invalidation().orElseThrow().bus()).isNull();
        assertThat(FyerConfiguration.builder().topology(Topology.INVALIDATED).build())
                .isEqualTo(stated);
    }

    @Test
    void invalidation_atOddsWithTheRest_isRefusedWithoutSecrets() {
        InvalidationOptions options = InvalidationOptions.by(URI.create("kafka://me:secret@broker:9092/caches"))
                .within(Duration.ofSeconds(1), Duration.ofMillis(500));

        assertThatThrownBy(() -> FyerConfiguration.builder()
                        .writeThrough(true)
                        .writeBehind(writeBehind())
                        .topology(Topology.INVALIDATED)
                        .invalidation(options)
                        .build())
                .isInstanceOf(InvalidConfigurationException.class)
                .hasMessageContaining("invalidation.bus: kafka:... (expected: the address of a topic, without user")
                .hasMessageContaining("writeBehind.delay: 500ms (expected: none, as others would load the old value")
                .hasMessageContaining("invalidation.heartbeat: 500ms (expected: at most a third of")
                .hasMessageNotContaining("secret");
        assertThatThrownBy(
                        () -> FyerConfiguration.builder().invalidation(options).build())
                .hasMessageContaining("(expected: none, as the topology is not invalidated)");
    }

    @Test
    void near_hasABoundAndAStaleness() {
        NearOptions options = NearOptions.upTo(500).within(Duration.ofMillis(300));

        FyerConfiguration<Object, Object> configuration = FyerConfiguration.builder()
                .topology(Topology.PARTITIONED)
                .expiry(ModifiedExpiryPolicy.factoryOf(javax.cache.expiry.Duration.FIVE_MINUTES))
                .near(options)
                .build();

        assertThat(configuration.near()).contains(options);
        assertThat(NearOptions.upTo(500).maximumStaleness()).isEqualTo(Duration.ofSeconds(1));
        assertThat(FyerConfiguration.builder().build().near()).isEmpty();
    }

    @Test
    void near_whereEntriesAreOnEveryMember_orInEachJvm_orLiveOnByBeingRead_isRefused() {
        for (Topology topology : List.of(Topology.LOCAL, Topology.REPLICATED, Topology.INVALIDATED)) {
            assertThatThrownBy(() -> FyerConfiguration.builder()
                            .topology(topology)
                            .near(NearOptions.upTo(500))
                            .build())
                    .isInstanceOf(InvalidConfigurationException.class)
                    .hasMessageContaining("near.maximumEntries: 500 (expected: off, as the topology is "
                            + topology.name().toLowerCase(Locale.ROOT));
        }
        List<Factory<? extends ExpiryPolicy>> prolonging = List.of(
                TouchedExpiryPolicy.factoryOf(javax.cache.expiry.Duration.FIVE_MINUTES),
                AccessedExpiryPolicy.factoryOf(javax.cache.expiry.Duration.FIVE_MINUTES),
                FactoryBuilder.factoryOf(SampleClasses.Nightly.class));
        for (Factory<? extends ExpiryPolicy> expiry : prolonging) {
            assertThatThrownBy(() -> FyerConfiguration.builder()
                            .expiry(expiry)
                            .near(NearOptions.upTo(500))
                            .build())
                    .hasMessageContaining("near.maximumEntries: 500 (expected: off, as the expiry is ");
        }
    }

    @Test
    void near_outOfRange_isRefused() {
        assertThatThrownBy(() -> FyerConfiguration.builder()
                        .near(NearOptions.upTo(0).within(Duration.ofMillis(100)))
                        .build())
                .hasMessageContaining("near.maximumEntries: 0 (expected: a whole number, 1..10000000)")
                .hasMessageContaining("near.maximumStaleness: 100ms (expected: a duration");
    }

    private static ConfigurationBuilder<Long, String> everything() {
        return FyerConfiguration.builder(Long.class, String.class)
                .storeByValue(false)
                .statisticsEnabled(true)
                .managementEnabled(true)
                .readThrough(true)
                .writeThrough(true)
                .loader(LOADER)
                .writer(WRITER)
                .expiry(ModifiedExpiryPolicy.factoryOf(javax.cache.expiry.Duration.FIVE_MINUTES))
                .listener(listener())
                .maximumWeight(1_000)
                .weigher(WEIGHER)
                .evictionListener(EVICTED)
                .loadOptions(loadOptions())
                .writeBehind(writeBehind())
                .serialization(serialization())
                .asyncListenerQueue(16);
    }

    private static LoadOptions loadOptions() {
        return LoadOptions.defaults()
                .withMaximumConcurrentLoads(4)
                .withLoadQueueWait(Duration.ofSeconds(3))
                .withRefreshAhead(0.5)
                .withStaleOnError(Duration.ofMinutes(1))
                .withMissTimeToLive(Duration.ofMillis(250));
    }

    private static WriteBehindOptions writeBehind() {
        return WriteBehindOptions.after(Duration.ofMillis(500))
                .withBatchSize(50)
                .withMaximumQueued(2_000)
                .withQueueWait(Duration.ZERO)
                .withRetryPauses(Duration.ofMillis(200), Duration.ofSeconds(10))
                .withAttempts(7)
                .withDrainLimit(Duration.ofMinutes(1));
    }

    private static Serialization serialization() {
        return Serialization.defaults()
                .withAllowList("com.acme.**")
                .withMaxDepth(5)
                .withMaxReferences(50)
                .withMaxBytes(1 << 20)
                .withMaxArrayLength(500)
                .withCodecs("java");
    }

    private static MutableCacheEntryListenerConfiguration<Long, String> listener() {
        return new MutableCacheEntryListenerConfiguration<>(
                FactoryBuilder.factoryOf(SampleClasses.Created.class), null, false, true);
    }

    /** Says no more than the basic interface asks for. */
    private record BareConfiguration() implements Configuration<Long, String> {
        @Override
        public Class<Long> getKeyType() {
            return Long.class;
        }

        @Override
        public Class<String> getValueType() {
            return String.class;
        }

        @Override
        public boolean isStoreByValue() {
            return false;
        }
    }
}
