package io.fyercache.testkit.history;

import static io.fyercache.testkit.history.Histories.answered;
import static io.fyercache.testkit.history.Histories.get;
import static io.fyercache.testkit.history.Histories.put;
import static io.fyercache.testkit.history.Histories.unknown;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fyercache.testkit.history.Action.Exchange;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HistoryFileTest {
    private static final String HEADER = "{\"format\":\"fyercache-history\",\"version\":1,\"silentRemoval\":\"NEVER\"}";

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void nameFile() {
        file = folder.resolve("history.jsonl");
    }

    @Test
    void roundTrip_ofEveryActionAndOutcome_isEqual() throws IOException {
        List<Operation> operations = new ArrayList<>();
        for (Workload.Mix mix : Workload.Mix.values()) {
            operations.addAll(SimulatedKey.correct("k", new Workload(4, 400, 20, 0.2, 0, mix), new Random(3)));
        }
        operations.add(new Operation("c", "k", new Action.Clear(), 3, new Completion.Failed()));
        operations.add(unknown("c", new Action.Invoke(new AtomicFunction.Undescribed()), 3));
        History history = new History(operations, SilentRemoval.ANY_TIME);
        assertThat(operations.stream()
                        .map(operation -> operation.action().getClass())
                        .distinct())
                .hasSize(Action.class.getPermittedSubclasses().length);

        HistoryFile.write(history, file);

        assertThat(HistoryFile.read(file)).isEqualTo(history);
    }

    @Test
    void roundTrip_ofAnyString_isEqual() throws IOException {
        History history = History.of(List.of(put("c \"1\"\\", "\u0000\n\t\"é\ud800 \ud83d\ude00\u2028", 0, 1)));

        HistoryFile.write(history, file);

        assertThat(HistoryFile.read(file)).isEqualTo(history);
    }

    @Test
    void write_isReadableAndStable() throws IOException {
        HistoryFile.write(
                History.of(List.of(
                        answered("c1", new Action.ReplaceExpected("a", "b"), true, 1, 5),
                        answered("c1", new Action.Invoke(new AtomicFunction.Add<>(2)), new Exchange(null, 2L), 6, 7),
                        unknown("c2", new Action.Remove(), 2))),
                file);

        assertThat(file)
                .content()
                .isEqualTo(HEADER + "\n"
                        + "{\"client\":\"c1\",\"key\":\"x\",\"op\":\"replaceExpected\",\"expected\":\"a\","
                        + "\"value\":\"b\",\"invoked\":1,\"returned\":5,\"answer\":true}\n"
                        + "{\"client\":\"c1\",\"key\":\"x\",\"op\":\"add\",\"summand\":2,\"invoked\":6,"
                        + "\"returned\":7,\"read\":null,\"left\":2}\n"
                        + "{\"client\":\"c2\",\"key\":\"x\",\"op\":\"remove\",\"invoked\":2,"
                        + "\"outcome\":\"unknown\"}\n");
    }

    @Test
    void write_ofOtherTypes_needsToKnowTheirText() throws IOException {
        History history = History.of(List.of(put("c", new BigDecimal("1.5"), 0, 1)));

        assertThatThrownBy(() -> HistoryFile.write(history, file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("value of java.math.BigDecimal (expected: String");
        HistoryFile.write(history, file, Object::toString);

        assertThat(HistoryFile.read(file).operations()).containsExactly(put("c", "1.5", 0, 1));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"client\":\"c\"                                          | line 2: column 14: expected more",
                "[]                                                         | line 2: column 1: expected '{'",
                "{\"client\":1.5}                                           | line 2: column 11: expected a string",
                "{\"key\":1,\"key\":1}                                      | line 2: column 16: expected member 'key' once",
                "{\"client\":\"\\x\"}                                       | line 2: column 14: expected an escape",
                "{} {}                                                      | line 2: column 3: expected the end",
                "{\"op\":\"fetch\"}                                         | line 2: op: 'fetch' (expected: a method",
                "{\"op\":\"put\"}                                           | line 2: value: null (expected: a value)",
                "{\"op\":\"get\",\"client\":\"c\",\"key\":1}                 | line 2: invoked: null (expected: Long)",
                "{\"op\":\"remove\",\"client\":\"c\",\"key\":1,\"invoked\":1,\"returned\":2}"
                        + "                                                 | line 2: answer: null (expected: Boolean)",
                "{\"op\":\"get\",\"client\":\"c\",\"key\":1,\"invoked\":3,\"returned\":2}"
                        + "                                                 | line 2: returnedNanos: 2",
            })
    void read_ofAMalformedLine_namesLineAndFault(String line, String fault) throws IOException {
        Files.writeString(file, HEADER + "\n" + line + "\n");

        assertThatThrownBy(() -> HistoryFile.read(file))
                .isInstanceOf(MalformedHistoryException.class)
                .hasMessageContaining(fault);
    }

    @Test
    void read_ofAnotherFileOrVersion_isRefused() throws IOException {
        Files.writeString(file, "{\"format\":\"fyercache-history\",\"version\":2}\n");
        assertThatThrownBy(() -> HistoryFile.read(file)).hasMessageContaining("version: 2 (expected: 1)");

        Files.writeString(file, "{\"format\":\"other\"}\n");
        assertThatThrownBy(() -> HistoryFile.read(file)).hasMessageContaining("line 1: format: other");

        Files.writeString(file, "");
        assertThatThrownBy(() -> HistoryFile.read(file)).hasMessageContaining("line 1: column 1: expected more");
    }

    @Test
    void command_printsTheReportAndEndsWithItsOutcome() throws IOException {
        HistoryFile.write(History.of(List.of(put("a", 1L, 0, 10), get("b", 1L, 20, 30))), file);
        assertThat(command(file.toString()))
                .startsWith("0 2 answers in 1 slices of PT1S")
                .contains("LINEARIZABLE");

        HistoryFile.write(History.of(List.of(put("a", 1L, 0, 10), get("b", 2L, 20, 30))), file);
        assertThat(command(file.toString())).startsWith("1 ").contains("get() -> 2   <== cannot be explained");

        HistoryFile.write(History.of(List.of(put("a", 1L, 0, 10), put("b", 2L, 0, 10), get("b", 1L, 20, 30))), file);
        assertThat(command(file.toString(), "1")).startsWith("2 ").contains("UNDECIDED");
    }

    @Test
    void command_withNothingToCheck_saysWhy() {
        assertThat(command()).isEqualTo("3 arguments: 0 (expected: FILE [MAX_STEPS])");
        assertThat(command("f", "many")).isEqualTo("3 MAX_STEPS: many (expected: a number)");
        assertThat(command(file.toString())).startsWith("3 java.nio.file.NoSuchFileException");
    }

    private static String command(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int code = CheckHistory.run(arguments, new PrintStream(out, true, StandardCharsets.UTF_8));
        return code + " " + out.toString(StandardCharsets.UTF_8).strip();
    }
}
