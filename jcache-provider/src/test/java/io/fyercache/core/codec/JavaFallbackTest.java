package io.fyercache.core.codec;

import static io.fyercache.core.codec.Samples.chain;
import static io.fyercache.core.codec.Samples.javaRoundTrip;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fyercache.core.codec.Samples.Color;
import io.fyercache.core.codec.Samples.Node;
import java.io.Externalizable;
import java.io.IOException;
import java.io.ObjectInput;
import java.io.ObjectInputStream;
import java.io.ObjectOutput;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamField;
import java.io.Serial;
import java.io.Serializable;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Values that have a say in their serialization: they must get it. */
class JavaFallbackTest {
    private final CodecChain chain = chain();

    static Stream<Object> values() {
        return Stream.of(
                new WithWriteObject(3),
                new WithReadResolve("r"),
                new WithWriteReplace("w"),
                new InheritsReadResolve("i"),
                new External(5),
                new PersistentFields(6),
                new ReplacedRecord(7),
                new HoldsFinalFallback(new WithWriteObject(8)),
                new ArrayList<>(List.of(1, new WithWriteObject(9))),
                Arrays.asList(1, 2),
                Collections.unmodifiableList(new ArrayList<>(List.of(1))),
                Collections.synchronizedMap(new TreeMap<>(Map.of(1, 2))),
                new EnumMap<>(Map.of(Color.GREEN, 1)),
                EnumSet.of(Color.RED),
                new ConcurrentHashMap<>(Map.of("a", 1)),
                new TreeMap<>(Map.of("x", 1)).descendingMap(),
                Color.class);
    }

    @ParameterizedTest
    @MethodSource("values")
    void roundTrip_equalsJavaSerialization(Object value) {
        Object decoded = chain.decode(chain.encode(value));

        assertThat(decoded).hasSameClassAs(javaRoundTrip(value)).isEqualTo(javaRoundTrip(value));
    }

    @ParameterizedTest
    @MethodSource("values")
    void encode_startsWithTheTagOfJavaSerialization(Object value) {
        assertThat((int) chain.encode(value)[0]).isEqualTo(Tag.JAVA_SERIALIZATION);
    }

    @Test
    void roundTrip_treeMapWithComparator_keepsIt() {
        TreeMap<String, Integer> map = new TreeMap<>(Comparator.reverseOrder());
        map.putAll(Map.of("a", 1, "b", 2));

        TreeMap<?, ?> decoded = (TreeMap<?, ?>) chain.decode(chain.encode(map));

        assertThat(decoded.firstKey()).isEqualTo("b");
        assertThat(decoded).isEqualTo(map);
    }

    @Test
    void roundTrip_mixedValue_keepsIdentityAcrossTheWhole() {
        Node node = new Node("n");
        WithWriteObject odd = new WithWriteObject(1);
        node.payload = odd;
        node.children.add(odd);
        node.children.add(node);

        Node decoded = (Node) chain.decode(chain.encode(node));

        assertThat(decoded.children)
                .satisfiesExactly(
                        first -> assertThat(first).isSameAs(decoded.payload),
                        second -> assertThat(second).isSameAs(decoded));
    }

    @Test
    void roundTrip_throwableAndAtomic_work() {
        Object decoded = chain.decode(chain.encode(new IllegalStateException("boom")));
        assertThat((IllegalStateException) decoded).hasMessage("boom");
        assertThat(((AtomicLong) chain.decode(chain.encode(new AtomicLong(5)))).get())
                .isEqualTo(5);
    }

    @Test
    void roundTrip_serializableLambda_works() {
        Comparator<String> comparator = (Comparator<String> & Serializable) (a, b) -> b.compareTo(a);
        // Its class is of the package java.lang.invoke, which the platform list leaves out.
        assertThatThrownBy(() -> chain.encode(comparator)).hasMessageContaining("java.lang.invoke.SerializedLambda");

        CodecChain allowing = chain(ClassFilter.of(
                ClassFilter.Mode.APPLICATION_CLASSES,
                List.of("java.lang.invoke.SerializedLambda"),
                CodecLimits.DEFAULT));
        @SuppressWarnings("unchecked") // it is what was encoded
        Comparator<String> decoded = (Comparator<String>) allowing.decode(allowing.encode(comparator));
        assertThat(decoded.compare("a", "b")).isPositive();
    }

