package io.fyercache.tck;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A promise that names its test is worth as much as the test is there. */
class NamedTestsTest {
    private static final Path DOCS = Path.of(System.getProperty("tck.docs"));

    /** A test as documents name it: class and method. */
    private static final Pattern NAMED = Pattern.compile("`(\\w+(?:Test|Contract))#(\\w+)`");

    @ParameterizedTest
    @ValueSource(strings = {"consistency.md", "failures.md"})
    void testsThatADocumentNames_areThere(String document) throws IOException {
        Map<String, String> sources = testSources();
        List<String> missing = new ArrayList<>();
        int named = 0;
        Matcher names = NAMED.matcher(Files.readString(DOCS.resolve(document)));
        while (names.find()) {
            named++;
            String source = sources.get(names.group(1) + ".java");
            if (source == null || !source.contains("void " + names.group(2) + "(")) {
                missing.add(names.group());
            }
        }

        assertThat(named).isPositive();
        assertThat(missing).isEmpty();
    }

    /** The tests of all modules, by the names of their files, of which some are in several modules. */
    private static Map<String, String> testSources() throws IOException {
        Map<String, String> sources = new HashMap<>();
        List<Path> modules;
        try (Stream<Path> folders = Files.list(DOCS.resolve(".."))) {
            modules = folders.map(folder -> folder.resolve("src/test/java"))
                    .filter(Files::isDirectory)
                    .toList();
        }
        for (Path module : modules) {
            try (Stream<Path> files = Files.walk(module)) {
                files.filter(file -> file.toString().endsWith("Test.java")
                                || file.toString().endsWith("Contract.java"))
                        .forEach(file -> sources.merge(file.getFileName().toString(), read(file), String::concat));
            }
        }
        return sources;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
