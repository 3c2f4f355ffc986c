package io.fyercache.benchmarks.cluster.exchange;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.zip.DataFormatException;
import org.HdrHistogram.Histogram;

/** What a member says: one line on its standard output, first when it has joined, then for each {@link Request}. */
public sealed interface Answer {
    /** What lines begin with that are answers: others are printed there, too. */
    String PREFIX = "@ ";

    /** Stands for the stamp of a value that is not there. */
    long ABSENT = -1;

    /** It is done, and there is nothing to tell. */
    record Done() implements Answer {
        @Override
        public String line() {
            return PREFIX + "done";
        }
    }

    /** Numbers. */
    record Numbers(List<Long> numbers) implements Answer {
        /** Keeps a copy. */
        public Numbers {
            numbers = List.copyOf(numbers);
        }

        @Override
        public String line() {
            return Words.joined(PREFIX + "numbers", numbers);
        }
    }

    /**
     * What was measured.
     *
     * @param nanos how long each operation took, in nanoseconds; not to be changed any more
     */
    record Measured(Histogram nanos) implements Answer {
        @Override
        public String line() {
            ByteBuffer bytes = ByteBuffer.allocate(nanos.getNeededByteBufferCapacity());
            int length = nanos.encodeIntoCompressedByteBuffer(bytes);
            byte[] used = Arrays.copyOf(bytes.array(), length);
            return Words.join(PREFIX + "measured", Base64.getEncoder().encodeToString(used));
        }
    }

    /** What the writers did. */
    record Written(WritingLog log) implements Answer {
        @Override
        public String line() {
            return Words.joined(PREFIX + "written", log.numbers());
        }
    }

    /**
     * It could not be done.
     *
     * @param reason one line
     */
    record Failed(String reason) implements Answer {
        /** Keeps the first line of the reason. */
        public Failed {
            reason = reason.lines().findFirst().orElse("no reason given");
        }

        @Override
        public String line() {
            return Words.join(PREFIX + "failed", reason);
        }
    }

    /** The answer as a line. */
    String line();

    /**
     * Reads a line.
     *
     * @throws IllegalArgumentException if it is not one that {@link #line} gives
     */
    static Answer parse(String line) {
        if (!line.startsWith(PREFIX)) {
            throw new IllegalArgumentException("answer: \"%s\" (expected: \"%s\" before it)".formatted(line, PREFIX));
        }
        Words words = new Words(line.substring(PREFIX.length()));
        String name = words.next();
        Answer answer = switch (name) {
            case "done" -> new Done();
            case "numbers" -> new Numbers(words.longs());
            case "measured" -> new Measured(histogram(words.next()));
            case "written" -> new Written(WritingLog.ofNumbers(words.longs()));
            case "failed" -> new Failed(words.text());
            default ->
                throw new IllegalArgumentException("answer: \"%s\" (expected: one of this class)".formatted(name));
        };
        words.end();
        return answer;
    }

    private static Histogram histogram(String text) {
        try {
            return Histogram.decodeFromCompressedByteBuffer(
                    ByteBuffer.wrap(Base64.getDecoder().decode(text)), 0);
        } catch (DataFormatException e) {
            throw new IllegalArgumentException("histogram: damaged (expected: as it was encoded)", e);
        }
    }
}
