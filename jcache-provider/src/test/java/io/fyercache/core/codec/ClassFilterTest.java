package io.fyercache.core.codec;

import static io.fyercache.core.codec.Samples.chain;
import static io.fyercache.core.codec.Samples.javaEncode;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fyercache.core.codec.ClassFilter.Mode;
import io.fyercache.core.codec.Samples.Color;
import io.fyercache.core.codec.Samples.Node;
import io.fyercache.core.codec.Samples.Order;
import io.fyercache.core.codec.Samples.Point;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.Serial;
import java.io.Serializable;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.management.BadAttributeValueExpException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which classes pass, and that a refused one runs no code, whichever door it came through. */
class ClassFilterTest {
    private static final String HERE = ClassFilterTest.class.getPackageName();

    /** Tells when its class was initialized or its hooks ran; stands for what attacks are made of. */
    static final class Alarm {
        static boolean raised;
    }

    static class CanaryWithHook implements Serializable {
        static {
            Alarm.raised = true;
        }

        int field = 1;

        @Serial
        private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
            in.defaultReadObject();
            Alarm.raised = true;
        }
    }

    static class PlainCanary implements Serializable {
        static {
            Alarm.raised = true;
        }

        int field = 1;
    }

    record RecordCanary(int number) implements Serializable {
        static {
            Alarm.raised = true;
        }
    }

    enum EnumCanary {
        ONE;

        static {
            Alarm.raised = true;
        }
    }

    static Stream<Arguments> canaries() {
        Node holder = new Node("holder");
        holder.payload = new PlainCanary();
        return Stream.of(
                        new CanaryWithHook(),
                        new PlainCanary(),
                        new RecordCanary(1),
                        EnumCanary.ONE,
                        new PlainCanary[0],
                        new CanaryWithHook[] {new CanaryWithHook()},
                        new ArrayList<>(List.of(new RecordCanary(2))),
                        Map.of("k", new CanaryWithHook()),
                        Collections.unmodifiableList(new ArrayList<>(List.of(new PlainCanary()))),
                        holder)
                .map(canary -> Arguments.of(new Object[] {canary}));
    }

    private static CodecChain strict(String... allowed) {
        return chain(ClassFilter.of(Mode.LISTED_ONLY, List.of(allowed), CodecLimits.DEFAULT));
    }

    @ParameterizedTest
    @MethodSource("canaries")
    void strict_classNotListed_isRefusedInBothDirectionsAndRunsNoCode(Object value) throws Exception {
        CodecChain listed = strict(Node.class.getName());
        byte[] bytes = chain().encode(value);
        byte[] javaBytes = withTag(javaEncode(value));
        Alarm.raised = false;

        assertRefused(() -> listed.encode(value), "Canary");
        assertRefused(() -> listed.decode(bytes), "Canary");
        assertRefused(() -> listed.decode(javaBytes), "Canary");
        assertRefused(() -> listed.copy(new Object[] {value}), "Canary");
        assertThat(Alarm.raised).isFalse();
    }

    @Test
    void refusedClass_isNotInitialized() throws Exception {
        // A class of its own that nothing has initialized, seen through a loader of its own.
        ClassLoader loader = new IsolatedLoader(getClass().getClassLoader(), PlainCanary.class.getName());
        byte[] bytes = chain().encode(new PlainCanary());
        CodecChain listed =
                CodecChain.of(loader, ClassFilter.of(Mode.LISTED_ONLY, List.of(), CodecLimits.DEFAULT), List.of());
        Alarm.raised = false;

        assertRefused(() -> listed.decode(bytes), "PlainCanary");

        assertThat(((IsolatedLoader) loader).defined()).isEmpty();
        assertThat(Alarm.raised).isFalse();
    }

    @Test
    void strict_listedClassAndPlainJdkValues_pass() {
        CodecChain listed = strict(HERE + ".*");

        for (Object value : List.of(
                new Order("1", "x"),
                new Point(1, 2),
                Color.GREEN,
                Collections.unmodifiableList(new ArrayList<>(List.of(1L))))) {
            assertThat(listed.decode(listed.encode(value))).isEqualTo(value);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"**", "*", "", "com.acme.*.Order", "com.acme.", "com..acme", "com.acme.***", "com/acme/*"})
    void pattern_illFormed_isRefused(String pattern) {
        assertThatThrownBy(() -> ClassFilter.of(Mode.LISTED_ONLY, List.of(pattern), CodecLimits.DEFAULT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + pattern + "'");
    }

    @Test
    void pattern_formsMatchWhatTheySay() {
        ClassPatterns patterns = ClassPatterns.of(List.of("a.One", "b.*", "c.**"));

        assertThat(Stream.of("a.One", "b.X", "b.X$Y", "c.X", "c.d.e.X")).allMatch(patterns::matches);
        assertThat(Stream.of("a.Two", "a.One$In", "b.c.X", "cc.X", "X", "a.One.X"))
                .noneMatch(patterns::matches);
    }

    @Test
    void standard_gadgetClasses_areRefusedThroughAllPaths() throws Exception {
        CodecChain standard = chain();
        URL url = new URL("http://localhost.invalid/");
        Object expression = new BadAttributeValueExpException("x");
        Object copies = Collections.nCopies(5, "x");

        for (Object gadget : List.of(url, expression, copies)) {
            String name = gadget.getClass().getName();
            assertRefused(() -> standard.encode(gadget), name);
            assertRefused(() -> standard.encode(new ArrayList<>(List.of(gadget))), name);
            byte[] bytes = withTag(javaEncode(new ArrayList<>(List.of(gadget))));
            assertRefused(() -> standard.decode(bytes), name);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "org.apache.commons.collections.functors.InvokerTransformer",
                "org.apache.commons.collections4.functors.ChainedTransformer",
                "org.codehaus.groovy.runtime.MethodClosure",
                "com.sun.org.apache.xalan.internal.xsltc.trax.TemplatesImpl",
                "[Lcom.sun.rowset.JdbcRowSetImpl;",
                "com.mchange.v2.c3p0.PoolBackedDataSource",
                "org.springframework.beans.factory.support.DefaultListableBeanFactory",
                "java.rmi.server.UnicastRemoteObject",
                "java.security.SignedObject",
                "bsh.XThis",
                "clojure.core$comp"
            })
    void gadgetName_isRefusedEvenByWildcard_butAllowedByName(String name) {
        String element = name.startsWith("[L") ? name.substring(2, name.length() - 1) : name;
        String wildcard = element.substring(0, element.indexOf('.')) + ".**";

        assertThat(ClassFilter.standard().objectionToName(name)).contains(element);
        assertThat(ClassFilter.of(Mode.LISTED_ONLY, List.of(wildcard), CodecLimits.DEFAULT)
                        .objectionToName(name))
                .contains(element);
        assertThat(ClassFilter.of(Mode.LISTED_ONLY, List.of(element), CodecLimits.DEFAULT)
                        .objectionToName(name))
                .isNull();
    }

    @Test
    void standard_namesOfSpringAndHibernateItems_pass() {
        for (String name : List.of(
                "org.springframework.cache.support.NullValue",
                "org.hibernate.cache.spi.entry.StandardCacheEntryImpl",
                "org.hibernate.cache.internal.BasicCacheKeyImplementation",
                "com.acme.Order")) {
            assertThat(ClassFilter.standard().objectionToName(name)).isNull();
        }
    }

    @Test
    void standard_plainValuesOfTheJdk_pass() {
        assertThat(Stream.of(
                        int.class,
                        int[][].class,
                        String.class,
                        Object[].class,
                        ArrayList.class,
                        TimeUnit.class,
                        java.sql.Timestamp.class,
                        java.nio.file.StandardOpenOption.class))
                .allMatch(ClassFilter.standard()::permits);
        assertThat(Stream.of(
                        java.util.logging.Level.class,
                        javax.swing.JButton.class,
                        Thread.UncaughtExceptionHandler.class))
                .satisfiesExactly(
                        level -> assertThat(ClassFilter.standard().permits(level))
                                .isFalse(),
                        button -> assertThat(ClassFilter.standard().permits(button))
                                .isFalse(),
                        handler -> assertThat(ClassFilter.standard().permits(handler))
                                .isTrue());
    }

    @Test
    void platformClass_allowedByName_passes() {
        assertThat(ClassFilter.of(Mode.APPLICATION_CLASSES, List.of("java.util.logging.Level"), CodecLimits.DEFAULT)
                        .permits(java.util.logging.Level.class))
                .isTrue();
    }

    @Test
    void limits_outOfRange_areRefusedWithNameAndRange() {
        assertThatThrownBy(() -> new CodecLimits(0, 1, 1, 1)).hasMessageContaining("maxDepth: 0 (expected: 1..250)");
        assertThatThrownBy(() -> new CodecLimits(251, 1, 1, 1))
                .hasMessageContaining("maxDepth: 251 (expected: 1..250)");
        assertThatThrownBy(() -> new CodecLimits(1, 0, 1, 1)).hasMessageContaining("maxReferences: 0");
        assertThatThrownBy(() -> new CodecLimits(1, 1, Integer.MAX_VALUE, 1))
                .hasMessageContaining("maxBytes: 2147483647");
        assertThatThrownBy(() -> new CodecLimits(1, 1, 1, -1)).hasMessageContaining("maxArrayLength: -1");
    }

    @Test
    void limits_valueBeyond_isRefusedWhenEncodedAndWhenDecoded() {
        CodecChain small = chain(new CodecLimits(3, 10, 200, 5));
        Object deep = List.of(List.of(List.of(List.of("deep"))));
        Object many = List.of(List.of(1, 2, 3, 4), List.of(5, 6, 7, 8), List.of(9));

        assertLimited(small, deep, "maxDepth: 3");
        assertLimited(small, many, "maxReferences: 10");
        assertLimited(small, "x".repeat(300), "200");
        assertLimited(small, new byte[200], "200");
        assertLimited(small, new int[6], "maxArrayLength: 5");
        assertLimited(small, new ArrayList<>(List.of(1, 2, 3, 4, 5, 6)), "maxArrayLength: 5");
        assertThatCode(() -> small.decode(small.encode(List.of(1, 2, 3, 4, 5)))).doesNotThrowAnyException();
        assertThatCode(() -> small.decode(small.encode(new byte[190]))).doesNotThrowAnyException();
    }

    private static void assertLimited(CodecChain small, Object value, String message) {
        byte[] bytes = chain().encode(value);
        assertRefused(() -> small.encode(value), message);
        assertRefused(() -> small.decode(bytes), message);
    }

    @Test
    void limits_javaStreamBeyond_isRefusedWhenDecoded() throws Exception {
        CodecChain small = chain(new CodecLimits(4, 20, 2_000, 5));
        Object deep = new ArrayList<>(List.of(
                new ArrayList<>(List.of(new ArrayList<>(List.of(new ArrayList<>(List.of(new ArrayList<>()))))))));
        Set<Object> many = new HashSet<>();
        for (int i = 0; i < 5; i++) {
            many.add(new ArrayList<>(List.of(i, i + 10, i + 20, i + 30)));
        }

        assertRefused(() -> small.decode(withTag(javaEncode(deep))), "maxDepth: 4");
        assertRefused(() -> small.decode(withTag(javaEncode(many))), "max");
        assertRefused(() -> small.decode(withTag(javaEncode(new int[6]))), "maxArrayLength: 5");
        assertRefused(() -> small.decode(withTag(javaEncode("x".repeat(3_000)))), "2000");
        assertRefused(
                () -> small.encode(Collections.unmodifiableList(new ArrayList<>(List.of("x".repeat(3_000))))), "2000");
    }

    @Test
    void limits_valueOfJavaSerializationBeyond_isRefusedWhenEncoded() {
        CodecChain small = chain(new CodecLimits(10, 20, 2_000, 5));
        List<Integer> many = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            many.add(i);
        }

        assertRefused(() -> small.encode(Collections.unmodifiableList(many)), "maxReferences: 20");
        assertRefused(
                () -> small.encode(
                        Collections.singleton(Collections.unmodifiableList(new ArrayList<>(List.of(new int[6]))))),
                "maxArrayLength: 5");
        assertThat(small.copy(Collections.unmodifiableList(new ArrayList<>(List.of("few")))))
                .isEqualTo(List.of("few"));
    }

    private static void assertRefused(org.assertj.core.api.ThrowableAssert.ThrowingCallable call, String message) {
        assertThatThrownBy(call).isInstanceOf(CodecException.class).hasMessageContaining(message);
    }

    static byte[] withTag(byte[] stream) {
        byte[] bytes = new byte[stream.length + 1];
        bytes[0] = Tag.JAVA_SERIALIZATION;
        System.arraycopy(stream, 0, bytes, 1, stream.length);
        return bytes;
    }
}
