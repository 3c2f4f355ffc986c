package io.fyercache.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TerminalTest {
    @Test
    void of_nothingSaid_isPlain() {
        assertThat(Terminal.of(new Properties(), Map.of())).isEqualTo(Terminal.none());
    }

    @ParameterizedTest
    @CsvSource({
        "TERM, xterm,  BAR,   COLOR",
        "NO_COLOR, 1,  BAR,   PLAIN",
        "NO_COLOR, '', BAR,   COLOR",
        "CI, true,     LINES, PLAIN",
        "CI, '',       BAR,   COLOR",
        "TERM, dumb,   LINES, PLAIN"
    })
    void of_terminals_environmentMayAskForLess(
            String name, String value, Terminal.Progress progress, Terminal.Ink ink) {
        assertThat(Terminal.of(terminals("100"), Map.of(name, value))).isEqualTo(new Terminal(progress, ink, 100));
    }

    @ParameterizedTest
    @CsvSource({"0", "-3", "wide", "99999"})
    void of_strangeWidth_isTheUsualOne(String columns) {
        assertThat(Terminal.of(terminals(columns), Map.of()).columns()).isEqualTo(Terminal.USUAL_COLUMNS);
    }

    @Test
    void of_onlyStandardOutputIsTerminal_colorsWithoutBar() {
        Properties properties = new Properties();
        properties.setProperty("quickstart.stdout", "terminal");

        assertThat(Terminal.of(properties, Map.of()))
                .isEqualTo(new Terminal(Terminal.Progress.LINES, Terminal.Ink.COLOR, Terminal.USUAL_COLUMNS));
    }

    @Test
    void green_colorsOnlyWithInk() {
        assertThat(Terminal.none().green("ok")).isEqualTo("ok");
        assertThat(Terminal.of(terminals("80"), Map.of()).green("ok")).isEqualTo("\u001b[32mok\u001b[0m");
    }

    private static Properties terminals(String columns) {
        Properties properties = new Properties();
        properties.setProperty("quickstart.stdout", "terminal");
        properties.setProperty("quickstart.stderr.columns", columns);
        return properties;
    }
}
