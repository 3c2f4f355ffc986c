package io.fyercache.benchmarks.speed;

/**
 * How long is measured.
 *
 * @param forks JVMs per contestant and cell
 * @param warmups iterations that are not counted, per fork
 * @param iterations iterations that are counted, per fork
 * @param iterationMillis the length of each, in milliseconds
 */
public record Effort(int forks, int warmups, int iterations, int iterationMillis) {
    /** For numbers that are published. */
    public static final Effort FULL = new Effort(2, 3, 5, 1_000);

    /**
     * For every cell of the matrix within two hours: the median of three samples of one JVM. After a shorter warm-up, operations with much code
     * of their own, such as invoke, were still being compiled.
     */
    public static final Effort SWEEP = new Effort(1, 5, 3, 400);

    /**
     * For a few cells that are to be known well. JVMs differ more from each other than the samples of one do, by what lies beside what in
     * their memory and by how the code was compiled: with one or two of them the median is a matter of luck.
     */
    public static final Effort REPEAT = new Effort(7, 5, 3, 400);

    /** For a first look. */
    public static final Effort QUICK = new Effort(1, 2, 3, 500);

    /** The samples that a median is taken of. */
    public int samples() {
        return forks * iterations;
    }

    /** The time that JMH spends in one fork, without starting and filling, in milliseconds. */
    public long forkMillis() {
        return (long) (warmups + iterations) * iterationMillis;
    }
}
