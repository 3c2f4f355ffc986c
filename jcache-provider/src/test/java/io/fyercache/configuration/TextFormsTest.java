package io.fyercache.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The text forms of values, and the names that unknown ones are near to. */
class TextFormsTest {

    @ParameterizedTest
    @CsvSource({
        "500ms, PT0.5S, 500ms",
        "1000ms, PT1S, 1s",
        "10s, PT10S, 10s",
        "90s, PT1M30S, 90s",
        "5m, PT5M, 5m",
        "60m, PT1H, 1h",
        "2h, PT2H, 2h",
        "1d, PT24H, 1d",
        "0s, PT0S, 0s",
        "PT1H30M, PT1H30M, 90m",
        "P2D, PT48H, 2d",
        "PT0.0000001S, PT0.0000001S," + " PT0.0000001S",
        "PT-1S, PT-1S, PT-1S"
    })
    void duration_text_isReadAndPrintedShortest(String text, Duration duration, String shortest) {
        assertThat(DurationText.parse(text)).isEqualTo(duration);
        assertThat(DurationText.print(duration)).isEqualTo(shortest);
        assertThat(DurationText.parse(shortest)).isEqualTo(duration);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "10",
                "s",
                "10 s",
                "10S",
                "-5s",
                "1.5s",
                "1w",
                "10sec",
                "P",
                "PT",
                "pt1s",
                "999999999999999d",
                "9999999999999999s",
                "1h30m",
                "\u0661s"
            })
    void duration_otherText_isNone(String text) {
        assertThat(DurationText.parse(text)).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "1024, 1024, 1KiB",
        "1KiB, 1024, 1KiB",
        "1536KiB, 1572864, 1536KiB",
        "2MiB, 2097152, 2MiB",
        "1GiB, 1073741824," + " 1GiB",
        "1025, 1025, 1025",
        "0, 0, 0"
    })
    void bytes_text_isReadAndPrintedShortest(String text, long bytes, String shortest) {
        ValueType.ByteCount type = new ValueType.ByteCount(0, Long.MAX_VALUE);

        assertThat(type.parse(text)).isEqualTo(bytes);
        assertThat(type.print(bytes)).isEqualTo(shortest);
    }

    @Test
    void catalog_printedDefaults_areReadBack() {
        assertThat(CacheSettings.ALL)
                .filteredOn(setting -> setting.absence() == Setting.Absence.DEFAULT)
                .filteredOn(setting -> setting.type() instanceof ValueType.Scalar<?>)
                .hasSizeGreaterThan(10)
                .allSatisfy(TextFormsTest::readsItsDefaultBack);
    }

    private static <T> void readsItsDefaultBack(Setting<T> setting) {
        ValueType.Scalar<T> type = (ValueType.Scalar<T>) setting.type();
        assertThat(type.parse(type.print(setting.defaultValue()))).isEqualTo(setting.defaultValue());
    }

    @ParameterizedTest
    @CsvSource({
        "maximunEntries, maximumEntries",
        "MAXIMUMENTRIES, maximumEntries",
        "laod, load",
        "loder, loader",
        "waigher, weigher",
        "readTrough, readThrough",
        "writer, writer",
        "expire, expiry"
    })
    void nearest_typingError_isTheNameMeant(String unknown, String meant) {
        assertThat(NearestName.of(unknown, Vocabulary.OF_CACHE.keys())).contains(meant);
    }

    @Test
    void nearest_nothingLikeIt_isNone() {
        assertThat(NearestName.of("backups", Vocabulary.OF_CACHE.keys())).isEmpty();
        assertThat(NearestName.of("x", Vocabulary.OF_CACHE.keys())).isEmpty();
        assertThat(NearestName.of("x", List.of("ab"))).as("nothing in common").isEmpty();
        assertThat(NearestName.of("load".repeat(100), Vocabulary.OF_CACHE.keys()))
                .isEmpty();
    }

    @Test
    void settings_remedies_fitTheirAbsence() {
        assertThat(CacheSettings.LOAD_QUEUE_WAIT.remedy()).isEqualTo("leave it out for the default, 10s");
        assertThat(CacheSettings.MAXIMUM_ENTRIES.remedy()).isEqualTo("leave it out to have it off");
        assertThat(CacheSettings.EXPIRY_CREATED.remedy()).isEqualTo("leave it out to do without");
    }
}
