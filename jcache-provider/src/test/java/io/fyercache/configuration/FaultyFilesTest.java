package io.fyercache.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds every faulty file of {@code faulty-files.txt} against the complete list of faults written below it. */
class FaultyFilesTest {

    private static final String TABLE = "faulty-files.txt";
    private static final Map<String, String> ENVIRONMENT = Map.of("SIZE", "many", "ENTRIES", "500");

    /**
     * One row of the table.
     *
     * @param name what is wrong
     * @param text the file
     * @param faults the expected lines of the exception below its first one
     */
    record Row(String name, String text, List<String> faults) {
        @Override
        public String toString() {
            return name;
        }
    }

    static List<Row> rows() throws IOException {
        List<Row> rows = new ArrayList<>();
        try (InputStream in = Objects.requireNonNull(FaultyFilesTest.class.getResourceAsStream(TABLE))) {
            String table = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            for (String block : table.split("(?m)^=== ", -1)) {
                if (!block.isBlank()) {
                    String[] parts = block.split("(?m)^--- faults\n", -1);
                    int endOfName = parts[0].indexOf('\n');
                    rows.add(new Row(
                            parts[0].substring(0, endOfName),
                            parts[0].substring(endOfName + 1),
                            parts[1].lines().filter(line -> !line.isBlank()).toList()));
                }
            }
        }
        return rows;
    }

    @ParameterizedTest
    @MethodSource("rows")
    void parse_faultyFile_reportsExactlyTheseFaults(Row row) {
        ConfigurationFileException thrown = catchThrowableOfType(
                ConfigurationFileException.class,
                () -> ConfigurationFile.parse(
                        "f.yaml", new StringReader(row.text()), getClass().getClassLoader(), ENVIRONMENT::get));

        assertThat(thrown).as("faults of%n%s", row.text()).isNotNull();
        assertThat(thrown.faults()).extracting(ConfigurationFault::toString).containsExactlyElementsOf(row.faults());
        assertThat(thrown.getMessage().lines().skip(1).map(String::strip)).containsExactlyElementsOf(row.faults());
    }

    @Test
    void table_hasOneRowForEachNameAndEnoughOfThem() throws IOException {
        assertThat(rows()).extracting(Row::name).doesNotHaveDuplicates().hasSizeGreaterThanOrEqualTo(40);
    }
}
