package io.fyercache.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.StringReader;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Settings that a request has, and what they inherit. */
class RequestedSettingsTest {
    private static final ClassLoader LOADER = RequestedSettingsTest.class.getClassLoader();

    private static final ConfigurationFile FILE =
            ConfigurationFile.parse("a file", new StringReader("""
                    defaults: { maximumEntries: 100, load: { loadQueueWait: 2s, missTimeToLive: 5s } }
                    caches:
                      "orders.*": { expiry: { created: 1h }, statistics: true }
                    """), LOADER, name -> null);

    private static FyerConfiguration<?, ?> describe(String name, String settings) {
        return FILE.describe(name, settings, LOADER);
    }

    private static List<ConfigurationFault> faults(String settings) {
        return catchThrowableOfType(InvalidConfigurationException.class, () -> describe("any", settings))
                .faults();
    }

    @Test
    void describe_inheritsFromThePattern_thenTheDefaults_settingBySetting() {
        FyerConfiguration<?, ?> orders = describe("orders.eu", "{\"load\": {\"loadQueueWait\": \"1s\"}}");

        assertThat(orders.isStatisticsEnabled()).isTrue();
        assertThat(orders.maximumEntries()).hasValue(100);
        assertThat(orders.loadOptions().loadQueueWait()).hasSeconds(1);
        assertThat(orders.loadOptions().missTimeToLive()).hasSeconds(5);
        assertThat(describe("people", "{}").isStatisticsEnabled()).isFalse();
    }

    @Test
    void describe_off_undoesWhatItWouldInherit() {
        assertThat(describe("any", "{\"maximumEntries\": \"off\"}").maximumEntries())
                .isEmpty();
    }

    @Test
    void describe_withNothing_isWhatTheFileSays() {
        assertThat(describe("orders.eu", "{}"))
                .isEqualTo(FILE.configurationFor("orders.eu").orElseThrow());
    }

    @Test
    void faults_areToldTogether_byTheNamesOfSettings() {
        assertThat(faults("{\"maximumEntries\": 0, \"expiry\": {\"policy\": \"x.Y\"}, \"readThrough\": true}"))
                .extracting(ConfigurationFault::setting, ConfigurationFault::value)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("maximumEntries", "0"),
                        org.assertj.core.groups.Tuple.tuple("expiry.policy", "x.Y"),
                        org.assertj.core.groups.Tuple.tuple("readThrough", "true"));
    }

    @Test
    void types_mustPassTheClassFilter_thatTheSameSettingsSay() {
        String listed = "{\"valueType\": \"%s\", \"serialization\": {\"admission\": \"allow-list\"%s}}";
        String ours = RequestedSettingsTest.class.getName();

        assertThat(faults(listed.formatted(ours, "")))
                .extracting(ConfigurationFault::setting)
                .containsExactly("valueType");
        assertThat(describe("any", listed.formatted(ours, ", \"allowedClasses\": [\"" + ours + "\"]"))
                        .getValueType())
                .isEqualTo(RequestedSettingsTest.class);
    }

    @Test
    void textThatIsNoMap_isRefused() {
        assertThatThrownBy(() -> describe("any", "[1]")).isInstanceOf(InvalidConfigurationException.class);
        assertThatThrownBy(() -> describe("any", "{")).isInstanceOf(InvalidConfigurationException.class);
    }
}
