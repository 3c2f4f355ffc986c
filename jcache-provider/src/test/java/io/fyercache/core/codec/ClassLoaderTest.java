package io.fyercache.core.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fyercache.core.codec.Samples.Node;
import io.fyercache.core.codec.Samples.Point;
import java.io.Serializable;
import java.lang.ref.WeakReference;
import java.lang.reflect.Constructor;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Classes are those of the chain's class loader, and the chain does not keep the loader alive. */
class ClassLoaderTest {
    private static final ClassLoader PARENT = ClassLoaderTest.class.getClassLoader();
    /** With the enclosing class, as the nested ones are of its nest. */
    private static final String PREFIX = "io.fyercache.core.codec.ClassLoaderTest";

    static final class AppPlain implements Serializable {
        private final String text = "plain";
        private AppKind kind = AppKind.ONE;
        private List<Object> list = new ArrayList<>(List.of(new AppRecord(1)));

        @Override
        public String toString() {
            return text + kind + list;
        }
    }

    record AppRecord(int number) implements Serializable {}

    enum AppKind {
        ONE
    }

    static final class AppFallback implements Serializable {
        private Object wrapped = java.util.Collections.unmodifiableList(new ArrayList<>(List.of(new AppRecord(2))));

        @Override
        public String toString() {
            return wrapped.toString();
        }
    }

    private static Object newInstance(ClassLoader loader, String simpleName) throws ReflectiveOperationException {
        Constructor<?> constructor = Class.forName(
                        "io.fyercache.core.codec.ClassLoaderTest$" + simpleName, true, loader)
                .getDeclaredConstructor();
        constructor.setAccessible(true);
        return constructor.newInstance();
    }

    private static CodecChain chain(ClassLoader loader) {
        return CodecChain.of(loader, ClassFilter.standard(), List.of());
    }

    @Test
    void decode_classOfTheChildLoader_isTheOneOfThatLoader() throws Exception {
        ClassLoader child = new IsolatedLoader(PARENT, PREFIX);
        CodecChain chain = chain(child);

        for (String name : List.of("AppPlain", "AppFallback")) {
            Object value = newInstance(child, name);
            Object decoded = chain.decode(chain.encode(value));

            assertThat(decoded.getClass()).isSameAs(value.getClass());
            assertThat(decoded.getClass().getClassLoader()).isSameAs(child);
            assertThat(decoded).hasToString(value.toString());
        }
    }

    @Test
    void decode_sameBytesThroughTwoLoaders_yieldsEachLoadersClass() throws Exception {
        byte[] bytes = chain(PARENT).encode(new AppPlain());
        ClassLoader child = new IsolatedLoader(PARENT, PREFIX);

        assertThat(chain(child).decode(bytes).getClass().getClassLoader()).isSameAs(child);
        assertThat(chain(PARENT).decode(bytes)).isInstanceOf(AppPlain.class);
    }

    @Test
    void encode_classOfAnotherLoader_isRefusedSinceItCouldNotBeReadBack() throws Exception {
        ClassLoader child = new IsolatedLoader(PARENT, PREFIX);

        for (String name : List.of("AppPlain", "AppFallback")) {
            Object value = newInstance(child, name);
            assertThatThrownBy(() -> chain(PARENT).encode(value))
                    .isInstanceOf(CodecException.class)
                    .hasMessageContaining("ClassLoaderTest$App")
                    .hasMessageContaining("another class loader");
        }
    }

    @Test
    void decode_classThatTheLoaderDoesNotFind_isNamed() throws Exception {
        byte[] bytes = chain(PARENT).encode(new Point(1, 2));
        byte[] javaBytes = ClassFilterTest.withTag(Samples.javaEncode(new Point(1, 2)));
        CodecChain platform = chain(ClassLoader.getPlatformClassLoader());

        for (byte[] each : List.of(bytes, javaBytes)) {
            assertThatThrownBy(() -> platform.decode(each))
                    .isInstanceOf(CodecException.class)
                    .hasMessageContaining("class " + Point.class.getName() + " was not found");
        }
    }

    @Test
    void decode_classOfAnotherShape_isRefused() {
        byte[] bytes = chain(PARENT).encode(new Node("n"));
        // The fingerprint follows the tag and the zero that announces a class.
        bytes[2] ^= 1;

        assertThatThrownBy(() -> chain(PARENT).decode(bytes))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining("class " + Node.class.getName() + " differs");
    }

    @Test
    void droppedLoader_isCollected_whileTheChainLivesOn() throws Exception {
        CodecChain[] chain = new CodecChain[1];
        WeakReference<ClassLoader> dropped = useAndDrop(chain);

        await().until(() -> {
            System.gc();
            return dropped.get() == null;
        });
        assertThat(chain[0].decode(chain[0].encode("still works"))).isEqualTo("still works");
        assertThatThrownBy(() -> chain[0].encode(new AppRecord(1)))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining("class loader of this codec is gone");
    }

    private static WeakReference<ClassLoader> useAndDrop(CodecChain[] chain) throws ReflectiveOperationException {
        ClassLoader loader = new IsolatedLoader(PARENT, PREFIX);
        chain[0] = chain(loader);
        for (String name : List.of("AppPlain", "AppFallback")) {
            Object value = newInstance(loader, name);
            assertThat(chain[0].isImmutable(value)).isFalse();
            assertThat(chain[0].copy(value)).hasToString(value.toString());
        }
        return new WeakReference<>(loader);
    }
}
