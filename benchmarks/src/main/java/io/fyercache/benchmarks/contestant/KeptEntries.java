package io.fyercache.benchmarks.contestant;

/**
 * Entries of a database that each member keeps for itself, as a member uses them to find out how soon others hear of what one changes. For one thread.
 */
public interface KeptEntries {
    /** How many there are; their keys are 0 and the numbers after it. So many that what is on its way of one is over when its turn comes again. */
    int COUNT = 64;

    /** Has this member keep an entry as it is in the database; returns whether it does now. */
    boolean keep(long key);

    /** Changes an entry for all, to a state that has this number. */
    void change(long key, long number);

    /** Whether this member has heard of that change: it does not answer from before it any more. */
    boolean hasHeard(long key, long number);
}
