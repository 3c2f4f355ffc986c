package io.fyercache.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds {@code docs/configuration.md} against the catalog of settings. */
class DocumentationTest {

    private static final Path PAGE = Path.of("..", "docs", "configuration.md");

    /** A row of the table of settings; the tables of other things have no code in the third column. */
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `[^`]+` \\|.*\\| `[^`]+` \\|.*\\|$");

    private static final Pattern YAML = Pattern.compile("(?ms)^```yaml\n(.*?)^```$");

    @Test
    void page_hasOneRowForEachSettingAndNoOther() throws IOException {
        List<String> rows = settings().map(DocumentationTest::row).toList();
        Files.write(Path.of("target", "configuration-table.md"), rows);

        assertThat(ROW.matcher(page()).results().map(MatchResult::group))
                .as("the table of %s (the implied one is in target/configuration-table.md)", PAGE)
                .containsExactlyElementsOf(rows);
    }

    @Test
    void page_examples_areFilesByTheSchema() throws IOException {
        List<String> examples =
                YAML.matcher(page()).results().map(match -> match.group(1)).toList();

        assertThat(examples).isNotEmpty();
        for (String example : examples) {
            assertThat(SchemaTest.schema().validate(example, InputFormat.YAML))
                    .as(example)
                    .isEmpty();
        }
    }

    @Test
    void settings_examples_areValuesOfTheirType() throws IOException {
        for (Setting<?> setting : CacheSettings.ALL) {
            int dot = setting.path().indexOf('.');
            String text = dot < 0
                    ? setting.path() + ": " + setting.example()
                    : setting.path().substring(0, dot) + ": { " + setting.path().substring(dot + 1) + ": "
                            + setting.example() + " }";

            assertThat(SchemaTest.schema().validate("defaults: { " + text + " }", InputFormat.YAML))
                    .as(text)
                    .isEmpty();
        }
    }

    @Test
    void settings_defaults_areValuesOfTheirType() {
        assertThat(settings().filter(setting -> setting.absence() == Setting.Absence.DEFAULT))
                .allSatisfy(setting -> assertThat(admitsItsDefault(setting)).isTrue());
    }

    private static Stream<Setting<?>> settings() {
        return Stream.of(CacheSettings.ALL, CacheSettings.EXPIRY_PARTS, CacheSettings.LISTENER_PARTS)
                .flatMap(List::stream);
    }

    private static <T> String row(Setting<T> setting) {
        String value = switch (setting.absence()) {
            case DEFAULT -> setting.type().print(setting.defaultValue());
            case OFF -> SectionReader.OFF;
            case NONE -> "none";
        };
        String path = setting.path().replace("listeners.", "listeners[].");
        return "| `" + path + "` | " + setting.type().expectation() + " | `" + value + "` | `" + setting.example()
                + "` | " + setting.meaning() + " |";
    }

    private static <T> boolean admitsItsDefault(Setting<T> setting) {
        return setting.type().admits(setting.defaultValue());
    }

    private static String page() throws IOException {
        return Files.readString(PAGE);
    }
}
