package io.fyercache.sharded.message.codec;

/** What a message may have at most. Counts are compared with the bytes that are there, too, before anything is allocated. */
public final class MessageLimits {
    /** Bytes, 16 MiB: one message must not hold up the others of its connection for long. The greatest change of a table fits. */
    public static final int MESSAGE_BYTES = 16 << 20;

    /** Entries of the log: a second's worth of a busy partition. */
    public static final int ENTRIES_OF_LOG = 1 << 16;

    /** Results of operations that come with a part of a copy: as many as fit into a message. */
    public static final int KNOWN_RESULTS = 1 << 20;

    /** Entries that come with a part of a copy: as many as fit into a message, if they are small. */
    public static final int ENTRIES_OF_PART = 1 << 20;

    private MessageLimits() {}
}
