package io.fyercache.benchmarks.cluster;

/**
 * How long is measured.
 *
 * @param rounds how often each contestant has its turn
 * @param startMillis how long all operations are carried out in a new cluster before its first cell, in milliseconds: until then its JVMs
 *     are busy with compiling
 * @param warmUpMillis before the first sample of a cell, in milliseconds
 * @param samples of each cell, in each round
 * @param sampleMillis the length of each, in milliseconds
 * @param beforeMillis how long is written before something breaks, in milliseconds
 * @param afterMillis how long is written when it has broken, in milliseconds; a process that was stopped has been going on for as long
 */
public record ClusterEffort(
        int rounds,
        int startMillis,
        int warmUpMillis,
        int samples,
        int sampleMillis,
        int beforeMillis,
        int afterMillis) {
    /** For numbers that are published. */
    public static final ClusterEffort FULL = new ClusterEffort(3, 20_000, 2_000, 3, 1_000, 5_000, 25_000);

    /** For a first look. */
    public static final ClusterEffort QUICK = new ClusterEffort(1, 10_000, 1_000, 2, 500, 3_000, 8_000);

    /** The samples that a cell's median is taken of. */
    public int samplesInAll() {
        return rounds * samples;
    }

    /** How long a cell takes in one round, in milliseconds. */
    public long cellMillis() {
        return warmUpMillis + (long) samples * sampleMillis;
    }
}
