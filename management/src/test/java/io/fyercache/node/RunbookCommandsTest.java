package io.fyercache.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** Each command of the runbook is understood as it stands there. */
class RunbookCommandsTest {
    private static final Path PAGE = Path.of("..", "docs", "runbook.md");

    /** A line of a block, also within a list. */
    private static final Pattern COMMAND = Pattern.compile("(?m)^ *fyercache-node (.+)$");

    /** A word as a shell takes it. */
    private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");

    static List<String> commands() throws IOException {
        List<String> commands = COMMAND.matcher(Files.readString(PAGE))
                .results()
                .map(command -> command.group(1))
                .distinct()
                .toList();
        assertThat(commands).hasSizeGreaterThan(10);
        return commands;
    }

    @ParameterizedTest
    @MethodSource("commands")
    void command_isUnderstood(String command) {
        String[] arguments = WORD.matcher(command)
                .results()
                .map(word -> word.group(1) == null ? word.group(2) : word.group(1))
                .toArray(String[]::new);

        assertThatCode(() -> new CommandLine(new FyerNode()).parseArgs(arguments))
                .as(command)
                .doesNotThrowAnyException();
    }
}
