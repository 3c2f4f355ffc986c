package io.fyercache.bookshop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fyercache.configuration.ConfigurationFileException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import javax.cache.CacheException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Boot's settings {@code spring.cache.jcache.config} and {@code spring.cache.cache-names}. */
class ConfigurationTest {
    private static final String ISBN = "0-201-63361-2";

    /** As {@code bounded.yaml} and the defaults of {@code template.yaml} have it; its template has twice as many. */
    private static final int MAXIMUM_ENTRIES = 5;

    @TempDir
    private Path folder;

    private enum Place {
        CLASS_PATH,
        FILE
    }

    /** The value of {@code spring.cache.jcache.config} for a file of the test's resources in a place. */
    private String setting(Place place, String file) throws Exception {
        if (place == Place.CLASS_PATH) {
            return "spring.cache.jcache.config=classpath:" + file;
        }
        // A name with all that paths may have and URIs and the names of MBeans may not.
        Path copy = Files.createDirectories(folder.resolve("my conf, v=1")).resolve(file);
        Files.copy(Path.of("src/test/resources", file), copy, StandardCopyOption.REPLACE_EXISTING);
        return "spring.cache.jcache.config=file:" + copy;
    }

    @ParameterizedTest
    @EnumSource
    void config_cachesOfTheFile_existFromTheStart(Place place) throws Exception {
        try (OpenShop shop = OpenShop.with(setting(place, "bounded.yaml"))) {
            assertThat(shop.manager().getCacheNames()).containsExactlyInAnyOrder("books", "reviews");
        }
    }

    @ParameterizedTest
    @EnumSource
    void config_boundsOfTheFile_areInForce(Place place) throws Exception {
        try (OpenShop shop = OpenShop.with(setting(place, "bounded.yaml"))) {
            for (int i = 0; i < 10 * MAXIMUM_ENTRIES; i++) {
                shop.cache("reviews").put(i, i);
                shop.cache("books").put(i, i);
            }
            assertThat(shop.cache("reviews")).hasSizeBetween(1, MAXIMUM_ENTRIES);
            assertThat(shop.cache("books")).hasSize(10 * MAXIMUM_ENTRIES);
        }
    }

    @ParameterizedTest
    @EnumSource
    void config_expiryOfTheFile_isInForce(Place place) throws Exception {
        try (OpenShop shop = OpenShop.with(setting(place, "expiring.yaml"))) {
            shop.catalogue().book(ISBN);
            shop.catalogue().review(ISBN);
            await().until(() -> {
                shop.catalogue().book(ISBN);
                return shop.lookUps() == 3;
            });
            shop.catalogue().review(ISBN);

            assertThat(shop.lookUps())
                    .as("reviews do not expire, and books looked up again")
                    .isBetween(3, 4);
        }
    }

    @ParameterizedTest
    @EnumSource
    void config_fileWithFaults_stopsTheStart_andTheExceptionListsThem(Place place) throws Exception {
        String setting = setting(place, "faulty.yaml");

        assertThatThrownBy(() -> OpenShop.with(setting))
                .hasRootCauseInstanceOf(ConfigurationFileException.class)
                .hasMessageContainingAll(
                        "2 faults",
                        "faulty.yaml:2:28: caches.books.maximumEntries: many",
                        "faulty.yaml:4:5: caches.reviews.expiri: unknown setting",
                        "did you mean expiry?");
    }

    @ParameterizedTest
    @EnumSource
    void config_noSuchFile_stopsTheStart_andTheExceptionNamesIt(Place place) {
        String setting = place == Place.CLASS_PATH ? "classpath:nowhere.yaml" : "file:" + folder + "/nowhere.yaml";

        assertThatThrownBy(() -> OpenShop.with("spring.cache.jcache.config=" + setting))
                .hasMessageContainingAll("nowhere.yaml", "must exist");
    }

    @Test
    void config_ofAnotherProvider_stopsTheStart_andTheExceptionSaysSo() {
        assertThatThrownBy(() -> OpenShop.with("spring.cache.jcache.config=classpath:ehcache.xml"))
                .hasRootCauseInstanceOf(CacheException.class)
                .hasMessageContainingAll("ehcache.xml", "another JCache provider");
    }

    @Test
    void config_fileMendedAfterAFailedStart_isReadAgain() throws Exception {
        Path file = folder.resolve("caches.yaml");
        String setting = "spring.cache.jcache.config=file:" + file;
        Files.writeString(file, "caches: { books: { maximumEntries: many } }");
        assertThatThrownBy(() -> OpenShop.with(setting)).hasMessageContaining("1 fault");

        Files.writeString(file, "caches: { books: { maximumEntries: 5 } }");
        try (OpenShop shop = OpenShop.with(setting)) {
            assertThat(shop.catalogue().book(ISBN).title()).isEqualTo("Design Patterns");
        }
    }

    @Test
    void cacheNames_areCreated() {
        try (OpenShop shop = OpenShop.with("spring.cache.cache-names=books,reviews")) {
            assertThat(shop.manager().getCacheNames()).containsExactlyInAnyOrder("books", "reviews");
        }
    }

    @Test
    void cacheNames_thatTheFileHasToo_stopTheStart() throws Exception {
        String setting = setting(Place.CLASS_PATH, "bounded.yaml");

        assertThatThrownBy(() -> OpenShop.with(setting, "spring.cache.cache-names=books"))
                .hasMessageContaining("cache 'books' exists already");
    }

    @Test
    void cacheNames_haveTheBoundsOfTheirTemplateOrOfTheDefaults() throws Exception {
        try (OpenShop shop = OpenShop.with(
                setting(Place.CLASS_PATH, "template.yaml"), "spring.cache.cache-names=books.new,reviews")) {
            for (int i = 0; i < 10 * MAXIMUM_ENTRIES; i++) {
                shop.cache("books.new").put(i, i);
                shop.cache("reviews").put(i, i);
            }
            assertThat(shop.cache("books.new")).hasSizeBetween(MAXIMUM_ENTRIES + 1, 2 * MAXIMUM_ENTRIES);
            assertThat(shop.cache("reviews")).hasSizeBetween(1, MAXIMUM_ENTRIES);
        }
    }
}
