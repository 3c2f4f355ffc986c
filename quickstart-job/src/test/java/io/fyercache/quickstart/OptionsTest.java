package io.fyercache.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OptionsTest {
    @Test
    void parse_nothing_runsAllOnTheJdk() throws UsageException {
        Options options = Options.parse(List.of());

        assertThat(options.scale()).isEqualTo(Options.Scale.FULL);
        assertThat(options.trace()).isEmpty();
        assertThat(options.threads()).isEqualTo(Options.defaultThreads()).isBetween(1, Options.MAX_THREADS);
        assertThat(options.seed()).isEqualTo(107);
    }

    @Test
    void parse_everyOption_inBothForms() throws UsageException {
        Options apart = Options.parse(List.of("--trace", "a b.txt", "--short", "--threads", "64", "--seed", "-5"));
        Options joined = Options.parse(List.of("--seed=-5", "--threads=64", "--short", "--trace=a b.txt"));

        assertThat(apart.trace()).contains(Path.of("a b.txt"));
        assertThat(apart.scale()).isEqualTo(Options.Scale.SHORT);
        assertThat(apart.threads()).isEqualTo(64);
        assertThat(apart.seed()).isEqualTo(-5);
        assertThat(joined).isEqualTo(apart);
    }

    @ParameterizedTest
    @CsvSource({"--thread,--threads", "--sort,--short", "--tarce,--trace", "-help,--help", "--sed,--seed"})
    void parse_unknownOption_namesTheNearest(String given, String nearest) {
        assertFaults(List.of(given), "unknown option " + given + " (the nearest one is " + nearest + "); see --help");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "65", "-1", "four", "4.0", "99999999999999999999"})
    void parse_illegalThreads_namesTheRange(String value) {
        assertFaults(
                List.of("--threads=" + value), "--threads: '" + value + "' (expected: a whole number from 1 to 64)");
    }

    @Test
    void parse_missingOperand_namesIt() {
        assertFaults(List.of("--trace"), "--trace: nothing after it (expected: a file)");
        assertFaults(List.of("--seed="), "--seed: nothing after it (expected: a number)");
    }

    @Test
    void parse_superfluousOperand_isRefused() {
        assertFaults(List.of("--short=yes"), "--short: 'yes' (expected: nothing after it)");
    }

    @Test
    void parse_strayArgument_tellsHowATraceIsGiven() {
        assertFaults(
                List.of("trace.txt"),
                "stray argument 'trace.txt' (expected: options only); a trace is given as --trace FILE");
    }

    @Test
    void parse_optionTwice_isRefused() {
        assertFaults(List.of("--seed", "1", "--seed", "2"), "--seed: given twice (expected: once)");
    }

    @Test
    void parse_noFileName_isRefused() {
        assertFaults(List.of("--trace=a\0b"), "--trace: 'a\0b' is no file name (Nul character not allowed)");
    }

    @Test
    void parse_manyFaults_namesAll() {
        assertFaults(
                List.of("--threads", "0", "x", "--seed=z"),
                "stray argument 'x' (expected: options only); a trace is given as --trace FILE",
                "--threads: '0' (expected: a whole number from 1 to 64)",
                "--seed: 'z' (expected: a whole number from -9223372036854775808 to 9223372036854775807)");
    }

    @Test
    void askForHelp_winsOverFaults() {
        assertThat(Options.askForHelp(List.of("--bogus", "--help"))).isTrue();
        assertThat(Options.askForHelp(List.of("-h"))).isTrue();
        assertThat(Options.askForHelp(List.of("--short"))).isFalse();
    }

    private static void assertFaults(List<String> arguments, String... faults) {
        assertThatThrownBy(() -> Options.parse(arguments))
                .isInstanceOfSatisfying(
                        UsageException.class, e -> assertThat(e.faults()).containsExactly(faults));
    }
}
