package io.fyercache.quickstart;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClassFileTest {
    /** A class whose references are known from its source. */
    @SuppressWarnings({"unused", "MultiDimensionalArray"}) // only its class file is read
    private static class Sample extends HashMap<String, Integer> {
        static final long CONSTANT_OF_TWO_SLOTS = 1L << 40;

        BitSet[][] inArrayDescriptor(Map<String, StringBuilder> erased, int[] primitive) {
            return new BitSet[1][primitive.length];
        }

        Object calls(Object value) {
            return Thread.currentThread().getName() + value + CONSTANT_OF_TWO_SLOTS;
        }
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                Object.class,
                String.class,
                ArrayList.class,
                Map.class,
                Map.Entry.class,
                Thread.State.class,
                Deprecated.class,
                Sample.class
            })
    void parse_classFile_saysWhatReflectionSays(Class<?> type) throws IOException {
        ClassFile parsed = ClassFile.parse(bytesOf(type));

        assertThat(parsed.name()).isEqualTo(type.getName());
        // In its class file an interface extends Object (JVMS 4.1); reflection says that it extends nothing.
        String superclass = type.isInterface() ? "java.lang.Object" : null;
        if (type.getSuperclass() != null) {
            superclass = type.getSuperclass().getName();
        }
        assertThat(parsed.superclass()).isEqualTo(superclass);
        // The static initializer is a method of the class file that reflection does not show.
        int reflected = type.getDeclaredMethods().length + type.getDeclaredConstructors().length;
        assertThat(parsed.methods() - reflected).isBetween(0, 1);
    }

    @Test
    void parse_staticInitializer_countsAsMethod() throws IOException {
        int reflected =
                Thread.State.class.getDeclaredMethods().length + Thread.State.class.getDeclaredConstructors().length;

        assertThat(ClassFile.parse(bytesOf(Thread.State.class)).methods()).isEqualTo(reflected + 1);
    }

    @Test
    void references_coverClassesMembersAndDescriptors() throws IOException {
        assertThat(ClassFile.parse(bytesOf(Sample.class)).references())
                .as("class constant, member owner, member descriptor, array element")
                .contains(Sample.class.getName(), "java.util.HashMap", "java.lang.Thread", "java.lang.String")
                .contains("java.util.BitSet", "java.lang.Object")
                .as("only in the descriptor of a method that nothing calls, or erased")
                .doesNotContain("java.util.Map", "java.lang.StringBuilder", "java.lang.Integer")
                .allMatch(name -> name.matches("[^/;\\[]+\\.[^/;\\[]+"));
    }

    @Test
    void references_repeatAndKeepTheOrderOfThePool() throws IOException {
        List<String> references = ClassFile.parse(bytesOf(Object.class)).references();

        assertThat(references)
                .contains("java.lang.Object")
                .hasSizeGreaterThan(references.stream().distinct().toList().size());
        assertThat(references).isEqualTo(ClassFile.parse(bytesOf(Object.class)).references());
    }

    @Test
    void parse_noClassFile_namesTheMagicNumber() {
        assertThatThrownBy(() -> ClassFile.parse("PK\3\4, a jar".getBytes(US_ASCII)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("class file: starts with 0x504B0304 (expected: 0xCAFEBABE)");
    }

    @Test
    void parse_unknownConstantTag_namesIt() throws IOException {
        byte[] bytes = bytesOf(Sample.class);
        int firstTag = 2 * Integer.BYTES + Short.BYTES;
        bytes[firstTag] = 2;

        assertThatThrownBy(() -> ClassFile.parse(bytes))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("constant 1 has tag 2");
    }

    @Test
    void parse_truncated_neverAnswersSomethingElse() throws IOException {
        byte[] bytes = bytesOf(Sample.class);
        ClassFile whole = ClassFile.parse(bytes);
        int rejected = 0;
        for (int length = 0; length < bytes.length; length++) {
            try {
                assertThat(ClassFile.parse(Arrays.copyOf(bytes, length))).isEqualTo(whole);
            } catch (IllegalArgumentException e) {
                rejected++;
            }
        }
        assertThat(rejected).isGreaterThan(bytes.length / 4);
    }

    @Test
    void parse_damaged_throwsNothingButIllegalArgument() throws IOException {
        byte[] bytes = bytesOf(Sample.class);
        SplittableRandom random = new SplittableRandom(1);
        int rejected = 0;
        for (int round = 0; round < 20_000; round++) {
            byte[] damaged = bytes.clone();
            for (int hit = 0; hit < 4; hit++) {
                damaged[Integer.BYTES + random.nextInt(damaged.length - Integer.BYTES)] = (byte) random.nextInt();
            }
            try {
                ClassFile.parse(damaged);
            } catch (IllegalArgumentException e) {
                rejected++;
            }
        }
        assertThat(rejected).isPositive();
    }

    private static byte[] bytesOf(Class<?> type) throws IOException {
        String file = type.getName().substring(type.getName().lastIndexOf('.') + 1) + ".class";
        try (InputStream in = type.getResourceAsStream(file)) {
            return in.readAllBytes();
        }
    }
}
