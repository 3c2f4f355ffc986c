package io.fyercache.sharded.replication;

/**
 * How much of a partition goes to another member at a time, and how much is kept for one.
 *
 * @param partBytes how much one message brings of a log or of a copy, 1..{@value #MAX_PART_BYTES}; of what is larger by itself, one piece
 * @param windowBytes how much of the log is under way to a member that has not acknowledged it, 1 or more; a part more if it does not divide
 * @param logEntries of how many entries the log of a primary consists at most, 1 or more; then it takes no more operations
 * @param logBytes the same in bytes, 1 or more; an entry more if it does not divide
 * @param untoldBytes how many bytes of committed entries are kept for listeners who have not taken their changes, 1 or more; then they are given
 *     up
 * @param copyBytesPerSecond how much of copies in the making leaves a member in a second, 1 or more, for all of its partitions together
 */
public record ReplicationLimits(
        int partBytes, int windowBytes, int logEntries, long logBytes, long untoldBytes, long copyBytesPerSecond) {
    /** Bytes, 1 MiB: a connection carries heartbeats, too, which must not wait for long. */
    private static final int MAX_PART_BYTES = 1 << 20;

    /**
     * The limits of a cluster in production. Parts of 256 KiB take a fiftieth of a second at 100 Mbit/s, and a message of that length costs
     * little more per byte than a longer one. A window of 4 MiB keeps a connection of 10 Gbit/s busy for three milliseconds, the time that an
     * acknowledgement takes at most within a data centre. A log of 32 MiB and 65,536 entries has room for what a busy partition writes in half
     * a second, after which a backup that is silent is asked out; and of a thousand partitions few are that busy. As much again is kept by backups
     * for listeners. Copies take 50 MB/s, less than half of 1 Gbit/s.
     */
    public static final ReplicationLimits STANDARD =
            new ReplicationLimits(256 << 10, 4 << 20, 1 << 16, 32 << 20, 32 << 20, 50_000_000);

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a limit is out of its range
     */
    public ReplicationLimits {
        check("partBytes", partBytes, MAX_PART_BYTES);
        check("windowBytes", windowBytes, Integer.MAX_VALUE);
        check("logEntries", logEntries, Integer.MAX_VALUE);
        check("logBytes", logBytes, Long.MAX_VALUE);
        check("untoldBytes", untoldBytes, Long.MAX_VALUE);
        check("copyBytesPerSecond", copyBytesPerSecond, Long.MAX_VALUE);
    }

    private static void check(String name, long value, long largest) {
        if (value < 1 || value > largest) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: 1.." + largest + ")");
        }
    }
}
