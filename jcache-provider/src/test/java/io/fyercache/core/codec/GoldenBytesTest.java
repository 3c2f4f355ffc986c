package io.fyercache.core.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.fyercache.core.bytes.ByteSource;
import io.fyercache.core.codec.Samples.Color;
import io.fyercache.core.codec.Samples.Point;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Field;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.Currency;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the format still: bytes written by a released version must be read by every later one. */
class GoldenBytesTest {
    private static final CodecChain CHAIN = CodecChain.of(
            Samples.class.getClassLoader(), ClassFilter.standard(), List.of(new NamedCodecTest.TemperatureCodec()));

    /** A plain serializable class whose shape must not change: its golden bytes hold the fingerprint. */
    static final class Plain implements java.io.Serializable {
        final boolean flag = true;
        byte b = 1;
        char c = 'c';
        short s = 2;
        int i = 3;
        long l = 4;
        float f = 5;
        double d = 6;
        String text = "seven";
        transient int skipped = 8;

        private String state() {
            return flag + " " + b + c + s + i + l + f + d + text + skipped;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Plain that
                    && that.state()
                            .substring(0, that.state().length() - 1)
                            .equals(state().substring(0, state().length() - 1));
        }

        @Override
        public int hashCode() {
            return i;
        }
    }

    /** One value for each tag, named like its constant; it begins with the tag or contains it. */
    @SuppressWarnings({"JavaUtilDate", "JdkObsolete"}) // users have values of these
    private static Map<String, Object> samples() {
        List<Object> shared = new ArrayList<>();
        OffsetDateTime time = OffsetDateTime.of(2026, 11, 22, 13, 14, 15, 16, ZoneOffset.ofHours(2));
        Map<String, Object> samples = new LinkedHashMap<>();
        samples.put("NULL", new ArrayList<>(Collections.singletonList(null)));
        samples.put("REFERENCE", new ArrayList<>(List.of(shared, shared)));
        samples.put("FALSE", false);
        samples.put("TRUE", true);
        samples.put("BYTE", (byte) -1);
        samples.put("SHORT", (short) -300);
        samples.put("CHARACTER", 'x');
        samples.put("INTEGER", 123_456);
        samples.put("LONG", -1L);
        samples.put("FLOAT", 1.5f);
        samples.put("DOUBLE", -2.5);
        samples.put("STRING_LATIN1", "Grüße");
        samples.put("STRING_UTF8", "日本");
        samples.put("STRING_UTF16", "\uD800");
        samples.put("BIG_INTEGER", BigInteger.TEN.pow(20));
        samples.put("BIG_DECIMAL_SMALL", new BigDecimal("-12.50"));
        samples.put("BIG_DECIMAL", new BigDecimal(BigInteger.TEN.pow(20), 3));
        samples.put("UUID", new UUID(1, 2));
        samples.put("URI", URI.create("https://a.example/"));
        samples.put("CURRENCY", Currency.getInstance("EUR"));
        samples.put("LOCALE", Locale.GERMANY);
        samples.put("DATE", new Date(1_000));
        samples.put("LOCAL_DATE", time.toLocalDate());
        samples.put("LOCAL_TIME", time.toLocalTime());
        samples.put("LOCAL_DATE_TIME", time.toLocalDateTime());
        samples.put("INSTANT", time.toInstant());
        samples.put("DURATION", Duration.ofMillis(-1));
        samples.put("PERIOD", Period.of(1, 2, -3));
        samples.put("YEAR", Year.of(2026));
        samples.put("YEAR_MONTH", YearMonth.of(2026, 11));
        samples.put("MONTH_DAY", MonthDay.of(2, 29));
        samples.put("ZONE_OFFSET", time.getOffset());
        samples.put("ZONE_REGION", ZoneId.of("Europe/Berlin"));
        samples.put("OFFSET_DATE_TIME", time);
        samples.put("OFFSET_TIME", time.toOffsetTime());
        samples.put("ZONED_DATE_TIME", time.atZoneSameInstant(ZoneId.of("Europe/Berlin")));
        samples.put("BYTE_ARRAY", new byte[] {1, -1});
        samples.put("BOOLEAN_ARRAY", new boolean[] {true, false});
        samples.put("CHAR_ARRAY", new char[] {'a'});
        samples.put("SHORT_ARRAY", new short[] {1});
        samples.put("INT_ARRAY", new int[] {1, -1});
        samples.put("LONG_ARRAY", new long[] {1});
        samples.put("FLOAT_ARRAY", new float[] {1});
        samples.put("DOUBLE_ARRAY", new double[] {1});
        samples.put("OBJECT_ARRAY", new String[] {"a"});
        samples.put("ARRAY_LIST", new ArrayList<>(List.of(1)));
        samples.put("LINKED_LIST", new LinkedList<>(List.of(1)));
        samples.put("ARRAY_DEQUE", new ArrayDeque<>(List.of(1)));
        samples.put("HASH_SET", new HashSet<>(List.of(1)));
        samples.put("LINKED_HASH_SET", new LinkedHashSet<>(List.of(2, 1)));
        samples.put("TREE_SET", new TreeSet<>(List.of(2, 1)));
        samples.put("HASH_MAP", new HashMap<>(Map.of("k", 1)));
        samples.put("LINKED_HASH_MAP", new LinkedHashMap<>(Map.of("k", 1)));
        samples.put("TREE_MAP", new TreeMap<>(Map.of("b", 1, "a", 2)));
        samples.put("IMMUTABLE_LIST_SMALL", List.of(1, 2));
        samples.put("IMMUTABLE_LIST", Stream.of(1, null, 3).toList());
        samples.put("IMMUTABLE_SET", Set.of(1));
        samples.put("IMMUTABLE_MAP", Map.of(1, 2));
        samples.put("EMPTY_LIST", Collections.emptyList());
        samples.put("EMPTY_SET", Collections.emptySet());
        samples.put("EMPTY_MAP", Collections.emptyMap());
        samples.put("SINGLETON_LIST", Collections.singletonList(1));
        samples.put("SINGLETON_SET", Collections.singleton(1));
        samples.put("SINGLETON_MAP", Collections.singletonMap(1, 2));
        samples.put("OPTIONAL", Optional.of(1));
        samples.put("ENUM", Color.GREEN);
        samples.put("RECORD", new Point(1, -1));
        samples.put("OBJECT", new Plain());
        samples.put("JAVA_SERIALIZATION", BitSet.valueOf(new long[] {5}));
        samples.put("NAMED_CODEC", new NamedCodecTest.Temperature(1.5));
        return samples;
    }

