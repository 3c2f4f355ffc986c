package io.fyercache.configuration;

import io.fyercache.core.bytes.ByteSink;
import io.fyercache.core.codec.ClassFilter;
import io.fyercache.core.codec.CodecChain;
import io.fyercache.core.codec.CodecException;
import io.fyercache.core.codec.CodecLimits;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import javax.cache.CacheException;
import javax.cache.configuration.Factory;
import javax.cache.configuration.FactoryBuilder.ClassFactory;
import javax.cache.configuration.FactoryBuilder.SingletonFactory;
import org.jspecify.annotations.Nullable;

/**
 * The bytes and the text of what makes an object of the user's. To write and to read them makes none.
 *
 * <p>Where a class says it all, its name is what travels. Other objects do as the cache's values would: through the same class filter, by a
 * codec that every process has. The text names classes, and nothing that the objects hold: that may be a password.
 *
 * <p>Thread-safe.
 */
final class FactoryForm {
    /** The name of a class, as a file has it, follows. */
    private static final int CLASS = 1;

    /** The encoded object itself follows, of which there is one for each process. */
    private static final int INSTANCE = 2;

    /** The encoded factory follows. */
    private static final int FACTORY = 3;

    /** An object that is there to make another one: as deep as a value, and no data set. */
    private static final CodecLimits LIMITS =
            new CodecLimits(CodecLimits.DEFAULT_MAX_DEPTH, 1_000, PortableSettings.MAX_BYTES, 1_000);

    /** What factories are commonly made of, and an allow-list of values' classes would not name. */
    private static final List<String> STANDARD = List.of("javax.cache.configuration.*", "javax.cache.expiry.*");

    private final ClassLoader loader;
    private final CodecChain codec;

    /**
     * Makes the forms of a cache's factories.
     *
     * @param serialization says which classes may be created
     */
    FactoryForm(Serialization serialization, ClassLoader loader) {
        this.loader = loader;
        ClassFilter filter = serialization.classFilter(LIMITS, STANDARD);
        this.codec = CodecChain.of(loader, filter, List.of());
    }

    /**
     * Returns all there is to a factory.
     *
     * @throws IllegalArgumentException if it cannot travel; says why
     */
    byte[] write(Factory<?> factory) {
        String className = classNameOf(factory);
        if (className != null) {
            return form(CLASS, className.getBytes(StandardCharsets.UTF_8));
        }
        return factory instanceof SingletonFactory<?> singleton
                ? form(INSTANCE, encode(singleton.create()))
                : form(FACTORY, encode(factory));
    }

    private byte[] encode(Object object) {
        Class<?> type = object.getClass();
        if (type.isHidden()) {
            throw new IllegalArgumentException("a lambda of " + type.getName().replaceFirst("\\$\\$Lambda.*", "")
                    + " (expected: a factory that travels to the members of the cluster, and another build of the class"
                    + " would not know the lambda again); use FactoryBuilder.factoryOf(class), or a serializable class"
                    + " of its own");
        }
        try {
            return codec.encode(object);
        } catch (CodecException e) {
            throw new IllegalArgumentException(
                    "an instance of " + type.getName()
                            + " (expected: what travels to the members of the cluster); use FactoryBuilder.factoryOf(class),"
                            + " or what can be serialized: " + e.getMessage(),
                    e);
        }
    }

    private static byte[] form(int kind, byte[] content) {
        ByteSink out = new ByteSink(1 + content.length, PortableSettings.MAX_BYTES, PortableSettings::tooLong);
        out.writeByte(kind);
        out.writeBytes(content);
        return out.toBytes();
    }

    /** Returns what a factory is, for people. */
    static String text(Factory<?> factory) {
        if (factory instanceof PortableFactory<?> received) {
            return received.travelled().text();
        }
        String className = classNameOf(factory);
        if (className != null) {
            return className;
        }
        return factory instanceof SingletonFactory<?> singleton
                ? "an instance of " + singleton.create().getClass().getName()
                : "what " + factory.getClass().getName() + " makes";
    }

    /** Returns the class of what a factory makes, where that is all there is to it; null if it is not. */
    private static @Nullable String classNameOf(Factory<?> factory) {
        if (factory instanceof InstanceFactory<?> instances) {
            return instances.type().getName();
        }
        return factory instanceof ClassFactory<?> classes ? classNameOf(classes) : null;
    }

    /** JCache's own factory does not tell; if it cannot be asked, it travels as any other one. */
    private static @Nullable String classNameOf(ClassFactory<?> classes) {
        try {
            Field name = ClassFactory.class.getDeclaredField("className");
            return name.trySetAccessible() ? (String) name.get(classes) : null;
        } catch (ReflectiveOperationException e) {
            return null;
        }
    }

    /**
     * Returns the factory of a form.
     *
     * @param role what it must make
     * @throws CacheException if it cannot be had here: a class is missing or not permitted, or the bytes are damaged
     */
    <T> Factory<T> read(byte[] form, Class<T> role) {
        if (form.length == 0) {
            throw new CacheException("0 bytes (expected: what makes a " + role.getName() + ")");
        }
        byte[] content = Arrays.copyOfRange(form, 1, form.length);
        return switch (form[0]) {
            case CLASS -> byName(new String(content, StandardCharsets.UTF_8), role);
            case INSTANCE -> new SingletonFactory<>(cast(decode(content), role));
            case FACTORY -> new CheckedFactory<>(cast(decode(content), Factory.class), role);
            default ->
                throw new CacheException(
                        "kind: " + form[0] + " (expected: 1..3); the definition was made by another version");
        };
    }

    /** Asks of the class no more than JCache's own factory does, for which the name stands as well as for that of a file. */
    private <T> Factory<T> byName(String className, Class<T> role) {
        ClassNames.Found found = new ClassNames(loader).find(className);
        Class<?> type = found.type();
        if (type == null || !(role.isAssignableFrom(type) || Factory.class.isAssignableFrom(type))) {
            throw new CacheException("class " + className + " (expected: "
                    + new ValueType.Instance(role).expectation() + "); "
                    + (type == null ? found.remedy() : "let the class implement " + role.getName()));
        }
        return new InstanceFactory<>(type, role);
    }

    private Object decode(byte[] content) {
        try {
            return codec.decode(content);
        } catch (CodecException e) {
            throw new CacheException(e.getMessage(), e);
        }
    }

    private static <T> T cast(Object decoded, Class<T> type) {
        if (!type.isInstance(decoded)) {
            throw new CacheException(
                    "an instance of " + decoded.getClass().getName() + " (expected: a " + type.getName() + ")");
        }
        return type.cast(decoded);
    }

    /** A factory that nobody has checked. */
    private record CheckedFactory<T>(Factory<?> factory, Class<T> role) implements Factory<T> {
        @Override
        public T create() {
            Object made = factory.create();
            if (made == null) {
                throw new CacheException("null (expected: a " + role.getName() + ")");
            }
            return cast(made, role);
        }
    }
}
