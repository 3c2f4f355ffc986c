package io.fyercache.core.codec;

import static io.fyercache.core.codec.Samples.chain;
import static io.fyercache.core.codec.Samples.javaRoundTrip;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fyercache.core.codec.Samples.Base;
import io.fyercache.core.codec.Samples.Color;
import io.fyercache.core.codec.Samples.Labelled;
import io.fyercache.core.codec.Samples.Leaf;
import io.fyercache.core.codec.Samples.Node;
import io.fyercache.core.codec.Samples.Order;
import io.fyercache.core.codec.Samples.Point;
import java.io.Serializable;
import java.math.BigDecimal;
import java.math.BigInteger;
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
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Currency;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The built-in form against Java serialization, value by value. */
class BuiltInFormTest {
    private final CodecChain chain = chain();

    @SuppressWarnings({"JavaUtilDate", "JdkObsolete"}) // users have values of these
    static Stream<Object> samples() {
        Map<String, Object> nullable = new HashMap<>();
        nullable.put(null, "null key");
        nullable.put("null value", null);
        return Stream.of(
                true,
                (byte) -1,
                Short.MIN_VALUE,
                '\uD800',
                Integer.MIN_VALUE,
                Integer.MAX_VALUE,
                0,
                -1,
                300,
                Long.MIN_VALUE,
                Long.MAX_VALUE,
                Float.NaN,
                -0.0f,
                Double.MIN_VALUE,
                Double.NEGATIVE_INFINITY,
                "",
                "ascii",
                "Grüße",
                "日本語",
                "\uD83D\uDE00",
                "unpaired \uD800!",
                "\uDC00",
                "x".repeat(65),
                "ü".repeat(200),
                "日".repeat(200),
                "a".repeat(100) + "\uD800",
                "y".repeat(70_000),
                BigInteger.TEN.pow(50),
                BigInteger.ZERO,
                new BigDecimal("-0.00"),
                new BigDecimal(BigInteger.TEN.pow(40), -7),
                BigDecimal.valueOf(Long.MIN_VALUE, 3),
                UUID.randomUUID(),
                URI.create("https://a.example/b?c#d"),
                Currency.getInstance("EUR"),
                Locale.GERMANY,
                Locale.ROOT,
                Locale.forLanguageTag("zh-Hant-TW-u-ca-roc"),
                new Date(-5),
                LocalDate.MIN,
                LocalDate.MAX,
                LocalTime.MAX,
                LocalDateTime.MIN,
                Instant.MIN,
                Instant.MAX,
                Duration.ofSeconds(Long.MIN_VALUE),
                Duration.ofMillis(-1),
                Period.of(1, -2, 3),
                Year.of(-5),
                YearMonth.of(2026, 11),
                MonthDay.of(2, 29),
                ZoneOffset.ofHours(-3),
                ZoneId.of("Europe/Berlin"),
                OffsetDateTime.MAX,
                OffsetTime.MIN,
                ZonedDateTime.of(2026, 10, 25, 2, 30, 0, 1, ZoneId.of("Europe/Berlin")),
                ZonedDateTime.of(2026, 10, 25, 2, 30, 0, 1, ZoneId.of("Europe/Berlin"))
                        .withLaterOffsetAtOverlap(),
                ZonedDateTime.of(2026, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC),
                new byte[] {1, 2},
                new boolean[] {true, false},
                new char[] {'a', '\uFFFF'},
                new short[] {1, -1},
                new int[] {1, -1},
                new long[] {},
                new float[] {1, Float.NaN},
                new double[] {1, 2},
                new String[] {"a", null},
                new Object[] {1, "b"},
                new int[][] {{1}, {}, null},
                new Point[][] {{new Point(1, 2)}},
                new ArrayList<>(Arrays.asList(1, null, "c")),
                new LinkedList<>(List.of(1)),
                new HashSet<>(List.of(1, 2)),
                new LinkedHashSet<>(List.of(2, 1)),
                new TreeSet<>(List.of(3, 1)),
                nullable,
                new LinkedHashMap<>(nullable),
                new TreeMap<>(Map.of("b", 1, "a", 2)),
                List.of(),
                List.of(1),
                List.of(1, 2),
                List.of(1, 2, 3),
                Stream.of(1, null).toList(),
                Set.of(),
                Set.of(1),
                Set.of(1, 2, 3),
                Map.of(),
                Map.of(1, 2),
                Map.of(1, 2, 3, 4),
                List.copyOf(List.of(9)),
                Collections.emptyList(),
                Collections.emptySet(),
                Collections.emptyMap(),
                Collections.singletonList(null),
                Collections.singleton("s"),
                Collections.singletonMap("k", null),
                Color.RED,
                Color.GREEN,
                TimeUnit.DAYS,
                new Point(1, -2),
                new Labelled(null, new ArrayList<>(List.of(1))),
                new Order("o-1", "Ada"),
                List.of(new Point(1, 2), new Point(1, 2)));
    }

