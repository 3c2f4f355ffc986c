package io.fyercache.core.codec;

import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides which classes may become bytes or be created from bytes, and within which {@link CodecLimits}.
 *
 * <p>Three lists make up a decision. The <em>platform list</em> holds the JDK's plain value classes (collections, numbers,
 * time and the like); any other class of the JDK is refused, save for enums. The <em>refused list</em> holds library classes that are known
 * to be of use to an attacker. The <em>allow-list</em> is the user's. A class on the allow-list by its exact name is always
 * permitted; a wildcard permits anything but the refused list.
 *
 * <p>What happens to the classes on none of the lists is the {@link Mode}. The default, {@link Mode#APPLICATION_CLASSES},
 * is what plain JSR-107 programs, Spring's {@code NullValue} and Hibernate's cache items need; a list of refused classes can
 * never be complete, so whoever takes bytes from a network should choose {@link Mode#LISTED_ONLY}.
 *
 * <p>Immutable and thread-safe. A name is judged before its class is loaded, the class before it is initialized.
 */
public final class ClassFilter {
    /** What happens to a class that no list names. */
    public enum Mode {
        /** Permitted, if the class loader of the cache manager finds it and it is not a class of the JDK. */
        APPLICATION_CLASSES,
        /** Refused. */
        LISTED_ONLY
    }

    private static final ClassFilter STANDARD = of(Mode.APPLICATION_CLASSES, List.of(), CodecLimits.DEFAULT);

    private final Mode mode;
    private final ClassPatterns allowed;
    private final CodecLimits limits;

    private ClassFilter(Mode mode, ClassPatterns allowed, CodecLimits limits) {
        this.mode = mode;
        this.allowed = allowed;
        this.limits = limits;
    }

    /** The filter that applies when nothing is configured: application classes, {@link CodecLimits#DEFAULT}. */
    public static ClassFilter standard() {
        return STANDARD;
    }

    /**
     * Creates a filter.
     *
     * @param allowed the allow-list: {@code com.acme.Order}, {@code com.acme.*} (one package) or {@code com.acme.**} (with
     *     the packages below)
     * @throws IllegalArgumentException if a pattern has another form
     */
    public static ClassFilter of(Mode mode, Collection<String> allowed, CodecLimits limits) {
        return new ClassFilter(mode, ClassPatterns.of(allowed), limits);
    }

    /** The limits that go with this filter. */
    public CodecLimits limits() {
        return limits;
    }

    /** Whether instances of the class may be encoded and decoded; of an array, whether those of its elements may. */
    public boolean permits(Class<?> type) {
        return objection(type) == null;
    }

    /** Why a class of this name is refused whatever it turns out to be, or null. Needs no class, so loads none. */
    @Nullable
    String objectionToName(String className) {
        String element = elementName(className);
        if (element.isEmpty() || allowed.namesExactly(element)) {
            return null;
        }
        if (RefusedClasses.LIST.matches(element)) {
            return "class " + element + " is known to be dangerous to deserialize"
                    + " (expected: a class of the application); allow it by its full name if you must";
        }
        if (mode == Mode.LISTED_ONLY && !PlatformClasses.LIST.matches(element) && !allowed.matches(element)) {
            return "class " + element + " is not on the allow-list (expected: a listed class); add it or its package";
        }
        return null;
    }

    /** Why the class is refused, or null if it is permitted. */
    @Nullable
    String objection(Class<?> type) {
        Class<?> element = type;
        while (element.isArray()) {
            element = element.getComponentType();
        }
        if (element.isPrimitive()) {
            return null;
        }
        String name = element.getName();
        String objection = objectionToName(name);
        if (objection == null
                && PlatformClasses.isPlatform(element)
                && !element.isEnum()
                && !PlatformClasses.LIST.matches(name)
                && !allowed.matches(name)) {
            return "class " + name + " belongs to the JDK and is not one of its plain value classes"
                    + " (expected: a value class); add it to the allow-list if your values need it";
        }
        return objection;
    }

    /** The name of an array's innermost component, empty for a primitive one; other names as they are. */
    private static String elementName(String className) {
        int dimensions = 0;
        while (dimensions < className.length() && className.charAt(dimensions) == '[') {
            dimensions++;
        }
        if (dimensions == 0) {
            return className;
        }
        boolean ofObjects = className.startsWith("L", dimensions) && className.endsWith(";");
        return ofObjects ? className.substring(dimensions + 1, className.length() - 1) : "";
    }
}
