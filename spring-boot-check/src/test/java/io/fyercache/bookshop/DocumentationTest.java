package io.fyercache.bookshop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.cache.CacheManager;

/** Holds "In Spring Boot" of {@code docs/configuration.md} to what it shows. */
class DocumentationTest {
    private static final Path PAGE = Path.of("..", "docs", "configuration.md");
    private static final Pattern SECTION = Pattern.compile("(?ms)^## In Spring Boot$(.*?)^## ");

    private String section;

    @BeforeEach
    void read() throws Exception {
        section = find(SECTION, Files.readString(PAGE));
    }

    @Test
    void dependency_isTheOneOfThisApplication() throws Exception {
        assertThat(Files.readString(Path.of("pom.xml"))).contains(example("xml"));
    }

    @Test
    void file_isTheOneOfThisApplication() throws Exception {
        assertThat(Files.readString(Path.of("src/main/resources/caches.yaml"))).isEqualTo(example("yaml"));
    }

    @Test
    void settings_giveTheApplicationTheCachesOfTheFile() throws Exception {
        Properties settings = new Properties();
        settings.load(new StringReader(example("properties")));
        assertThat(settings).hasSize(2);

        try (OpenShop shop = OpenShop.with(settings.stringPropertyNames().stream()
                .map(name -> name + "=" + settings.getProperty(name))
                .toArray(String[]::new))) {
            assertThat(shop.manager().getURI().toString()).endsWith("/caches.yaml");
            assertThat(shop.bean(CacheManager.class).getCacheNames()).containsExactlyInAnyOrder("books", "reviews");
        }
    }

    private String example(String language) {
        return find(Pattern.compile("(?ms)^```" + language + "\n(.*?)^```$"), section);
    }

    private static String find(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        assertThat(matcher.find()).as("%s in %s", pattern, PAGE).isTrue();
        return matcher.group(1);
    }
}
