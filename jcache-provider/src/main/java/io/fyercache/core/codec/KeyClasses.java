package io.fyercache.core.codec;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Knows of which classes equal objects have equal bytes, so that a key can be compared by its bytes: where a key is in a cluster hangs on
 * them. Each class is judged by itself; what an object refers to is judged when it is written. Thread-safe.
 *
 * <p>Fit are single values of the JDK, enums, records that are equal when their components are, and other classes with an {@code equals} of
 * their own. Of the last it is taken on trust that objects are equal exactly when the fields are that Java serialization would write.
 */
final class KeyClasses {
    private static final Map<Class<?>, KnownForm<?>> SINGLE_VALUES = Stream.concat(
                    ScalarForms.ALL.stream(), TimeForms.ALL.stream())
            .collect(Collectors.toUnmodifiableMap(KnownForm::type, form -> form));

    /** The verdict on a class that is fit. */
    private static final String FIT = "";

    /** What is wrong with a class. */
    private final ClassValue<String> verdicts = new ClassValue<>() {
        @Override
        protected String computeValue(Class<?> type) {
            return judge(type);
        }
    };

    /**
     * Lets a class pass of which equal objects have equal bytes.
     *
     * @throws CodecException for any other class
     */
    void require(Class<?> type) {
        String verdict = verdicts.get(type);
        if (!verdict.equals(FIT)) {
            throw new CodecException("an object of class " + type.getName()
                    + " as a key, or in one (expected: a class of which equal objects have equal bytes): " + verdict
                    + "; use a String, a number, a UUID, an enum, a date or time, or a record of these");
        }
    }

    private static String judge(Class<?> type) {
        if (type == URI.class) {
            return "equal URIs may differ in upper and lower case";
        } else if (type == Optional.class || SINGLE_VALUES.containsKey(type) || isEnum(type)) {
            return FIT;
        } else if (type.isArray()) {
            return "arrays are equal to themselves alone";
        } else if (type.isRecord()) {
            // The compiler's own is final, what an author writes almost never.
            return Modifier.isFinal(equalsOf(type).getModifiers()) ? FIT : "this record has an equals of its own";
        } else if (Iterable.class.isAssignableFrom(type) || Map.class.isAssignableFrom(type)) {
            return "collections are equal to others of other classes, or in another order";
        }
        return equalsOf(type).getDeclaringClass() == Object.class
                ? "it has no equals, so each is equal to itself alone"
                : FIT;
    }

    private static boolean isEnum(Class<?> type) {
        return Enum.class.isAssignableFrom(type);
    }

    private static Method equalsOf(Class<?> type) {
        try {
            return type.getMethod("equals", Object.class);
        } catch (NoSuchMethodException e) {
            throw new AssertionError(e); // Object has it.
        }
    }
}
