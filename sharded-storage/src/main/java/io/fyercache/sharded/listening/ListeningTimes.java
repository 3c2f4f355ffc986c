package io.fyercache.sharded.listening;

/** The intervals that members and those who listen agree upon, in nanoseconds of a clock that never steps back. */
final class ListeningTimes {
    private static final long SECONDS = 1_000_000_000;

    /** Between two signs of life of a process that listens: a small part of the silence that is borne. */
    static final long BEAT_NANOS = SECONDS;

    /** Of silence after which a process counts no longer as one that listens: for so long ZooKeeper keeps a session. */
    static final long SILENCE_NANOS = 6 * SECONDS;

    /** Without progress after which it does not, either, be it heard or not: less than the 30 s for which callers wait for an answer. */
    static final long PATIENCE_NANOS = 20 * SECONDS;

    /** After which changes that were not heard are told again: they may be lost, or a synchronous listener takes its time. */
    static final long RESEND_NANOS = SECONDS / 2;

    /** In which a process has reminded all partitions of what it listens to: so long it may take to learn that one has forgotten it. */
    static final long RENEWAL_NANOS = 30 * SECONDS;

    private ListeningTimes() {}
}
