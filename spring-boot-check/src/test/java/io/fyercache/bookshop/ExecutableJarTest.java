package io.fyercache.bookshop;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The application as it is delivered: one jar with jars in it, run by {@code java -jar} in a process of its own. What it prints is
 * from {@link Visit}.
 */
class ExecutableJarTest {
    private static final Path JAR = Path.of(System.getProperty("executable.jar"));
    private static final String LAUNCHED_CLASS_LOADER = "org.springframework.boot.loader.launch.LaunchedClassLoader";

    /** Far more than a start takes on a busy machine, and less than the limit on a test. */
    private static final int PATIENCE_SECONDS = 60;

    /** The JDK's way to every socket, and to every host's name: not even loaded without one. */
    private static final List<String> NETWORK_CLASSES =
            List.of("sun.nio.ch.Net ", "java.net.Inet4AddressImpl ", "java.net.Inet6AddressImpl ");

    @TempDir
    private Path folder;

    /** What a process left: its exit code, its standard output by line, its standard error. */
    private record Run(int exitCode, List<String> printed, String log) {}

    @Test
    void configInTheJar_isInForce_andValuesAreOfTheApplicationsClassLoader() throws Exception {
        Run run = run(JAR, "spring.cache.jcache.config=classpath:caches.yaml");

        assertThat(run.exitCode()).as(run.log()).isZero();
        assertThat(run.printed())
                .containsExactly(
                        "provider: io.fyercache.jcache.FyerCachingProvider",
                        "manager: jar:nested:" + JAR.toUri().getRawPath() + "/!BOOT-INF/classes/!/caches.yaml",
                        "caches: answers books reviews",
                        "class loader of the manager: " + LAUNCHED_CLASS_LOADER,
                        "class loader of the thread: " + LAUNCHED_CLASS_LOADER,
                        "class loader of the values: " + LAUNCHED_CLASS_LOADER,
                        "book: Design Patterns",
                        "unknown title: null",
                        "review: of Design Patterns, votes 0",
                        "look-ups: 3",
                        "hits on books by Actuator: 1");
    }

    @Test
    void fileOfTheDefaultNameInTheJar_isInForce_withoutAnySetting() throws Exception {
        Path jar = Files.copy(JAR, folder.resolve("my shop.jar"));
        try (FileSystem inside = FileSystems.newFileSystem(jar)) {
            Files.writeString(
                    inside.getPath("BOOT-INF/classes/fyercache.yaml"),
                    "caches: { books: { statistics: true }, reviews: {}, 'a*': {} }");
        }
        Run run = run(jar);

        assertThat(run.exitCode()).as(run.log()).isZero();
        assertThat(run.printed())
                .contains("manager: fyercache:default", "caches: answers books reviews", "look-ups: 3");
    }

    @Test
    void fileWithFaults_endsTheProcess_andTheLogListsThem() throws Exception {
        Run run = run(
                JAR,
                "spring.cache.jcache.config=file:"
                        + Path.of("src/test/resources/faulty.yaml").toAbsolutePath());

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.printed()).isEmpty();
        assertThat(run.log())
                .contains("2 faults", "caches.books.maximumEntries: many", "caches.reviews.expiri: unknown setting");
    }

    @Test
    void start_opensNoSocket_andAsksForNoHost() throws Exception {
        Path loaded = folder.resolve("loaded-classes.txt");
        Run run = run(
                List.of("-Xlog:class+load:file=" + loaded.getFileName()),
                JAR,
                "spring.cache.jcache.config=classpath:caches.yaml");

        assertThat(run.exitCode()).as(run.log()).isZero();
        assertThat(Files.readString(loaded))
                .contains("io.fyercache.jcache.EngineCacheManager ")
                .doesNotContain(NETWORK_CLASSES);
    }

    private Run run(Path jar, String... settings) throws Exception {
        return run(List.of(), jar, settings);
    }

    private Run run(List<String> jvmOptions, Path jar, String... settings) throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> command = Stream.of(
                        // One compiler is enough for a start, and there are two cores for all.
                        Stream.of(java, "-Xmx256m", "-XX:TieredStopAtLevel=1", "-Dfile.encoding=UTF-8"),
                        jvmOptions.stream(),
                        Stream.of("-jar", jar.toString(), "--spring.main.banner-mode=off"),
                        Stream.of(settings).map(setting -> "--" + setting))
                .flatMap(part -> part)
                .toList();
        Path printed = folder.resolve("printed.txt");
        Path log = folder.resolve("log.txt");
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(printed.toFile())
                .redirectError(log.toFile())
                .start();
        try {
            process.getOutputStream().close();
            assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        return new Run(process.exitValue(), Files.readAllLines(printed, UTF_8), Files.readString(log, UTF_8));
    }
}
