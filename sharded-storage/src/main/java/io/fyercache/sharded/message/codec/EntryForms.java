package io.fyercache.sharded.message.codec;

import static io.fyercache.sharded.message.codec.TaggedForm.kind;

import io.fyercache.core.bytes.ByteSink;
import io.fyercache.core.bytes.ByteSource;
import io.fyercache.sharded.message.CachePosition;
import io.fyercache.sharded.message.Effect;
import io.fyercache.sharded.message.EncodedKey;
import io.fyercache.sharded.message.EncodedValue;
import io.fyercache.sharded.message.EntryKey;
import io.fyercache.sharded.message.LogEntry;
import io.fyercache.sharded.message.Notice;
import io.fyercache.sharded.message.PartitionMessage.CopyStart;
import io.fyercache.sharded.message.StoredEntry;
import io.fyercache.sharded.topology.KeyHash;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The forms of keys, values and entries. Deadlines take 8 bytes: the common one, for ever, would take 10 as a number of varying length.
 */
final class EntryForms {
    /** A number of the cache and the length of the key. */
    private static final int MIN_KEY_BYTES = 2;

    /** A key, the length of the value, and the deadline. */
    private static final int MIN_ENTRY_BYTES = MIN_KEY_BYTES + 1 + Long.BYTES;

    /** A tag and a key. */
    private static final int MIN_EFFECT_BYTES = 1 + MIN_KEY_BYTES;

    /** The number that stands for each is its place in this list. */
    private static final List<Notice> NOTICES =
            List.of(Notice.NONE, Notice.CREATED, Notice.UPDATED, Notice.REMOVED, Notice.EXPIRED, Notice.EVICTED);

    static final Form<Effect> EFFECT = new TaggedForm<>(
            "effect",
            List.of(
                    kind(
                            1,
                            Effect.Store.class,
                            (out, effect) -> {
                                writeKey(out, effect.key());
                                writeValue(out, effect.value());
                                out.writeFixed64(effect.deadlineMillis());
                                writeNotice(out, effect.notice());
                            },
                            in -> new Effect.Store(readKey(in), readValue(in), in.readFixed64(), readNotice(in))),
                    kind(
                            2,
                            Effect.Prolong.class,
                            (out, effect) -> {
                                writeKey(out, effect.key());
                                out.writeFixed64(effect.deadlineMillis());
                            },
                            in -> new Effect.Prolong(readKey(in), in.readFixed64())),
                    kind(
                            3,
                            Effect.Remove.class,
                            (out, effect) -> {
                                writeKey(out, effect.key());
                                writeNotice(out, effect.notice());
                            },
                            in -> new Effect.Remove(readKey(in), readNotice(in))),
                    kind(
                            4,
                            Effect.ExpireAtOnce.class,
                            (out, effect) -> {
                                writeKey(out, effect.key());
                                writeValue(out, effect.value());
                            },
                            in -> new Effect.ExpireAtOnce(readKey(in), readValue(in))),
                    kind(
                            5,
                            Effect.AcknowledgeLoss.class,
                            (out, effect) -> writeKey(out, effect.key()),
                            in -> new Effect.AcknowledgeLoss(readKey(in))),
                    kind(
                            6,
                            Effect.Listen.class,
                            (out, effect) -> ListeningForms.writeListening(out, effect.listening()),
                            in -> new Effect.Listen(ListeningForms.readListening(in)))));

    static final Form<List<Effect>> EFFECTS = new ListForm<>(EFFECT, LogEntry.MAX_EFFECTS, MIN_EFFECT_BYTES);

    static final Form<List<Integer>> CACHES = new ListForm<>(
            Form.of(EntryForms::writeCache, EntryForms::readCache), CopyStart.MAX_ACKNOWLEDGED_LOSSES, 1);

    private EntryForms() {}

    private static void writeNotice(ByteSink out, Notice notice) {
        out.writeByte(NOTICES.indexOf(notice));
    }

    private static Notice readNotice(ByteSource in) {
        return NOTICES.get(in.readIndex(NOTICES.size()));
    }

    static void writeKey(ByteSink out, EntryKey key) {
        writeCache(out, key.cache());
        writeEncodedKey(out, key.key());
    }

    static EntryKey readKey(ByteSource in) {
        return new EntryKey(readCache(in), readEncodedKey(in));
    }

    static void writeCache(ByteSink out, int cache) {
        out.writeNatural(cache);
    }

    static int readCache(ByteSource in) {
        return in.readUpTo(Integer.MAX_VALUE);
    }

    static void writeEncodedKey(ByteSink out, EncodedKey key) {
        writeSized(out, key.bytes());
    }

    static EncodedKey readEncodedKey(ByteSource in) {
        return new EncodedKey(readSized(in, EncodedKey.MAX_BYTES));
    }

    static void writePosition(ByteSink out, CachePosition position) {
        out.writeUpTo(position.bucket(), KeyHash.BUCKETS);
        writeEncodedKey(out, position.after());
    }

    static CachePosition readPosition(ByteSource in) {
        return new CachePosition(in.readUpTo(KeyHash.BUCKETS), readEncodedKey(in));
    }

    static void writeValue(ByteSink out, EncodedValue value) {
        writeSized(out, value.bytes());
    }

    static EncodedValue readValue(ByteSource in) {
        return new EncodedValue(readSized(in, EncodedValue.MAX_BYTES));
    }

    static void writeValueIfAny(ByteSink out, @Nullable EncodedValue value) {
        LogForms.writeFlag(out, value != null);
        if (value != null) {
            writeValue(out, value);
        }
    }

    static @Nullable EncodedValue readValueIfAny(ByteSource in, int largest) {
        return LogForms.readFlag(in) ? new EncodedValue(readSized(in, largest)) : null;
    }

    static void writeSized(ByteSink out, byte[] bytes) {
        out.writeUnsigned(bytes.length);
        out.writeBytes(bytes);
    }

    static byte[] readSized(ByteSource in, int largest) {
        return in.readBytes(in.readCount(largest, 1));
    }

    static void writeEntries(ByteSink out, Map<EntryKey, StoredEntry> entries) {
        out.writeUpTo(entries.size(), MessageLimits.ENTRIES_OF_PART);
        entries.forEach((key, entry) -> {
            writeKey(out, key);
            writeValue(out, entry.value());
            out.writeFixed64(entry.deadlineMillis());
        });
    }

    static Map<EntryKey, StoredEntry> readEntries(ByteSource in) {
        int size = in.readCount(MessageLimits.ENTRIES_OF_PART, MIN_ENTRY_BYTES);
        Map<EntryKey, StoredEntry> entries = new LinkedHashMap<>();
        for (int i = 0; i < size; i++) {
            EntryKey key = readKey(in);
            if (entries.put(key, new StoredEntry(readValue(in), in.readFixed64())) != null) {
                throw in.damaged("a second entry of a " + key.key() + " (expected: one of each key)");
            }
        }
        return entries;
    }
}
