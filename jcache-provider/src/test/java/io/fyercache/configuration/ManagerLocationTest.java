package io.fyercache.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import javax.cache.CacheException;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ManagerLocationTest {

    private static final ClassLoader WITHOUT_FILE = new URLClassLoader(new URL[0], null);

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"fyercache:default", "fyercache:orders", "orders", "orders-2.eu_west"})
    void read_nameWithoutDefaultFile_isNoFile(String uri) {
        assertThat(ManagerLocation.of(URI.create(uri)).read(WITHOUT_FILE)).isSameAs(ConfigurationFile.none());
        assertThat(ManagerLocation.of(URI.create(uri)).uri()).hasToString(uri);
    }

    @Test
    void of_null_isTheDefaultManager() {
        assertThat(ManagerLocation.of(null)).isEqualTo(ManagerLocation.of(ManagerLocation.DEFAULT_URI));
        assertThat(ManagerLocation.of(null).uri()).isEqualTo(URI.create("fyercache:default"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"fyercache:default", "orders"})
    void read_nameWithDefaultFileOnTheClassPath_readsIt(String uri) throws IOException {
        try (URLClassLoader loader = loaderOf(fileWith("fyercache.yaml", "here").getParent())) {
            assertThat(ConfigurationFile.read(URI.create(uri), loader).declaredCaches())
                    .containsExactly("here");
            assertThat(ConfigurationFile.read(null, loader).declaredCaches()).containsExactly("here");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"classpath:conf/caches.yaml", "classpath:/conf/caches.yaml", "classpath:///conf/caches.yaml"})
    void read_classPath_findsTheResource(String uri) throws IOException {
        fileWith("conf/caches.yaml", "there");
        try (URLClassLoader loader = loaderOf(directory)) {
            assertThat(ConfigurationFile.read(URI.create(uri), loader).declaredCaches())
                    .containsExactly("there");
        }
    }

    @Test
    void read_fileAndPath_findTheFile() throws IOException {
        Path file = fileWith("caches, of all = 1.yml", "there");

        assertThat(ConfigurationFile.read(file.toUri(), WITHOUT_FILE).declaredCaches())
                .containsExactly("there");
        assertThat(ConfigurationFile.read(URI.create(file.toUri().getRawPath()), WITHOUT_FILE)
                        .declaredCaches())
                .containsExactly("there");
        ManagerLocation again =
                ManagerLocation.of(ManagerLocation.of(file.toUri()).uri());
        assertThat(again.read(WITHOUT_FILE).declaredCaches())
                .as("by the URI of the manager")
                .containsExactly("there");
        assertThat(again).isEqualTo(ManagerLocation.of(file.toUri()));
    }

    @Test
    void read_jarAndItsReplacement_findTheFileInside() throws IOException {
        Path jar = directory.resolve("app,1.jar");
        URI inside = URI.create("jar:" + jar.toUri() + "!/conf/caches.yaml");

        writeJar(jar, "caches: { first: }");
        assertThat(ConfigurationFile.read(inside, WITHOUT_FILE).declaredCaches())
                .containsExactly("first");
        writeJar(jar, "caches: { second: , third: }");
        assertThat(ConfigurationFile.read(inside, WITHOUT_FILE).declaredCaches())
                .as("not from a cache of jars")
                .containsExactly("second", "third");
        assertThat(ManagerLocation.of(ManagerLocation.of(inside).uri())
                        .read(WITHOUT_FILE)
                        .declaredCaches())
                .as("by the URI of the manager")
                .containsExactly("second", "third");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "fyercache:default",
                "orders",
                "classpath:caches,a=b.yaml",
                "file:/etc/a,b=c*d.yaml",
                "conf/a=b.yaml",
                "jar:file:/app,1.jar!/caches.yaml",
                "jar:nested:/app.jar/!BOOT-INF/classes/!/fyercache.yaml"
            })
    void uri_inTheNameOfAnMBean_isOneValueAndNoPattern(String given) throws Exception {
        // The name that Micrometer's JCacheMetrics looks up: it replaces colons and nothing else.
        String value = ManagerLocation.of(URI.create(given)).uri().toString().replace(':', '.');

        ObjectName name = new ObjectName("javax.cache:type=CacheStatistics,CacheManager=" + value + ",Cache=orders");

        assertThat(name.isPattern()).isFalse();
        assertThat(name.getKeyProperty("CacheManager")).isEqualTo(value);
        assertThat(name.getKeyPropertyList()).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ehcache.xml",
                "file:/etc/ehcache.xml",
                "classpath:hazelcast.xml",
                "urn:X-ehcache:jsr107-default-config",
                "infinispan://here/caches.yaml"
            })
    void of_configurationOfAnotherProvider_isRefusedClearly(String uri) {
        assertThatThrownBy(() -> ManagerLocation.of(URI.create(uri)))
                .isInstanceOf(CacheException.class)
                .hasMessage(
                        "cache manager URI: " + uri + " (expected: a name, fyercache:name, or the location of a .yaml"
                                + " file as path, file:, classpath:, or jar:file:); if it is the configuration of another JCache"
                                + " provider, choose that provider, or give FyerCache a URI of its own");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "fyercache:a,b",
                "fyercache:a=b",
                "fyercache:a*",
                "fyercache:a?b=c",
                "a/b",
                "https://acme.com/caches.yaml",
                "jar:https://acme.com/app.jar!/caches.yaml",
                "file:/etc/caches.yaml?a=b",
                "fyercache:%2e%2e/x"
            })
    void of_anyOtherUri_isRefused(String uri) {
        assertThatThrownBy(() -> ManagerLocation.of(URI.create(uri)))
                .isInstanceOf(CacheException.class)
                .hasMessageStartingWith("cache manager URI: " + uri + " (expected: a name");
    }

    @ParameterizedTest
    @ValueSource(strings = {"classpath:no.yaml", "file:/no/such.yaml", "no/such.yml", "jar:file:/no/such.jar!/no.yaml"})
    void read_fileThatIsNotThere_saysWhatToDo(String uri) {
        assertThatThrownBy(() -> ManagerLocation.of(URI.create(uri)).read(WITHOUT_FILE))
                .isInstanceOf(CacheException.class)
                .hasMessageStartingWith("configuration of the cache manager: " + uri + " (expected: ")
                .hasMessageEndingWith(
                        "); correct the URI, put the file there, or leave the URI out for fyercache.yaml on the"
                                + " class path");
    }

    @Test
    void read_entryThatTheJarDoesNotHave_isMissing() throws IOException {
        Path jar = directory.resolve("app.jar");
        writeJar(jar, "caches:");

        assertThatThrownBy(
                        () -> ConfigurationFile.read(URI.create("jar:" + jar.toUri() + "!/other.yaml"), WITHOUT_FILE))
                .isInstanceOf(CacheException.class)
                .hasMessageContaining("other.yaml (expected: an existing file)");
    }

    @Test
    void read_directory_isNoFile() throws IOException {
        Path folder = Files.createDirectory(directory.resolve("folder.yaml"));

        assertThatThrownBy(() -> ConfigurationFile.read(folder.toUri(), WITHOUT_FILE))
                .isInstanceOf(CacheException.class)
                .hasMessageContaining("folder.yaml");
    }

    @Test
    void read_faultyFile_isNamedAsTheUserNamedIt() throws IOException {
        Path file = directory.resolve("caches.yaml");
        Files.writeString(file, "cachs:");

        assertThatThrownBy(() -> ConfigurationFile.read(file.toUri(), WITHOUT_FILE))
                .isInstanceOf(ConfigurationFileException.class)
                .hasMessageContaining(file.toUri() + ":1:1: cachs: unknown key");
    }

    private Path fileWith(String name, String cache) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, "caches: { " + cache + ": }");
    }

    private static URLClassLoader loaderOf(Path folder) throws IOException {
        return new URLClassLoader(new URL[] {folder.toUri().toURL()}, null);
    }

    private static void writeJar(Path jar, String text) throws IOException {
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(out)) {
            entries.putNextEntry(new ZipEntry("conf/caches.yaml"));
            entries.write(text.getBytes(StandardCharsets.UTF_8));
            entries.closeEntry();
        }
    }
}
