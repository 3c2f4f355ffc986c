package io.fyercache.core.codec;

import static io.fyercache.core.codec.Samples.chain;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.fyercache.core.codec.Samples.Labelled;
import io.fyercache.core.codec.Samples.Node;
import io.fyercache.core.codec.Samples.Order;
import io.fyercache.core.codec.Samples.Point;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Bytes that nobody encoded: each is refused with a {@link CodecException} or is a value, and costs little. */
class HostileBytesTest {
    private static final long SEED = 20_261_122L;
    private static final int ROUNDS = 100_000;
    /** Bytes. Far more than any decoding of these small inputs needs, far less than a length of 31 bits would take. */
    private static final long LARGEST_ALLOCATION = 4 << 20;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** Kept here: the codec refers to it weakly, and refuses everything once it is gone. */
    private final ClassLoader loader = new SampleLoader();

    private final CodecChain chain = CodecChain.of(loader, ClassFilter.standard(), List.of());
    private final Random random = new Random(SEED);

    /** Finds the samples and the JDK; spares a search through all jars for each of the many names that mutation makes up. */
    private static final class SampleLoader extends ClassLoader {
        private final Map<String, Class<?>> samples = Arrays.stream(Samples.class.getDeclaredClasses())
                .collect(Collectors.toMap(Class::getName, sample -> sample));

        SampleLoader() {
            super(ClassLoader.getPlatformClassLoader());
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            Class<?> sample = samples.get(name);
            if (sample != null) {
                return sample;
            }
            throw new ClassNotFoundException(name);
        }
    }

    private static List<Object> seeds() {
        Node node = new Node("n");
        node.next = node;
        node.children.add(new Order("1", "2"));
        return List.of(
                "text",
                12345L,
                new Order("id", "customer"),
                node,
                new Labelled("l", new ArrayList<>(List.of(1, new Point(3, 4)))),
                new HashMap<>(Map.of("a", new HashSet<>(List.of(1, 2, 3)))),
                new TreeMap<>(Map.of("k", new int[] {1, 2, 3})),
                new Object[] {List.of(1, 2, 3), Map.of(1, "x"), Samples.Color.GREEN, new String[] {"a"}},
                Map.of("a", List.of("b")));
    }

