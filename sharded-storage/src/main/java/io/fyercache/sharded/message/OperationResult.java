package io.fyercache.sharded.message;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an operation answers if it is carried out. */
public sealed interface OperationResult {

    /** Returns the value that it is; null if it is none. */
    default @Nullable EncodedValue value() {
        return null;
    }

    /** Nothing, or that there is no value. */
    enum None implements OperationResult {
        /** The only one. */
        NONE
    }

    /** Yes or no: whether it has done what it is called after. */
    record Flag(boolean done) implements OperationResult {}

    /** A value. */
    record Value(EncodedValue value) implements OperationResult {}

    /**
     * A value that whoever has asked may keep near, for as long as it hears of no change (N3).
     *
     * @param lifeMillis how long the entry has to live, in milliseconds, 0 or more; {@link #ENDLESS} if it never expires
     */
    record NearValue(EncodedValue value, long lifeMillis) implements OperationResult {
        /** The life of what never expires. */
        public static final long ENDLESS = Long.MAX_VALUE;
    }

    /**
     * Keys of a cache.
     *
     * @param next where those come that are not among them
     */
    record Keys(List<EncodedKey> keys, CachePosition next) implements OperationResult {
        /** Keys that are told at once: with 64 KiB each, the longest, half of what a message may have. */
        public static final int MAX_KEYS = 128;

        /** Keeps an unmodifiable copy. */
        public Keys {
            keys = List.copyOf(keys);
        }
    }

    /** A number of entries, 0 or more. */
    record Count(long entries) implements OperationResult {}

    /**
     * How much of a cache is still to be written in a partition.
     *
     * @param waiting keys whose change is to be written, 0 or more
     * @param oldestMillis for how long the oldest of these has been waiting, in milliseconds; 0 if there is none
     * @param givenUp keys whose change was given up, 0 or more
     * @param failures batches that could not be written, or not as a whole, since the primary began to serve, 0 or more
     */
    record Backlog(int waiting, long oldestMillis, int givenUp, long failures) implements OperationResult {}

    /**
     * Changes of a cache that were given up.
     *
     * @param next where those come that are not among them
     */
    record DeadLetters(List<Letter> letters, CachePosition next) implements OperationResult {
        /** Keeps an unmodifiable copy. */
        public DeadLetters {
            letters = List.copyOf(letters);
        }

        /** One of them. */
        public record Letter(EncodedKey key, UnwrittenChange change) {}
    }

    /**
     * User code threw, and nothing became of the operation. Its class may be unknown to whoever called, so text says what it was, too.
     *
     * @param exception the name of its class, at most {@value #MAX_NAME} characters of it
     * @param message what it said, at most {@value #MAX_MESSAGE} characters of it
     * @param cause the exception behind it, encoded, at most {@value #MAX_CAUSE} bytes; null if there is none, or it cannot be sent
     */
    record Failed(
            String exception,
            @Nullable String message,
            @Nullable EncodedValue cause) implements OperationResult {
        /** Characters of a message that are kept: it lies in the log, and in what is remembered of the operation. */
        public static final int MAX_MESSAGE = 1_000;

        /** Characters of a name that are kept: a class file allows more, and nobody writes it. */
        public static final int MAX_NAME = 1_000;

        /** Bytes of an encoded exception, 64 KiB, as many as a key has: the frames of three stacks of an application, some hundred. */
        public static final int MAX_CAUSE = 1 << 16;

        /**
         * Cuts text that is too long.
         *
         * @throws IllegalArgumentException if the cause takes more than {@value #MAX_CAUSE} bytes
         */
        public Failed {
            exception = cut(exception, MAX_NAME);
            message = message == null ? null : cut(message, MAX_MESSAGE);
            if (cause != null && cause.bytes().length > MAX_CAUSE) {
                throw new IllegalArgumentException("length of the exception behind a failure: " + cause.bytes().length
                        + " bytes (expected: 0.." + MAX_CAUSE + ")");
            }
        }

        /** Makes a failure of which the text must do. */
        public Failed(String exception, @Nullable String message) {
            this(exception, message, null);
        }

        static String cut(String text, int longest) {
            return text.length() > longest ? text.substring(0, longest) : text;
        }

        /** Returns the failure that an exception is, as text. */
        public static Failed of(Throwable thrown) {
            return new Failed(thrown.getClass().getName(), thrown.getMessage());
        }
    }

    /**
     * The operation has happened, and a listener that it waited for threw (V5). What it says besides is lost.
     *
     * @param message what the exception said, at most {@link Failed#MAX_MESSAGE} characters of it
     */
    record ListenerFailed(String message) implements OperationResult {
        /** Cuts what is too long. */
        public ListenerFailed {
            message = Failed.cut(message, Failed.MAX_MESSAGE);
        }
    }

    /**
     * Returns the result that an operation of the core decided upon.
     *
     * @throws IllegalArgumentException if it is none of null, a {@link Boolean} and an {@link EncodedValue}
     */
    static OperationResult of(@Nullable Object decided) {
        if (decided == null) {
            return None.NONE;
        } else if (decided instanceof Boolean done) {
            return new Flag(done);
        } else if (decided instanceof EncodedValue value) {
            return new Value(value);
        }
        throw new IllegalArgumentException("result: an instance of "
                + decided.getClass().getName() + " (expected: null, a Boolean, or an encoded value)");
    }
}
