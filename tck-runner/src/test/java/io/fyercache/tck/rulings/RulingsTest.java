package io.fyercache.tck.rulings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Proves that no ruling is without a test, and no such test without a ruling. */
class RulingsTest {
    private static final Pattern ROW = Pattern.compile("^\\| ([A-Z]\\d+) \\|", Pattern.MULTILINE);
    private static final Pattern NUMBERED = Pattern.compile("([a-z]\\d+)_.*");

    @Test
    void everyRulingHasItsTest() throws IOException {
        String page = Files.readString(Path.of(System.getProperty("tck.docs"), "jsr107-rulings.md"));
        Set<String> ruled = ROW.matcher(page)
                .results()
                .map(row -> row.group(1).toLowerCase(Locale.ROOT))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(ruled).hasSizeGreaterThan(40).isEqualTo(tested());
    }

    private static Set<String> tested() {
        return Stream.of(
                        LoadingRulingsTest.class,
                        WritingRulingsTest.class,
                        ProcessorRulingsTest.class,
                        ThreadRulingsTest.class,
                        EventRulingsTest.class,
                        IterationRulingsTest.class,
                        ManagerRulingsTest.class)
                .flatMap(tests -> Arrays.stream(tests.getDeclaredMethods()))
                .map(Method::getName)
                .map(NUMBERED::matcher)
                .filter(Matcher::matches)
                .map(number -> number.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