    /** Decodes and forgives only what the contract allows. */
    private boolean decodes(byte[] bytes) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        boolean decoded;
        try {
            decoded = chain.decode(bytes) != null;
        } catch (CodecException expected) {
            decoded = false;
        }
        long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
        if (allocated >= LARGEST_ALLOCATION) {
            throw new AssertionError(allocated + " bytes allocated for " + Arrays.toString(bytes));
        }
        return decoded;
    }

    @Test
    void decode_randomBytes_neverCrashes() throws Exception {
        onShortStack(this::decodeRandomBytes);
    }

    private void decodeRandomBytes() {
        int decoded = 0;
        for (int i = 0; i < ROUNDS; i++) {
            byte[] bytes = new byte[1 + random.nextInt(64)];
            random.nextBytes(bytes);
            bytes[0] = (byte) random.nextInt(Tag.COUNT);
            decoded += decodes(bytes) ? 1 : 0;
        }
        assertThat(decoded).as("some random bytes are small values").isPositive();
    }

    @Test
    void decode_mutatedBytesOfTheBuiltInForm_neverCrashes() throws Exception {
        mutate(seeds().stream().map(chain::encode).toList());
    }

    @Test
    void decode_mutatedJavaStreams_neverCrashes() throws Exception {
        List<byte[]> streams = new ArrayList<>();
        for (Object seed : seeds()) {
            streams.add(ClassFilterTest.withTag(Samples.javaEncode(seed)));
        }
        mutate(streams);
    }

    private void mutate(List<byte[]> originals) throws InterruptedException {
        onShortStack(() -> mutateAndDecode(originals));
    }

    /** Runs in a thread of its own: a hundred thousand exceptions record the stack, and a test runner's is deep. */
    private static void onShortStack(Runnable run) throws InterruptedException {
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Thread thread = new Thread(run);
        thread.setUncaughtExceptionHandler((self, e) -> failure.set(e));
        thread.start();
        thread.join();
        assertThat(failure.get()).isNull();
    }

    private void mutateAndDecode(List<byte[]> originals) {
        originals.forEach(original ->
                assertThatCode(() -> chain.decode(original)).as("as it was").doesNotThrowAnyException());
        int refused = 0;
        for (int i = 0; i < ROUNDS; i++) {
            byte[] bytes = originals.get(i % originals.size()).clone();
            for (int n = 1 + random.nextInt(3); n > 0; n--) {
                bytes[random.nextInt(bytes.length)] = (byte) (random.nextBoolean() ? random.nextInt(256) : 0xFF);
            }
            if (random.nextInt(4) == 0) {
                bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length + 8) + 1);
            }
            refused += decodes(bytes) ? 0 : 1;
        }
        assertThat(refused).as("most mutations are noticed").isGreaterThan(ROUNDS / 4);
    }

    @Test
    void decode_truncatedBytes_areRefusedAtEveryLength() {
        for (Object seed : seeds()) {
            byte[] bytes = chain.encode(seed);
            for (int length = 0; length < bytes.length; length++) {
                byte[] truncated = Arrays.copyOf(bytes, length);
                assertRefused(() -> chain.decode(truncated), "");
            }
            assertRefused(() -> chain.decode(Arrays.copyOf(bytes, bytes.length + 1)), "end of the value");
        }
    }

    @Test
    void decode_hugeLengths_areRefusedBeforeAllocation() {
        for (int tag = 1; tag < Tag.COUNT; tag++) {
            // A length of 2^31 - 1 in each place where one can stand, and one of 2^63 and more.
            byte[] huge = {(byte) tag, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 7, 1, 1, 1, 1, 1};
            decodes(huge);
            byte[] negative = new byte[12];
            Arrays.fill(negative, (byte) 0xFF);
            negative[0] = (byte) tag;
            negative[10] = 1;
            decodes(negative);
        }
    }

    @Test
    void decode_nestedAnnouncements_cannotExceedTheBytes() {
        // Each list announces as many elements as bytes remain, its first element being the next such list.
        byte[] bytes = new byte[60_000];
        Arrays.fill(bytes, (byte) Tag.NULL);
        int position = 0;
        for (int level = 0; level < 19; level++) {
            int remaining = bytes.length - position - 4;
            bytes[position++] = (byte) Tag.ARRAY_LIST;
            bytes[position++] = (byte) (remaining | 0x80);
            bytes[position++] = (byte) (remaining >>> 7 | 0x80);
            bytes[position++] = (byte) (remaining >>> 14);
        }

        assertRefused(() -> chain.decode(bytes), "a length of");
        assertThat(decodes(bytes)).isFalse();
    }

    @Test
    void decode_deepNesting_isRefusedWithoutOverflow() {
        byte[] bytes = new byte[1_000_000];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (i % 2 == 0 ? Tag.ARRAY_LIST : 1);
        }

        assertRefused(() -> chain.decode(bytes), "maxDepth: 20");
    }

    @Test
    void encode_deepNesting_isRefusedWithoutOverflow() {
        assertRefused(() -> chain.encode(nodes(100_000)), "maxDepth: 20");
    }

    @Test
    void roundTrip_atTheLargestDepth_fitsHalfTheStackOfAThread() throws Exception {
        CodecChain deepest = chain(new CodecLimits(CodecLimits.LARGEST_MAX_DEPTH, 100_000, 16 << 20, 1_000_000));
        Node most = nodes(CodecLimits.LARGEST_MAX_DEPTH);
        AtomicReference<Object> outcome = new AtomicReference<>();
        Runnable roundTrip = () -> {
            try {
                outcome.set(deepest.decode(deepest.encode(most)));
            } catch (CodecException e) {
                outcome.set(e);
            }
        };

        Thread thread = new Thread(null, roundTrip, "half a stack", 512 << 10);
        thread.start();
        thread.join();

        assertThat(outcome.get()).isInstanceOf(Node.class);
        assertRefused(() -> deepest.encode(nodes(CodecLimits.LARGEST_MAX_DEPTH + 1)), "maxDepth: 250");
    }

    /** A node that holds a node that holds a node, and so on; the list of children of the last one counts as a level. */
    private static Node nodes(int levels) {
        Node first = new Node("first");
        Node last = first;
        for (int i = 2; i < levels; i++) {
            last.next = new Node("next");
            last = last.next;
        }
        return first;
    }

    @Test
    void decode_setThatContainsItself_isRefusedWithoutOverflow() {
        // A set of a list that contains the set: hashing it never ends.
        byte[] bytes = {Tag.ARRAY_LIST, 1, Tag.HASH_SET, 1, Tag.ARRAY_LIST, 2, Tag.REFERENCE, 2, Tag.REFERENCE, 0};

        assertRefused(() -> chain.decode(bytes), "StackOverflowError");
    }

    @Test
    void decode_referenceToWhatIsNotThere_isRefused() {
        assertRefused(() -> chain.decode(new byte[] {Tag.ARRAY_LIST, 1, Tag.REFERENCE, 1}), "less than 1");
        assertRefused(() -> chain.decode(new byte[] {Tag.REFERENCE, 0}), "less than 0");
        assertRefused(() -> chain.decode(new byte[] {Tag.NULL}), "null");
    }

    @Test
    void decode_unknownTag_isNamed() {
        assertRefused(() -> chain.decode(new byte[] {0x7F}), "unknown tag 127");
        assertRefused(() -> chain.decode(new byte[] {(byte) 0x80}), "unknown tag 128");
        assertRefused(() -> chain.decode(new byte[] {0}), "unknown tag 0");
    }

    @Test
    void decode_copiesOfCopies_areRefused() throws Exception {
        Object bomb = "x";
        for (int i = 0; i < 8; i++) {
            bomb = Collections.nCopies(Integer.MAX_VALUE, bomb);
        }
        byte[] bytes = ClassFilterTest.withTag(Samples.javaEncode(bomb));

        assertRefused(() -> chain.decode(bytes), "CopiesList");
    }

    @Test
    void decode_javaStreamOfHugeArrays_isRefusedBeforeAllocation() throws Exception {
        byte[] stream = ClassFilterTest.withTag(Samples.javaEncode(new Object[] {new Object[300], new long[300]}));
        // The length of an array stands in the four bytes after its class; 300 is 0x012C.
        byte[] huge = stream.clone();
        for (int i = 0; i + 3 < huge.length; i++) {
            if (huge[i] == 0 && huge[i + 1] == 0 && huge[i + 2] == 0x01 && huge[i + 3] == 0x2C) {
                huge[i + 1] = 0x0E;
            }
        }

        assertRefused(() -> chain.decode(huge), "elements");
        assertThat(decodes(huge)).isFalse();
    }

    private static void assertRefused(Executable call, String message) {
        assertThatThrownBy(call::execute).isInstanceOf(CodecException.class).hasMessageContaining(message);
    }
}
