package io.fyercache.core.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A filter that the operator set for the JVM (JEP 290) holds besides ours. In a JVM of its own, as it can be set once. */
class JvmWideFilterTest {
    /** Copies a value through Java serialization and tells what came of it. */
    public static final class Program {
        private Program() {}

        public static void main(String[] args) {
            CodecChain chain = CodecChain.of(Program.class.getClassLoader(), ClassFilter.standard(), List.of());
            try {
                System.out.println("copied " + chain.copy(BitSet.valueOf(new long[] {5})));
            } catch (CodecException e) {
                System.out.println("refused " + e.getCause());
            }
        }
    }

    @Test
    void decode_classThatTheJvmRefuses_isRefused() throws Exception {
        assertThat(run("-Djdk.serialFilter=!java.util.BitSet")).contains("refused java.io.InvalidClassException");
        assertThat(run("-Djdk.serialFilter=java.util.BitSet")).contains("copied {0, 2}");
    }

    private static String run(String option) throws Exception {
        Process process = new ProcessBuilder(
                        System.getProperty("java.home") + "/bin/java",
                        option,
                        "-cp",
                        System.getProperty("java.class.path"),
                        Program.class.getName())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return output;
    }
}
