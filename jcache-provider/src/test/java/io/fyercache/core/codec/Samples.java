package io.fyercache.core.codec;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Classes of values that the tests of this package encode, and what Java serialization makes of them. */
final class Samples {
    private Samples() {}

    static CodecChain chain() {
        return chain(ClassFilter.standard());
    }

    static CodecChain chain(ClassFilter filter) {
        return CodecChain.of(Samples.class.getClassLoader(), filter, List.of());
    }

    static CodecChain chain(CodecLimits limits) {
        return chain(ClassFilter.of(ClassFilter.Mode.APPLICATION_CLASSES, List.of(), limits));
    }

    /** What a round trip through plain Java serialization yields: the standard that the codec is held against. */
    static Object javaRoundTrip(Object value) {
        try {
            return javaDecode(javaEncode(value));
        } catch (IOException | ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    static byte[] javaEncode(Object value) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(value);
        }
        return bytes.toByteArray();
    }

    private static Object javaDecode(byte[] bytes) throws IOException, ClassNotFoundException {
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
            return in.readObject();
        }
    }

    enum Color {
        RED,
        GREEN {
            @Override
            int brightness() {
                return 2;
            }
        };

        int brightness() {
            return 1;
        }
    }

    record Point(int x, int y) implements Serializable {}

    record Labelled(String label, List<Object> content) implements Serializable {}

    /** The ten-field object of the benchmarks: two strings, numbers, a decimal, a date, a flag and a small list. */
    static final class Order implements Serializable {
        final String id;
        final String customer;
        final int quantity;
        int version;
        long created;
        final long customerNumber;
        BigDecimal price;
        LocalDate due;
        boolean paid;
        List<String> tags;
        transient int cached = 42;

        Order(String id, String customer) {
            this.id = id;
            this.customer = customer;
            this.quantity = 3;
            this.version = 17;
            this.created = 1_700_000_000_123L;
            this.customerNumber = 99_887_766L;
            this.price = new BigDecimal("1234.56");
            this.due = LocalDate.of(2026, 11, 22);
            this.paid = true;
            this.tags = new ArrayList<>(List.of("new", "urgent", "eu"));
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Order that
                    && id.equals(that.id)
                    && customer.equals(that.customer)
                    && quantity == that.quantity
                    && version == that.version
                    && created == that.created
                    && customerNumber == that.customerNumber
                    && Objects.equals(price, that.price)
                    && Objects.equals(due, that.due)
                    && paid == that.paid
                    && Objects.equals(tags, that.tags);
        }

        @Override
        public int hashCode() {
            return id.hashCode();
        }
    }

    /** A mutable node that can form any graph. */
    static class Node implements Serializable {
        String name;
        Object payload;
        Node next;
        List<Object> children = new ArrayList<>();

        Node(String name) {
            this.name = name;
        }
    }

    /** Not serializable; its constructor runs, its field is not kept. */
    static class Base {
        int base = 7;
        static int constructed;

        Base() {
            constructed++;
        }
    }

    static class Middle extends Base implements Serializable {
        private int value = 1;
        private final String shadowed = new String("middle");

        int middleValue() {
            return value;
        }

        String middleShadowed() {
            return shadowed;
        }

        void setMiddleValue(int value) {
            this.value = value;
        }
    }

    static class Leaf extends Middle {
        private int value = 2;
        private final String shadowed;
        byte b = 1;
        short s = -2;
        char c = 'c';
        float f = 1.5f;
        double d = -2.5;
        long[] longs = {1, 2, 3};

        Leaf(String shadowed) {
            this.shadowed = shadowed;
        }

        int leafValue() {
            return value;
        }

        void setLeafValue(int value) {
            this.value = value;
        }

        String leafShadowed() {
            return shadowed;
        }
    }
}