    /** The samples; an array that is one is not an array of arguments. */
    static Stream<Arguments> values() {
        return samples().map(sample -> Arguments.of(new Object[] {sample}));
    }

    @ParameterizedTest
    @MethodSource("values")
    void roundTrip_equalsJavaSerialization(Object value) {
        byte[] bytes = chain.encode(value);
        Object decoded = chain.decode(bytes);

        assertThat((int) bytes[0]).isNotEqualTo(Tag.JAVA_SERIALIZATION);
        assertThat(decoded).hasSameClassAs(value);
        if (value.getClass().isArray()) {
            assertThat(Arrays.deepEquals(new Object[] {decoded}, new Object[] {javaRoundTrip(value)}))
                    .isTrue();
        } else {
            assertThat(decoded).isEqualTo(value).isEqualTo(javaRoundTrip(value));
        }
        assertThat(chain.encode(decoded)).hasSameSizeAs(bytes);
    }

    @Test
    void roundTrip_deque_keepsOrder() {
        ArrayDeque<?> decoded = (ArrayDeque<?>) chain.decode(chain.encode(new ArrayDeque<>(List.of(3, 1, 2))));

        assertThat(decoded.stream().map(Object::toString)).containsExactly("3", "1", "2");
    }

    @Test
    void roundTrip_mapInOrderOfAccess_keepsItsOrderButNotTheMode() {
        LinkedHashMap<String, Integer> map = new LinkedHashMap<>(16, 0.75f, true);
        map.put("a", 1);
        map.put("b", 2);
        map.get("a");

        @SuppressWarnings("unchecked") // it is what was encoded
        Map<String, Integer> decoded = (Map<String, Integer>) chain.decode(chain.encode(map));
        decoded.get("b");

        assertThat(decoded.keySet()).containsExactly("b", "a");
    }

    @Test
    void roundTrip_optional_worksAlthoughNotSerializable() {
        assertThat(chain.decode(chain.encode(Optional.of(new ArrayList<>(List.of(1))))))
                .isEqualTo(Optional.of(List.of(1)));
        assertThat(chain.decode(chain.encode(Optional.empty()))).isEqualTo(Optional.empty());
    }

    @Test
    void roundTrip_transientField_hasDefault() {
        Order order = new Order("o-1", "Ada");

        assertThat(((Order) chain.decode(chain.encode(order))).cached).isZero();
    }

    @Test
    void roundTrip_hierarchy_keepsEachClassesFieldsAndRunsOnlyTheFirstUnserializableConstructor() {
        Leaf leaf = new Leaf("leaf");
        leaf.setLeafValue(20);
        leaf.setMiddleValue(10);
        leaf.base = 99;
        int constructedBefore = Base.constructed;

        Leaf decoded = (Leaf) chain.decode(chain.encode(leaf));

        assertThat(Base.constructed).isEqualTo(constructedBefore + 1);
        assertThat(decoded.base).isEqualTo(7).isEqualTo(((Leaf) javaRoundTrip(leaf)).base);
        assertThat(decoded.middleValue()).isEqualTo(10);
        assertThat(decoded.leafValue()).isEqualTo(20);
        assertThat(decoded.middleShadowed()).isEqualTo("middle");
        assertThat(decoded.leafShadowed()).isEqualTo("leaf");
        assertThat(decoded).usingRecursiveComparison().isEqualTo(javaRoundTrip(leaf));
    }

