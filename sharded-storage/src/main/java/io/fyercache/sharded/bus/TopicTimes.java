package io.fyercache.sharded.bus;

import io.fyercache.sharded.message.EncodedValue;

/** The intervals of topics, in nanoseconds of a clock that never steps back, and what is under way at a time. */
final class TopicTimes {
    private static final long MILLIS = 1_000_000;

    /** After which is sent again what was not answered: far more than a round trip, far less than anybody's patience. */
    static final long AGAIN_NANOS = 100 * MILLIS;

    /** After which a process that has not been subscribed says anew that it wants to be: what is answered later than that counts no more. */
    static final long SUBSCRIBE_NANOS = 200 * MILLIS;

    /** After which a process asks for the latest table if nobody answers it. */
    static final long LEARN_NANOS = 500 * MILLIS;

    /** After which a process subscribes anew if nobody answers it: members have found out by then who is dead, and who stood still goes on. */
    static final long SILENCE_NANOS = 2_000 * MILLIS;

    /** Between two looks at which partitions a member leads. */
    static final long OBSERVE_NANOS = 100 * MILLIS;

    /** Bytes of messages, 1 MiB, that are under way on a line in each direction: a connection carries heartbeats, too. */
    static final int WINDOW_BYTES = 1 << 20;

    /** What a clock may be slow by, one part in a hundred (protocol, 2), and a margin for the rest. */
    private static final int CLOCK_PARTS = 100;

    private static final long MARGIN_NANOS = 5 * MILLIS;

    /** What a message takes besides its bytes, roughly. */
    private static final int MESSAGE_OVERHEAD = 64;

    private TopicTimes() {}

    /** Returns how many bytes a message takes where it waits or is under way. */
    static long bytes(EncodedValue message) {
        return (long) message.bytes().length + MESSAGE_OVERHEAD;
    }

    /** Returns how long a member waits until another process's time is over for certain. */
    static long surely(long nanos) {
        return nanos + nanos / CLOCK_PARTS + MARGIN_NANOS;
    }
}
