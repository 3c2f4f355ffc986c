package io.fyercache.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.List;
import javax.cache.configuration.FactoryBuilder;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.ExpiryPolicy;
import org.junit.jupiter.api.Test;

/** Settings that change while a cache is used: which can, what they travel as, and what is refused. */
class LiveSettingsTest {
    private static final ClassLoader LOADER = LiveSettingsTest.class.getClassLoader();

    private static final FyerConfiguration<Object, Object> BOUNDED =
            FyerConfiguration.builder().maximumEntries(10).build();

    /** Of the user's own. */
    public static final class Mine implements ExpiryPolicy {
        @Override
        public javax.cache.expiry.Duration getExpiryForCreation() {
            return javax.cache.expiry.Duration.ONE_DAY;
        }

        @Override
        public javax.cache.expiry.Duration getExpiryForAccess() {
            return javax.cache.expiry.Duration.ONE_DAY;
        }

        @Override
        public javax.cache.expiry.Duration getExpiryForUpdate() {
            return javax.cache.expiry.Duration.ONE_DAY;
        }
    }

    private static List<String> faults(Runnable action) {
        return catchThrowableOfType(InvalidConfigurationException.class, action::run).faults().stream()
                .map(ConfigurationFault::setting)
                .toList();
    }

    @Test
    void appliedTo_changesWhatIsSaid_andNothingElse() {
        LiveSettings live = LiveSettings.parse(
                "{\"maximumEntries\": 20, \"statistics\": true, \"expiry\": {\"created\": \"1h\"}, \"load\": {\"missTimeToLive\": \"5s\"}}",
                LOADER);

        FyerConfiguration<Object, Object> next = live.appliedTo(BOUNDED);

        assertThat(next)
                .isEqualTo(BOUNDED.toBuilder()
                        .maximumEntries(20)
                        .statisticsEnabled(true)
                        .expiry(CreatedExpiryPolicy.factoryOf(javax.cache.expiry.Duration.ONE_HOUR))
                        .loadOptions(LoadOptions.defaults().withMissTimeToLive(Duration.ofSeconds(5)))
                        .build());
        assertThat(LiveSettings.parse("{\"load\": {\"missTimeToLive\": \"off\"}}", LOADER)
                        .appliedTo(next)
                        .loadOptions())
                .isEqualTo(LoadOptions.defaults());
        assertThat(LiveSettings.none().isEmpty()).isTrue();
        assertThat(LiveSettings.none().appliedTo(BOUNDED)).isEqualTo(BOUNDED);
    }

    @Test
    void parse_ofWhatCannotChange_isRefused_withAllFaults() {
        assertThat(faults(() -> LiveSettings.parse(
                        "{\"topology\": \"replicated\", \"readThrough\": true, \"maximumEntries\": \"many\", \"expiry\": {\"policy\": \"x.Y\"}}",
                        LOADER)))
                .containsExactlyInAnyOrder("topology", "readThrough", "maximumEntries", "expiry.policy");
        assertThatThrownBy(() -> LiveSettings.parse("{\"topology\": \"off\"}", LOADER))
                .hasMessageContaining("maximumEntries, maximumWeight, statistics")
                .hasMessageContaining("define it anew");
    }

    @Test
    void bound_canBeMoved_butNeitherSetNorLifted() {
        FyerConfiguration<Object, Object> unbounded =
                FyerConfiguration.builder().build();

        assertThat(faults(() -> LiveSettings.none().withMaximumEntries(5).appliedTo(unbounded)))
                .containsExactly("maximumEntries");
        assertThat(faults(() -> LiveSettings.parse("{\"maximumEntries\": \"off\"}", LOADER)
                        .appliedTo(BOUNDED)))
                .containsExactly("maximumEntries");
        assertThat(faults(() -> LiveSettings.none().withMaximumEntries(0).appliedTo(BOUNDED)))
                .containsExactly("maximumEntries");
        assertThat(faults(() -> LiveSettings.none().withMaximumWeight(5).appliedTo(BOUNDED)))
                .containsExactly("maximumWeight");
    }

    @Test
    void expiryOfTheUsersOwn_isNeitherSetNorReplaced() {
        FyerConfiguration<Object, Object> own = FyerConfiguration.builder()
                .expiry(FactoryBuilder.factoryOf(Mine.class))
                .build();
        LiveSettings hours =
                LiveSettings.none().withExpiry(CreatedExpiryPolicy.factoryOf(javax.cache.expiry.Duration.ONE_HOUR));

        assertThatThrownBy(() -> hours.appliedTo(own))
                .isInstanceOf(InvalidConfigurationException.class)
                .hasMessageContaining("a policy of the user's own")
                .hasMessageContaining("let the policy answer otherwise");
        assertThat(faults(() -> LiveSettings.none()
                        .withExpiry(FactoryBuilder.factoryOf(Mine.class))
                        .appliedTo(BOUNDED)))
                .containsExactly("expiry");
    }

    @Test
    void portable_isReadElsewhere_asItWas_alsoWhatIsOff() {
        LiveSettings live = LiveSettings.parse(
                "{\"maximumEntries\": 20, \"statistics\": true, \"expiry\": {\"creation\": \"1h\", \"access\": \"2m\"},"
                        + " \"load\": {\"maximumConcurrentLoads\": 3, \"missTimeToLive\": \"off\"}}",
                LOADER);
        FyerConfiguration<Object, Object> before = BOUNDED.toBuilder()
                .loadOptions(LoadOptions.defaults().withMissTimeToLive(Duration.ofSeconds(5)))
                .build();

        LiveSettings read = LiveSettings.received(live.portable("orders"));

        assertThat(read.appliedTo(before)).isEqualTo(live.appliedTo(before));
        assertThat(live.portable("orders").get("maximumEntries").text()).isEqualTo("20");
        assertThat(live.portable("orders").get("load.missTimeToLive").text()).isEqualTo("off");
    }

    @Test
    void portable_ofWhatOnlyALocalCacheDoes_isRefused() {
        assertThatThrownBy(() -> LiveSettings.none()
                        .withLoadOptions(LoadOptions.defaults().withRefreshAhead(0.5))
                        .portable("orders"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("load.refreshAhead");
    }
}
