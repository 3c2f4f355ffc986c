package io.fyercache.benchmarks.cluster.exchange;

/**
 * What a member is asked to do: one line on its standard input, answered by one {@link Answer}, one after the other.
 *
 * <p>Times are {@link System#nanoTime}, which the JVMs of one machine have in common on Linux; {@link ReadClock} is there to make sure.
 */
public sealed interface Request {
    /** How many members the asked one sees, see {@code ClusterMember.settledMembers}; answered by one number. */
    record CountMembers() implements Request {
        @Override
        public String line() {
            return "count-members";
        }
    }

    /** What the member's clock shows; answered by one number. */
    record ReadClock() implements Request {
        @Override
        public String line() {
            return "read-clock";
        }
    }

    /**
     * Write some of the entries; answered when they are written.
     *
     * @param valueBytes the size of each value
     * @param first the index of the first entry
     * @param count how many
     */
    record Fill(int valueBytes, int first, int count) implements Request {
        @Override
        public String line() {
            return Words.join("fill", valueBytes, first, count);
        }
    }

    /** Put one value that begins with a number. */
    record Put(long key, long stamp, int valueBytes) implements Request {
        @Override
        public String line() {
            return Words.join("put", key, stamp, valueBytes);
        }
    }

    /** Read keys in a row; answered by what the value of each begins with, or {@link Answer#ABSENT}. */
    record Read(long firstKey, int count) implements Request {
        @Override
        public String line() {
            return Words.join("read", firstKey, count);
        }
    }

    /** Which keys of some in a row the member may be the primary of; answered by these keys. */
    record ListPrimaries(long firstKey, int count) implements Request {
        @Override
        public String line() {
            return Words.join("list-primaries", firstKey, count);
        }
    }

    /**
     * Carry out an operation again and again, by several threads, and record those that begin and end within a span.
     *
     * @param entries how many of the entries are used, the first ones
     * @param threads how many; 0 is legal, and recorded as nothing
     * @param seed what the threads' choice of keys comes from
     * @param fromNanos where the span begins; until then the threads warm up
     * @param toNanos where it ends, and the work with it
     */
    record Measure(
            ClusterOperation operation,
            int valueBytes,
            int entries,
            int threads,
            long seed,
            long fromNanos,
            long toNanos)
            implements Request {
        @Override
        public String line() {
            return Words.join("measure", operation, valueBytes, entries, threads, seed, fromNanos, toNanos);
        }
    }

    /** Keep an entry as it is in the database; answered when it is kept. */
    record Keep(long key) implements Request {
        @Override
        public String line() {
            return Words.join("keep", key);
        }
    }

    /** Change an entry at a time, to the state of a number; answered by when that began, as near to it as could be. */
    record ChangeAt(long key, long number, long atNanos) implements Request {
        @Override
        public String line() {
            return Words.join("change-at", key, number, atNanos);
        }
    }

    /** Look until another member's change has been heard of; answered by when that was seen. */
    record AwaitChange(long key, long number) implements Request {
        @Override
        public String line() {
            return Words.join("await-change", key, number);
        }
    }

    /**
     * Begin to write keys in a row, each by a thread of its own and at a steady pace, and to each a number that counts up; answered at once.
     *
     * @param periodNanos from the begin of one write of a key to that of the next, if it has ended by then
     */
    record StartWriting(long firstKey, int keys, long periodNanos, int valueBytes) implements Request {
        @Override
        public String line() {
            return Words.join("start-writing", firstKey, keys, periodNanos, valueBytes);
        }
    }

    /** From now on, how long a key is not written and how long a call takes counts. */
    record Mark() implements Request {
        @Override
        public String line() {
            return "mark";
        }
    }

    /** End the writing; answered by a {@link WritingLog} when the threads have ended. */
    record FinishWriting() implements Request {
        @Override
        public String line() {
            return "finish-writing";
        }
    }

    /** The request as a line. */
    String line();

    /**
     * Reads a line.
     *
     * @throws IllegalArgumentException if it is not one that {@link #line} gives
     */
    static Request parse(String line) {
        Words words = new Words(line);
        String name = words.next();
        Request request = switch (name) {
            case "count-members" -> new CountMembers();
            case "read-clock" -> new ReadClock();
            case "fill" -> new Fill(words.nextInt(), words.nextInt(), words.nextInt());
            case "put" -> new Put(words.nextLong(), words.nextLong(), words.nextInt());
            case "read" -> new Read(words.nextLong(), words.nextInt());
            case "list-primaries" -> new ListPrimaries(words.nextLong(), words.nextInt());
            case "measure" ->
                new Measure(
                        ClusterOperation.valueOf(words.next()),
                        words.nextInt(),
                        words.nextInt(),
                        words.nextInt(),
                        words.nextLong(),
                        words.nextLong(),
                        words.nextLong());
            case "keep" -> new Keep(words.nextLong());
            case "change-at" -> new ChangeAt(words.nextLong(), words.nextLong(), words.nextLong());
            case "await-change" -> new AwaitChange(words.nextLong(), words.nextLong());
            case "start-writing" ->
                new StartWriting(words.nextLong(), words.nextInt(), words.nextLong(), words.nextInt());
            case "mark" -> new Mark();
            case "finish-writing" -> new FinishWriting();
            default ->
                throw new IllegalArgumentException("request: \"%s\" (expected: one of this class)".formatted(name));
        };
        words.end();
        return request;
    }
}