    @Test
    void roundTrip_sharedObjectAndCycle_keepIdentity() {
        Node a = new Node("a");
        Node b = new Node("b");
        a.next = b;
        b.next = a;
        a.payload = a.children;
        List<Object> shared = new ArrayList<>(List.of("shared"));
        a.children.add(shared);
        b.children.add(shared);

        Node decoded = (Node) chain.decode(chain.encode(a));

        assertThat(decoded.next.next).isSameAs(decoded);
        assertThat(decoded.payload).isSameAs(decoded.children);
        assertThat(decoded.children.get(0))
                .isSameAs(decoded.next.children.get(0))
                .isEqualTo(shared);
    }

    @Test
    void roundTrip_sharedRecordsAndImmutableLists_keepIdentity() {
        Labelled record = new Labelled("r", new ArrayList<>());
        List<Object> list = List.of(record, record);
        Object[] decoded = (Object[]) chain.decode(chain.encode(new Object[] {list, record, list}));

        assertThat(decoded[0]).isSameAs(decoded[2]);
        assertThat(((List<?>) decoded[0]).get(0)).isSameAs(decoded[1]);
    }

    @Test
    void roundTrip_manySharedObjects_keepIdentity() {
        List<Object> nodes = new ArrayList<>();
        IntStream.range(0, 500).forEach(i -> nodes.add(new Node("n" + i)));
        List<Object> twice = new ArrayList<>(nodes);
        twice.addAll(nodes);

        List<?> decoded = (List<?>) chain.decode(chain.encode(twice));

        assertThat(decoded).hasSize(1000);
        for (int i = 0; i < 500; i++) {
            assertThat(decoded.get(i)).isSameAs(decoded.get(i + 500));
            assertThat(((Node) decoded.get(i)).name).isEqualTo("n" + i);
        }
    }

    @Test
    void roundTrip_recordThatContainsItself_isAsInJavaSerialization() {
        Labelled record = new Labelled("self", new ArrayList<>());
        record.content().add(record);

        byte[] bytes = chain.encode(record);
        Labelled decoded = (Labelled) chain.decode(bytes);

        assertThat((int) bytes[0]).isEqualTo(Tag.JAVA_SERIALIZATION);
        assertThat(decoded.content()).containsExactlyElementsOf(((Labelled) javaRoundTrip(record)).content());
    }

    @Test
    void roundTrip_anonymousAndInnerClasses_keepTheirOuterObject() {
        class Local implements Serializable {
            Object outer() {
                return BuiltInFormTest.this;
            }
        }
        Local local = new Local();
        assertThat(local.outer()).isSameAs(this);

        // The test class, which the local class refers to, is not serializable.
        assertThatThrownBy(() -> chain.encode(local))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining(BuiltInFormTest.class.getName());

        Outer outer = new Outer();
        Outer.Inner inner = (Outer.Inner) chain.decode(chain.encode(outer.newInner()));
        assertThat(inner.outerName()).isEqualTo("outer");
    }

    static final class Outer implements Serializable {
        private final StringBuilder unused = null;
        private String name = "outer";

        Inner newInner() {
            return new Inner();
        }

        final class Inner implements Serializable {
            String outerName() {
                return name + (unused == null ? "" : unused);
            }
        }
    }

    @Test
    void encode_smallValues_takeFewBytes() {
        assertThat(chain.encode(1L)).hasSize(2);
        assertThat(chain.encode("abc")).hasSize(5);
        assertThat(chain.encode(new byte[100])).hasSize(102);
    }

    @Test
    void encode_sameClassTwice_describesItOnce() {
        int one = chain.encode(new ArrayList<>(List.of(new Point(1, 1)))).length;
        int two = chain.encode(new ArrayList<>(List.of(new Point(1, 1), new Point(2, 2)))).length;

        assertThat(two - one).isEqualTo(4);
    }
}
