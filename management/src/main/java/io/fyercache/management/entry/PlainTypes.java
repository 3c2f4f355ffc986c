package io.fyercache.management.entry;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The types whose values have one text each, from which the value can be read again. */
final class PlainTypes {
    private static final Map<Class<?>, Function<String, Object>> READERS = readers();

    private PlainTypes() {}

    private static Map<Class<?>, Function<String, Object>> readers() {
        Map<Class<?>, Function<String, Object>> readers = new LinkedHashMap<>();
        readers.put(String.class, text -> text);
        readers.put(Long.class, Long::valueOf);
        readers.put(Integer.class, Integer::valueOf);
        readers.put(Short.class, Short::valueOf);
        readers.put(Byte.class, Byte::valueOf);
        readers.put(Double.class, Double::valueOf);
        readers.put(Float.class, Float::valueOf);
        readers.put(BigInteger.class, BigInteger::new);
        readers.put(BigDecimal.class, BigDecimal::new);
        readers.put(Boolean.class, PlainTypes::truth);
        readers.put(UUID.class, UUID::fromString);
        readers.put(Instant.class, Instant::parse);
        readers.put(LocalDate.class, LocalDate::parse);
        return readers;
    }

    private static Object truth(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException(text);
        };
    }

    /** Returns what reads values of a class from their text; null if it is none of these. It throws some {@link RuntimeException} for other text. */
    static @Nullable Function<String, Object> reader(Class<?> type) {
        return READERS.get(type);
    }

    /** Tells whether a value has a text. */
    static boolean isPlain(Object value) {
        return READERS.containsKey(value.getClass());
    }

    /** Returns what these are, for people. */
    static String names() {
        return READERS.keySet().stream().map(Class::getSimpleName).collect(Collectors.joining(", "));
    }
}
