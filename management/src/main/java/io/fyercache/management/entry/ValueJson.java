package io.fyercache.management.entry;

import io.fyercache.management.problem.ProblemException;
import io.fyercache.management.problem.ProblemKind;
import java.lang.reflect.Array;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Values as JSON. What has one plain meaning can be written and read; records, collections and arrays can be shown besides. Nothing is made of a
 * class that is named by who sends it, and {@code toString} of users' classes is not called.
 */
public final class ValueJson {
    /** Collections, maps and records within each other. */
    private static final int MAX_DEPTH = 10;

    /** Elements of one value that are shown, 10,000: a megabyte of text. */
    private static final int MAX_ELEMENTS = 10_000;

    private ValueJson() {}

    // ---- to a cache

    /**
     * Returns the value that JSON means in a cache whose values are of a type. Where that is {@link Object}, strings, numbers and truth values are
     * what they are.
     *
     * @param json as {@link io.fyercache.management.json.Json#read} returns it
     * @throws ProblemException if values of that type cannot be written as JSON, or this is none
     */
    public static Object read(Class<?> valueType, @Nullable Object json) {
        if (json == null) {
            throw new ProblemException(
                    ProblemKind.UNUSABLE,
                    "value",
                    "null",
                    "a value, as caches keep no null",
                    "remove the entry instead");
        } else if (valueType == Object.class && !(json instanceof Collection) && !(json instanceof Map)) {
            return json;
        } else if (valueType == byte[].class && json instanceof String text) {
            return bytes(text);
        }
        Function<String, Object> reader = PlainTypes.reader(valueType);
        if (reader == null) {
            throw new ProblemException(
                    ProblemKind.UNUSABLE,
                    "value of type",
                    valueType.getName(),
                    "one of " + PlainTypes.names() + ", byte[]",
                    "change the entry by the cache's own application");
        }
        // A text is not quietly made a number, nor a number a text.
        boolean asText =
                valueType == String.class || !(Number.class.isAssignableFrom(valueType) || valueType == Boolean.class);
        if (asText != json instanceof String) {
            throw wrong(valueType, json);
        }
        try {
            return reader.apply(json.toString());
        } catch (RuntimeException e) {
            throw wrong(valueType, json);
        }
    }

    private static byte[] bytes(String text) {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw new ProblemException(ProblemKind.UNUSABLE, "value", text, "bytes in Base64", null);
        }
    }

    private static ProblemException wrong(Class<?> valueType, Object json) {
        return new ProblemException(
                ProblemKind.UNUSABLE, "value", json.toString(), "a " + valueType.getSimpleName(), null);
    }

    // ---- from a cache

    /**
     * Returns a value as JSON can show it.
     *
     * @throws NotShownException if it, or something in it, is of a class that is not shown, or it is too large; says which
     */
    public static Object write(Object value) throws NotShownException {
        return new Showing().show(value, 0);
    }

    /** A value is not shown. */
    public static final class NotShownException extends Exception {
        private static final long serialVersionUID = 1L;

        NotShownException(String why) {
            super(why);
        }

        /** Returns why. */
        public String why() {
            return String.valueOf(getMessage());
        }
    }

    /** Shows one value. */
    private static final class Showing {
        private int elements;

        Object show(Object value, int depth) throws NotShownException {
            elements++;
            if (depth > MAX_DEPTH || elements > MAX_ELEMENTS) {
                throw new NotShownException("it is too large (expected: " + MAX_ELEMENTS + " elements and " + MAX_DEPTH
                        + " levels at most)");
            } else if (value instanceof Number || value instanceof String || value instanceof Boolean) {
                return number(value);
            } else if (PlainTypes.isPlain(value)) {
                return value.toString();
            } else if (value instanceof Character || value instanceof Enum<?>) {
                return value instanceof Enum<?> constant ? constant.name() : value.toString();
            } else if (value instanceof byte[] bytes) {
                return Base64.getEncoder().encodeToString(bytes);
            } else if (value.getClass().isArray()) {
                return array(value, depth);
            } else if (value instanceof Collection<?> collection && isOfPlatform(value)) {
                return list(collection, depth);
            } else if (value instanceof Map<?, ?> map && isOfPlatform(value)) {
                return map(map, depth);
            } else if (value.getClass().isRecord()) {
                return components(value, depth);
            }
            throw new NotShownException("values of class " + value.getClass().getName() + " are not shown");
        }

        /** Numbers of users' own classes could be anything, and JSON has none that are not finite. */
        private static Object number(Object value) throws NotShownException {
            if ((value instanceof Double number && !Double.isFinite(number))
                    || (value instanceof Float single && !Float.isFinite(single))) {
                return value.toString();
            } else if (!isOfPlatform(value)) {
                throw new NotShownException(
                        "values of class " + value.getClass().getName() + " are not shown");
            }
            return value;
        }

        private static boolean isOfPlatform(Object value) {
            return value.getClass().getName().startsWith("java.");
        }

        private @Nullable Object showOrNull(@Nullable Object value, int depth) throws NotShownException {
            return value == null ? null : show(value, depth);
        }

        private List<@Nullable Object> array(Object array, int depth) throws NotShownException {
            List<@Nullable Object> shown = new ArrayList<>();
            for (int i = 0; i < Array.getLength(array); i++) {
                shown.add(showOrNull(Array.get(array, i), depth + 1));
            }
            return shown;
        }

        private List<@Nullable Object> list(Collection<?> collection, int depth) throws NotShownException {
            List<@Nullable Object> shown = new ArrayList<>();
            for (Object each : collection) {
                shown.add(showOrNull(each, depth + 1));
            }
            return shown;
        }

        private Map<String, @Nullable Object> map(Map<?, ?> map, int depth) throws NotShownException {
            Map<String, @Nullable Object> shown = new LinkedHashMap<>();
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                Object key = showOrNull(entry.getKey(), depth + 1);
                shown.put(String.valueOf(key), showOrNull(entry.getValue(), depth + 1));
            }
            return shown;
        }

        private Map<String, @Nullable Object> components(Object value, int depth) throws NotShownException {
            Map<String, @Nullable Object> shown = new LinkedHashMap<>();
            for (RecordComponent component : value.getClass().getRecordComponents()) {
                try {
                    component.getAccessor().setAccessible(true);
                    shown.put(
                            component.getName(),
                            showOrNull(component.getAccessor().invoke(value), depth + 1));
                } catch (ReflectiveOperationException | RuntimeException e) {
                    throw new NotShownException(
                            "values of class " + value.getClass().getName() + " are not shown, as "
                                    + component.getName() + " cannot be read");
                }
            }
            return shown;
        }
    }
}