    @Test
    void encode_notSerializableField_isNamedWithItsPath() {
        Node node = new Node("root");
        node.next = new Node("next");
        node.next.children.add(new NotSerializable());

        assertThatThrownBy(() -> chain.encode(node))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining("class " + NotSerializable.class.getName())
                .hasMessageContaining("Node.next.children[]");
    }

    @Test
    void encode_notSerializableValue_isNamed() {
        assertThatThrownBy(() -> chain.encode(new NotSerializable()))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining("class " + NotSerializable.class.getName() + " is not serializable")
                .hasMessageContaining("ValueCodec");
        assertThatThrownBy(() -> chain.encode(Optional.of(new NotSerializable())))
                .isInstanceOf(CodecException.class);
    }

    @Test
    void encode_recordThatIsNotSerializable_isRefused() {
        assertThatThrownBy(() -> chain.encode(new PlainRecord(new ArrayList<>())))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining("PlainRecord");
    }

    @Test
    void encode_writeObjectFails_causeIsKept() {
        assertThatThrownBy(() -> chain.encode(new WithWriteObject(-1)))
                .isInstanceOf(CodecException.class)
                .hasRootCauseMessage("negative");
    }

    @Test
    void encode_dynamicProxy_isRefused() {
        Object proxy = Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {Runnable.class, Serializable.class},
                (Serializable & InvocationHandler) (self, method, args) -> null);

        assertThatThrownBy(() -> chain.encode(proxy))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining("proxy");
    }

    record PlainRecord(List<String> list) {}

    static final class NotSerializable {
        @Override
        public String toString() {
            throw new AssertionError("an error message must not call the value's code");
        }
    }

    abstract static class Numbered implements Serializable {
        transient int number;

        @Override
        public boolean equals(Object other) {
            return other instanceof Numbered that && that.getClass() == getClass() && that.number == number;
        }

        @Override
        public int hashCode() {
            return number;
        }
    }

    static final class WithWriteObject extends Numbered {
        WithWriteObject(int number) {
            this.number = number;
        }

        @Serial
        private void writeObject(ObjectOutputStream out) throws IOException {
            if (number == -1) {
                throw new IOException("negative");
            }
            out.writeInt(number * 2);
        }

        @Serial
        private void readObject(ObjectInputStream in) throws IOException {
            number = in.readInt() / 2;
        }
    }

    static final class PersistentFields extends Numbered {
        @Serial
        @SuppressWarnings("UnusedVariable") // read by Java serialization
        private static final ObjectStreamField[] serialPersistentFields = {new ObjectStreamField("kept", int.class)};

        private final int kept;

        PersistentFields(int kept) {
            this.kept = kept;
        }

        @Override
        public int hashCode() {
            return kept;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof PersistentFields that && that.kept == kept;
        }
    }

    static class WithReadResolve implements Serializable {
        final String text;

        WithReadResolve(String text) {
            this.text = text;
        }

        @Serial
        protected Object readResolve() {
            return "resolved " + text;
        }
    }

    static final class InheritsReadResolve extends WithReadResolve {
        InheritsReadResolve(String text) {
            super(text);
        }
    }

    static final class WithWriteReplace implements Serializable {
        final String text;

        WithWriteReplace(String text) {
            this.text = text;
        }

        @Serial
        private Object writeReplace() {
            return "replaced " + text;
        }
    }

    record ReplacedRecord(int number) implements Serializable {
        @Serial
        private Object writeReplace() {
            return number;
        }
    }

    record HoldsFinalFallback(WithWriteObject value) implements Serializable {}

    public static final class External implements Externalizable {
        private int number;

        public External() {}

        External(int number) {
            this.number = number;
        }

        @Override
        public void writeExternal(ObjectOutput out) throws IOException {
            out.writeInt(number);
        }

        @Override
        public void readExternal(ObjectInput in) throws IOException {
            number = in.readInt();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof External that && that.number == number;
        }

        @Override
        public int hashCode() {
            return number;
        }
    }
}