    static Stream<String> names() {
        return samples().keySet().stream();
    }

    static byte[] golden(String name) throws IOException {
        Properties golden = new Properties();
        try (InputStream in = GoldenBytesTest.class.getResourceAsStream("golden-bytes.properties")) {
            golden.load(in);
        }
        return HexFormat.of().parseHex(golden.getProperty(name));
    }

    @ParameterizedTest
    @MethodSource("names")
    void encode_yieldsTheGoldenBytes(String name) throws Exception {
        assertThat(HexFormat.of().formatHex(CHAIN.encode(samples().get(name))))
                .isEqualTo(HexFormat.of().formatHex(golden(name)));
    }

    @ParameterizedTest
    @MethodSource("names")
    void decode_readsTheGoldenBytes(String name) throws Exception {
        Object value = samples().get(name);
        Object decoded = CHAIN.decode(golden(name));

        assertThat(decoded).hasSameClassAs(value);
        if (value instanceof ArrayDeque<?> deque) {
            assertThat(((ArrayDeque<?>) decoded).toArray()).isEqualTo(deque.toArray());
        } else {
            assertThat(Arrays.deepEquals(new Object[] {decoded}, new Object[] {value}))
                    .isTrue();
        }
    }

    @Test
    void everyTag_hasGoldenBytes() throws Exception {
        for (Field field : Tag.class.getDeclaredFields()) {
            if (!field.isSynthetic() && !field.getName().equals("COUNT")) {
                assertThat(samples()).containsKey(field.getName());
                assertThat(golden(field.getName())).as(field.getName()).contains((byte) field.getInt(null));
            }
        }
    }

    @Test
    void everyTagWithAReader_isAConstant() throws Exception {
        List<Integer> constants = new ArrayList<>();
        for (Field field : Tag.class.getDeclaredFields()) {
            if (!field.isSynthetic()) {
                constants.add(field.getInt(null));
            }
        }
        FormTable forms = new FormTable(new ClassResolver(getClass().getClassLoader(), ClassFilter.standard()));
        for (int tag = 0; tag < Tag.COUNT; tag++) {
            if (!constants.contains(tag)) {
                ByteSource source = new ByteSource(new byte[] {(byte) tag}, CodecException::damagedValue);
                org.assertj.core.api.Assertions.assertThatThrownBy(() -> forms.reader(source))
                        .hasMessageContaining("unknown tag");
            }
        }
    }

    /** Prints the lines of {@code golden-bytes.properties}, of which that of a new tag is to be added there. */
    public static void main(String[] args) {
        samples()
                .forEach((name, value) ->
                        System.out.println(name + "=" + HexFormat.of().formatHex(CHAIN.encode(value))));
    }
}
