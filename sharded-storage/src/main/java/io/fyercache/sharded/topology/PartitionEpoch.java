package io.fyercache.sharded.topology;

/**
 * The reign of one primary over a partition. What bears a lower number is out of date and refused.
 *
 * @param number at least 1; grows with each change of the primary
 * @param generation at least 1; grows when all copies were lost, so an operation that began in an earlier generation can
 *     never be known to have happened. At most {@code number}, as a new generation has a new primary.
 * @param standing of the generation; the first is firm, as there was none before it
 * @param succession how it began
 */
public record PartitionEpoch(long number, long generation, Standing standing, Succession succession) {
    /** The epoch of a partition that is new. */
    public static final PartitionEpoch FIRST = new PartitionEpoch(1, 1, Succession.TAKEN_OVER);

    /** Checks the numbers. */
    public PartitionEpoch {
        Expected.atLeast("epoch", number, 1);
        Expected.inRange("generation", generation, 1, number);
        if (standing == Standing.PROVISIONAL) {
            Expected.atLeast("generation that is provisional", generation, 2);
        }
    }

    /** An epoch of a generation that is firm. */
    public PartitionEpoch(long number, long generation, Succession succession) {
        this(number, generation, Standing.FIRM, succession);
    }

    PartitionEpoch next(Succession nextSuccession) {
        return new PartitionEpoch(number + 1, generation, standing, nextSuccession);
    }

    PartitionEpoch nextGeneration(Standing nextStanding) {
        return new PartitionEpoch(number + 1, generation + 1, nextStanding, Succession.TAKEN_OVER);
    }

    PartitionEpoch firm() {
        return new PartitionEpoch(number, generation, Standing.FIRM, succession);
    }
}
