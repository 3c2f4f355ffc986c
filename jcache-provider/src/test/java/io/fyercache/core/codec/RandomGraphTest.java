package io.fyercache.core.codec;

import static io.fyercache.core.codec.Samples.chain;
import static io.fyercache.core.codec.Samples.javaRoundTrip;
import static org.assertj.core.api.Assertions.assertThat;

import io.fyercache.core.codec.Samples.Color;
import io.fyercache.core.codec.Samples.Labelled;
import io.fyercache.core.codec.Samples.Node;
import io.fyercache.core.codec.Samples.Point;
import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Random object graphs, with sharing and cycles, come out as Java serialization brings them out. A failure names its seed. */
class RandomGraphTest {
    private static final int MAX_DEPTH = 5;
    private static final int SEEDS = 4_000;
    private static final int MAX_LENGTH = 150;

    private final CodecChain chain = chain();

    @Test
    void roundTrip_ofAnyGraph_hasTheShapeOfJavaSerialization() {
        for (int seed = 0; seed < SEEDS; seed++) {
            Object graph = new Graphs(new Random(seed)).container(0);

            Object decoded = chain.decode(chain.encode(graph));

            assertThat(new Shape().of(decoded))
                    .as("seed %d", seed)
                    .isEqualTo(new Shape().of(graph))
                    .isEqualTo(new Shape().of(javaRoundTrip(graph)));
        }
    }

    @Test
    void roundTrip_ofAnyString_isEqual() {
        for (int seed = 0; seed < SEEDS; seed++) {
            String value = string(new Random(seed));

            assertThat(chain.decode(chain.encode(value))).as("seed %d", seed).isEqualTo(value);
        }
    }

    /** Characters of one, two or three bytes in UTF-8, or any: surrogates that have lost their partner among them. */
    private static String string(Random random) {
        int bound = List.of(0x80, 0x800, 0x10000).get(random.nextInt(3));
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(MAX_LENGTH + 1); i > 0; i--) {
            text.append((char) random.nextInt(bound));
        }
        return text.toString();
    }

    @Test
    void roundTrip_ofAnyNumber_isEqual() {
        for (int seed = 0; seed < SEEDS; seed++) {
            Random random = new Random(seed);
            long value = random.nextLong() >> random.nextInt(64); // of every magnitude
            double real = Double.longBitsToDouble(random.nextLong());
            BigDecimal decimal = new BigDecimal(new BigInteger(random.nextInt(200), random), random.nextInt(100) - 50);

            for (Object number : List.of(
                    value, (int) value, (short) value, (byte) value, real, (float) real, decimal, decimal.negate())) {
                assertThat(chain.decode(chain.encode(number)))
                        .as("seed %d", seed)
                        .isEqualTo(number);
            }
        }
    }

    /** Grows random graphs of everything that the codec may meet, fall-backs included. */
    private static final class Graphs {
        private final Random random;
        private final List<Object> made = new ArrayList<>();

        Graphs(Random random) {
            this.random = random;
        }

        Object any(int depth) {
            if (depth >= MAX_DEPTH || random.nextInt(3) == 0) {
                return leaf();
            }
            if (!made.isEmpty() && random.nextInt(4) == 0) {
                return made.get(random.nextInt(made.size()));
            }
            return container(depth);
        }

        private Object leaf() {
            return switch (random.nextInt(9)) {
                case 0 -> random.nextInt();
                case 1 -> random.nextLong() >> random.nextInt(64);
                case 2 -> "s" + random.nextInt(1000);
                case 3 -> BigDecimal.valueOf(random.nextLong(), random.nextInt(10));
                case 4 -> LocalDate.ofEpochDay(random.nextInt(100_000));
                case 5 -> random.nextBoolean() ? Color.RED : Color.GREEN;
                case 6 -> new Point(random.nextInt(10), random.nextInt(10));
                case 7 -> random.nextDouble();
                default -> null;
            };
        }

        Object container(int depth) {
            return switch (random.nextInt(9)) {
                case 0 -> fill(new ArrayList<>(), depth);
                case 1 -> fillDeque(depth);
                case 2 -> fillMap(new LinkedHashMap<>(), depth);
                case 3 -> fillMap(new TreeMap<>(), depth);
                case 4 -> {
                    Object[] array = new Object[random.nextInt(4)];
                    made.add(array);
                    for (int i = 0; i < array.length; i++) {
                        array[i] = any(depth + 1);
                    }
                    yield array;
                }
                case 5 -> new int[] {random.nextInt(), random.nextInt()};
                case 6 -> new Labelled("l", new ArrayList<>(Collections.singletonList(leaf())));
                case 7 ->
                    random.nextInt(5) == 0
                            ? Collections.unmodifiableList(new ArrayList<>(List.of("fallback")))
                            : new ArrayList<>();
                default -> fill(depth);
            };
        }

        private Object fill(int depth) {
            Node node = new Node("n" + random.nextInt(100));
            made.add(node);
            node.payload = any(depth + 1);
            if (random.nextBoolean()) {
                node.next = (Node) fill(MAX_DEPTH);
            }
            if (depth < MAX_DEPTH) {
                fill(node.children, depth + 1);
            }
            return node;
        }

        private Object fill(List<Object> list, int depth) {
            made.add(list);
            for (int i = random.nextInt(4); i > 0; i--) {
                list.add(any(depth + 1));
            }
            return list;
        }

        private Object fillDeque(int depth) {
            ArrayDeque<Object> deque = new ArrayDeque<>();
            made.add(deque);
            Object element = any(depth + 1);
            if (element != null) {
                deque.add(element);
            }
            return deque;
        }

        private Object fillMap(Map<Object, Object> map, int depth) {
            made.add(map);
            for (int i = random.nextInt(4); i > 0; i--) {
                map.put("k" + random.nextInt(100), any(depth + 1));
            }
            return map;
        }
    }

    /** Describes a graph as text: classes, values, and by number which mutable objects are the same. */
    private static final class Shape {
        private final IdentityHashMap<Object, Integer> seen = new IdentityHashMap<>();
        private final StringBuilder text = new StringBuilder();
        private final AtomicInteger next = new AtomicInteger();

        String of(Object value) {
            append(value);
            return text.toString();
        }

        private void append(Object value) {
            if (value == null
                    || value instanceof Number
                    || value instanceof String
                    || value instanceof LocalDate
                    || value instanceof Color
                    || value instanceof Point) {
                text.append(value).append(' ');
                return;
            }
            Integer number = seen.putIfAbsent(value, next.get());
            if (number != null) {
                text.append('#').append(number).append(' ');
                return;
            }
            next.incrementAndGet();
            text.append(value.getClass().getName()).append('(');
            appendContents(value);
            text.append(") ");
        }

        private void appendContents(Object value) {
            if (value instanceof Node node) {
                text.append(node.name).append(' ');
                append(node.payload);
                append(node.next);
                append(node.children);
            } else if (value instanceof Labelled labelled) {
                append(labelled.content());
            } else if (value instanceof Collection<?> elements) {
                elements.forEach(this::append);
            } else if (value instanceof Map<?, ?> map) {
                map.forEach((k, v) -> {
                    append(k);
                    append(v);
                });
            } else {
                for (int i = 0; i < Array.getLength(value); i++) {
                    append(Array.get(value, i));
                }
            }
        }
    }
}
