package io.fyercache.sharded.message.codec;

import io.fyercache.sharded.message.OperationId;

/** What a message may have at most. Counts are compared with the bytes that are there, too, before anything is allocated. */
public final class MessageLimits {
    /** Bytes, 16 MiB: one message must not hold up the others of its connection for long. The greatest change of a table fits. */
    public static final int MESSAGE_BYTES = 16 << 20;

    /** Bytes, 7 MiB: an entry of the log has up to two values, the new one and the old one as result, and must fit into a message. */
    public static final int VALUE_BYTES = 7 << 20;

    /** Bytes, 64 KiB: keys are hashed and compared at every step. */
    public static final int KEY_BYTES = 64 << 10;

    /** Entries of the log: a second's worth of a busy partition. */
    public static final int ENTRIES_OF_LOG = 1 << 16;

    /** Effects of one entry of the log; operations on one key have one at most. */
    public static final int EFFECTS = 1 << 10;

    /** Results of operations that come with a copy: those under way of a thousand clients. */
    public static final int KNOWN_RESULTS = 1_024 * OperationId.WINDOW;

    /** Caches that a message names: more than any cluster has. */
    public static final int CACHES = 1 << 16;

    /** Entries of a bucket: as many as fit into a message, if they are small. */
    public static final int ENTRIES_OF_BUCKET = 1 << 20;

    private MessageLimits() {}
}
