package io.fyercache.core.codec;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.chrono.HijrahDate;
import java.time.chrono.JapaneseDate;
import java.time.chrono.MinguoDate;
import java.time.chrono.ThaiBuddhistDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Currency;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Knows the values that nobody can change, which a store by value may hand out as they are. Thread-safe.
 *
 * <p>Immutable are the classes of {@link #CLASSES}, enums, and records whose components are of immutable types: of final
 * classes from that list, of enums, or of such records. Three types of component leave it to the instance:
 * {@link BigInteger} and {@link BigDecimal}, which can be subclassed, and {@link Optional}, which is what it holds.
 * Anything else counts as mutable.
 */
final class Immutability {
    private static final Set<Class<?>> CLASSES = Set.of(
            Boolean.class,
            Byte.class,
            Short.class,
            Character.class,
            Integer.class,
            Long.class,
            Float.class,
            Double.class,
            String.class,
            Class.class,
            BigInteger.class,
            BigDecimal.class,
            MathContext.class,
            UUID.class,
            URI.class,
            Locale.class,
            Currency.class,
            Pattern.class,
            OptionalInt.class,
            OptionalLong.class,
            OptionalDouble.class,
            Duration.class,
            Instant.class,
            LocalDate.class,
            LocalTime.class,
            LocalDateTime.class,
            MonthDay.class,
            OffsetDateTime.class,
            OffsetTime.class,
            Period.class,
            Year.class,
            YearMonth.class,
            ZoneOffset.class,
            ZonedDateTime.class,
            HijrahDate.class,
            JapaneseDate.class,
            MinguoDate.class,
            ThaiBuddhistDate.class,
            ZoneId.of("Europe/Paris").getClass(),
            Collections.emptyList().getClass(),
            Collections.emptySet().getClass(),
            Collections.emptyMap().getClass());

    private static final Set<Class<?>> DECIDED_BY_INSTANCE = Set.of(BigInteger.class, BigDecimal.class, Optional.class);

    /** What the class of a value says of its instances. */
    @FunctionalInterface
    private interface Verdict {
        boolean immutable(Object value);
    }

    private static final Verdict ALL = value -> true;
    private static final Verdict NONE = value -> false;

    private final ClassValue<Verdict> verdicts = new ClassValue<>() {
        @Override
        protected Verdict computeValue(Class<?> type) {
            return judge(type);
        }
    };

    /** Tells whether every value that a variable of the type can have is immutable, so that none need be asked. */
    static boolean holdsForAll(Class<?> type) {
        return isAlwaysImmutable(type, new HashSet<>());
    }

    boolean holdsFor(Object value) {
        return verdicts.get(value.getClass()).immutable(value);
    }

    private Verdict judge(Class<?> type) {
        if (CLASSES.contains(type) || Enum.class.isAssignableFrom(type)) {
            return ALL;
        }
        if (type == Optional.class) {
            return value -> isOptionalImmutable((Optional<?>) value);
        }
        return type.isRecord() ? judgeRecord(type) : NONE;
    }

    private boolean isOptionalImmutable(Optional<?> value) {
        return value.isEmpty() || holdsFor(value.get());
    }

    private Verdict judgeRecord(Class<?> type) {
        List<MethodHandle> decidedByInstance = new ArrayList<>();
        for (RecordComponent component : type.getRecordComponents()) {
            Class<?> componentType = component.getType();
            if (needsInstance(componentType, new HashSet<>(Set.of(type)))) {
                Method accessor = component.getAccessor();
                if (!accessor.trySetAccessible()) {
                    return NONE;
                }
                try {
                    decidedByInstance.add(MethodHandles.lookup()
                            .unreflect(accessor)
                            .asType(MethodType.methodType(Object.class, Object.class)));
                } catch (IllegalAccessException e) {
                    return NONE;
                }
            } else if (!isAlwaysImmutable(componentType, new HashSet<>(Set.of(type)))) {
                return NONE;
            }
        }
        if (decidedByInstance.isEmpty()) {
            return ALL;
        }
        MethodHandle[] accessors = decidedByInstance.toArray(MethodHandle[]::new);
        return value -> areComponentsImmutable(accessors, value);
    }

    private boolean areComponentsImmutable(MethodHandle[] accessors, Object value) {
        try {
            for (MethodHandle accessor : accessors) {
                Object component = (Object) accessor.invokeExact(value);
                if (component != null && !holdsFor(component)) {
                    return false;
                }
            }
            return true;
        } catch (Throwable e) {
            throw FieldAccess.rethrow(e);
        }
    }

    /** Whether a component may hold mutable values, but which of them are can be told at once. */
    private static boolean needsInstance(Class<?> type, Set<Class<?>> enclosing) {
        if (DECIDED_BY_INSTANCE.contains(type)) {
            return true;
        }
        if (!type.isRecord() || !enclosing.add(type)) {
            return false;
        }
        boolean some = false;
        for (RecordComponent component : type.getRecordComponents()) {
            boolean needsInstance = needsInstance(component.getType(), enclosing);
            if (!needsInstance && !isAlwaysImmutable(component.getType(), new HashSet<>(enclosing))) {
                return false;
            }
            some |= needsInstance;
        }
        return some;
    }

    /** Whether every value that a component of the type can hold is immutable. A record may contain itself. */
    private static boolean isAlwaysImmutable(Class<?> type, Set<Class<?>> enclosing) {
        if (type.isPrimitive() || type == ZoneId.class || type.isEnum()) {
            return true;
        }
        if (DECIDED_BY_INSTANCE.contains(type)) {
            return false;
        }
        if (CLASSES.contains(type)) {
            return true;
        }
        if (!type.isRecord()) {
            return false;
        }
        if (!enclosing.add(type)) {
            return true;
        }
        for (RecordComponent component : type.getRecordComponents()) {
            if (!isAlwaysImmutable(component.getType(), enclosing)) {
                return false;
            }
        }
        return true;
    }
}
