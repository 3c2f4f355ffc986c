package io.fyercache.core.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.Serializable;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Keys as bytes: two are equal if and only if their bytes are, and a key of which that cannot be said is refused. */
class KeyEncodingTest {
    private static final CodecChain CHAIN =
            CodecChain.of(KeyEncodingTest.class.getClassLoader(), ClassFilter.standard(), List.of());

    private enum Region {
        NORTH,
        SOUTH {
            @Override
            public String toString() {
                return "the south";
            }
        }
    }

    private record Point(int x, int y) implements Serializable {}

    private record Route(Point from, Point to, @Nullable String name) implements Serializable {}

    private record Pair(@Nullable Object first, @Nullable Object second) implements Serializable {}

    /** As entity classes with several key columns have them. */
    private static final class OrderLine implements Serializable {
        private static final long serialVersionUID = 1L;
        private final long order;
        private final Integer line;

        OrderLine(long order, Integer line) {
            this.order = order;
            this.line = line;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof OrderLine that && order == that.order && line.equals(that.line);
        }

        @Override
        public int hashCode() {
            return Objects.hash(order, line);
        }
    }

    private static final class WithoutEquals implements Serializable {
        private static final long serialVersionUID = 1L;
    }

    private record IgnoringCase(String name) implements Serializable {
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof IgnoringCase that && name.equalsIgnoreCase(that.name);
        }

        @Override
        public int hashCode() {
            return name.length();
        }
    }

    /** Keys that differ from each other, each to be made more than once. */
    @SuppressWarnings("JavaUtilDate") // users have keys of it
    private static final List<Supplier<Object>> DIFFERENT = List.of(
            () -> new String("key"),
            () -> "kéy",
            () -> "",
            () -> true,
            () -> (byte) 7,
            () -> (short) 7,
            () -> 7,
            () -> Long.valueOf(7_000),
            () -> 7.0f,
            () -> 7.0,
            () -> 0.0,
            () -> -0.0,
            () -> Double.longBitsToDouble(0x7ff8_0000_0000_0001L), // one of many that are not a number
            () -> 'k',
            () -> new BigInteger("70000000000000000000"),
            () -> new BigDecimal("7.0"),
            () -> new BigDecimal("7.00"),
            () -> new UUID(7, 7),
            () -> Region.NORTH,
            () -> Region.SOUTH,
            () -> LocalDate.of(2026, 1, 7),
            () -> Instant.ofEpochMilli(7),
            () -> ZonedDateTime.of(2026, 1, 7, 0, 0, 0, 0, ZoneId.of("Europe/Paris")),
            () -> new Date(7),
            () -> Optional.of(new Point(7, 7)),
            () -> Optional.empty(),
            () -> new Point(7, 7),
            () -> new Point(7, 8),
            () -> new Route(new Point(1, 2), new Point(1, 2), "round"),
            () -> new Route(new Point(1, 2), new Point(1, 2), null),
            () -> new Pair(new Pair(1, "a"), new OrderLine(1, 1_000)),
            () -> new Pair(1, null),
            () -> new Pair(1L, null),
            () -> new Pair(null, 1L),
            () -> new OrderLine(1, 1_000),
            () -> new OrderLine(1, 1_001));

    @Test
    void keysAreEqual_exactlyWhenTheirBytesAre() {
        for (Supplier<Object> one : DIFFERENT) {
            for (Supplier<Object> other : DIFFERENT) {
                Object key = one.get();
                Object second = other.get();
                assertThat(Arrays.equals(CHAIN.encodeKey(key), CHAIN.encodeKey(second)))
                        .as("%s and %s", key, second)
                        .isEqualTo(key.equals(second));
            }
        }
    }

    @Test
    void key_comesBackFromItsBytes() {
        for (Supplier<Object> each : DIFFERENT) {
            assertThat(CHAIN.decode(CHAIN.encodeKey(each.get()))).isEqualTo(each.get());
        }
    }

    /** As a value, an object that occurs twice is written once; as a key, it must not matter that it is the same. */
    @Test
    void partsThatAreTheSameObject_makeNoDifference() {
        Point shared = new Point(1, 2);

        assertThat(CHAIN.encodeKey(new Route(shared, shared, "round")))
                .isEqualTo(CHAIN.encodeKey(new Route(new Point(1, 2), new Point(1, 2), "round")));
        assertThat(CHAIN.encode(new Route(shared, shared, "round")))
                .isNotEqualTo(CHAIN.encode(new Route(new Point(1, 2), new Point(1, 2), "round")));
    }

    @Test
    void everythingThatIsNotANumber_isTheSameKey() {
        assertThat(CHAIN.encodeKey(Double.longBitsToDouble(0x7ff8_0000_0000_0001L)))
                .isEqualTo(CHAIN.encodeKey(Double.NaN));
        assertThat(CHAIN.encodeKey(Float.intBitsToFloat(0x7fc0_0001))).isEqualTo(CHAIN.encodeKey(Float.NaN));
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                Arguments.of(new int[] {1}, "arrays are equal to themselves alone"),
                Arguments.of(new WithoutEquals(), "it has no equals"),
                Arguments.of(new IgnoringCase("a"), "an equals of its own"),
                Arguments.of(new ArrayList<>(List.of(1)), "collections"),
                Arguments.of(Set.of(1, 2), "collections"),
                Arguments.of(new HashMap<>(Map.of(1, 2)), "collections"),
                Arguments.of(URI.create("HTTP://a"), "upper and lower case"),
                Arguments.of(new Pair("a", new Pair(List.of(1), null)), "collections"),
                Arguments.of(new BitSet(), "(expected: a class with a compact form)"));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void keyOfWhichThatCannotBeSaid_isRefused(Object key, String why) {
        assertThatExceptionOfType(CodecException.class)
                .isThrownBy(() -> CHAIN.encodeKey(key))
                .withMessageContaining("(expected: ")
                .withMessageContaining(why)
                .withMessageContaining("use a String");
    }

    @Test
    void keyThatContainsItself_isRefused() {
        @Nullable Object[] holder = new @Nullable Object[1];
        Pair pair = new Pair(holder, null);
        holder[0] = pair;

        assertThatExceptionOfType(CodecException.class).isThrownBy(() -> CHAIN.encodeKey(pair));
    }

    @Test
    void codecOfTheUsers_mustSayThatItWritesEqualValuesAlike() {
        CodecChain silent = chain(false);
        CodecChain promising = chain(true);

        assertThatExceptionOfType(CodecException.class)
                .isThrownBy(() -> silent.encodeKey(new IgnoringCase("Ab")))
                .withMessageContaining("codec 'lower' encodes (expected: a codec that encodesEqualValuesAlike)");
        assertThat(promising.encodeKey(new IgnoringCase("Ab"))).isEqualTo(promising.encodeKey(new IgnoringCase("aB")));
    }

    private static CodecChain chain(boolean alike) {
        ValueCodec codec = new ValueCodec() {
            @Override
            public String name() {
                return "lower";
            }

            @Override
            public boolean supports(Class<?> type) {
                return type == IgnoringCase.class;
            }

            @Override
            public byte[] encode(Object value) {
                return ((IgnoringCase) value).name().toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8);
            }

            @Override
            public Object decode(ByteBuffer bytes, ClassLoader loader) {
                return new IgnoringCase(StandardCharsets.UTF_8.decode(bytes).toString());
            }

            @Override
            public boolean encodesEqualValuesAlike() {
                return alike;
            }
        };
        return CodecChain.of(KeyEncodingTest.class.getClassLoader(), ClassFilter.standard(), List.of(codec));
    }
}
