package io.fyercache.sharded.message;

import io.fyercache.sharded.message.OperationResult.Backlog;
import io.fyercache.sharded.message.OperationResult.DeadLetters;
import io.fyercache.sharded.message.OperationResult.Failed;
import io.fyercache.sharded.message.OperationResult.Keys;
import io.fyercache.sharded.message.OperationResult.ListenerFailed;
import io.fyercache.sharded.message.UnwrittenChange.GivenUp;
import org.jspecify.annotations.Nullable;

/**
 * How many bytes a part of a message takes in its binary form: never less than it does, and little more. Whoever makes messages of many parts
 * knows by this where to cut, without having them encoded.
 */
public final class BinarySize {
    /** Numbers, origin, counts and tags of an entry of the log, or of a result that is remembered: each number takes 10 bytes at most. */
    private static final long NUMBERS_BYTES = 80;

    /** Tag, number of the cache, lengths of key and value, deadline. */
    private static final long NUMBERS_OF_ENTRY_BYTES = 32;

    /** A version, two flags, the length of the value, the time, the attempts and the length of the failure. */
    private static final long NUMBERS_OF_LETTER_BYTES = 24;

    /** Four numbers. */
    private static final long NUMBERS_OF_BACKLOG_BYTES = 30;

    /** The length of a key among others, of 64 KiB at most. */
    private static final long KEY_LENGTH_BYTES = 3;

    /** Of a character in UTF-8. */
    private static final int CHARACTER_BYTES = 3;

    private BinarySize() {}

    /** Returns the size of an entry of the log. */
    public static long of(LogEntry entry) {
        long bytes = NUMBERS_BYTES + of(entry.answer().result());
        for (Effect effect : entry.effects()) {
            bytes += of(effect.key());
            if (effect instanceof Effect.Store store) {
                bytes += store.value().bytes().length;
            } else if (effect instanceof Effect.ExpireAtOnce expired) {
                bytes += expired.value().bytes().length;
            }
        }
        return bytes;
    }

    /** Returns the size of what is remembered of an operation. */
    public static long of(KnownResult known) {
        return NUMBERS_BYTES + of(known.answer().result());
    }

    /** Returns the size of an entry of a copy. */
    public static long of(EntryKey key, StoredEntry entry) {
        return of(key) + entry.value().bytes().length;
    }

    /** Returns the size of a change that listeners are told. */
    public static long of(PlacedChange placed) {
        return NUMBERS_OF_ENTRY_BYTES
                + placed.key().bytes().length
                + of((EncodedValue) placed.change().value())
                + of((EncodedValue) placed.change().oldValue());
    }

    private static long of(@Nullable EncodedValue value) {
        return value == null ? 0 : value.bytes().length;
    }

    private static long of(EntryKey key) {
        return NUMBERS_OF_ENTRY_BYTES + key.key().bytes().length;
    }

    private static long of(OperationResult result) {
        if (result instanceof Failed failed) {
            String message = failed.message();
            return CHARACTER_BYTES * ((long) failed.exception().length() + (message == null ? 0 : message.length()))
                    + of(failed.cause());
        } else if (result instanceof ListenerFailed failed) {
            return CHARACTER_BYTES * (long) failed.message().length();
        } else if (result instanceof Keys keys) {
            return of(keys.next().after())
                    + keys.keys().stream().mapToLong(BinarySize::of).sum();
        }
        if (result instanceof DeadLetters letters) {
            return of(letters);
        }
        return result instanceof Backlog ? NUMBERS_OF_BACKLOG_BYTES : of(result.value());
    }

    private static long of(DeadLetters letters) {
        long bytes = of(letters.next().after());
        for (DeadLetters.Letter letter : letters.letters()) {
            GivenUp givenUp = letter.change().givenUp();
            bytes += NUMBERS_OF_LETTER_BYTES
                    + of(letter.key())
                    + of(letter.change().value())
                    + (givenUp == null
                            ? 0
                            : CHARACTER_BYTES * (long) givenUp.failure().length());
        }
        return bytes;
    }

    /** Returns the size of a key among others of its cache. */
    public static long of(EncodedKey key) {
        return KEY_LENGTH_BYTES + key.bytes().length;
    }
}
