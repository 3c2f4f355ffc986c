package io.fyercache.quickstart;

/**
 * A promise of the cache, held against what the job saw.
 *
 * @param promise what should be, as a sentence without its full stop
 * @param outcome whether it was so
 * @param numbers what the outcome rests on, in a few words
 */
record Check(String promise, Outcome outcome, String numbers) {
    /** Whether a promise held. */
    enum Outcome {
        HELD,
        FAILED;

        static Outcome of(boolean held) {
            return held ? HELD : FAILED;
        }
    }

    /** The promise that all {@code whole} of something are right: it holds if {@code right} equals {@code whole}. */
    static Check all(String promise, long right, long whole) {
        return new Check(promise, Outcome.of(right == whole), Figures.count(right) + " of " + Figures.count(whole));
    }

    /** Returns this check with {@code finding} behind its numbers if it failed. */
    Check explain(String finding) {
        return outcome == Outcome.FAILED ? new Check(promise, outcome, numbers + "; " + finding) : this;
    }
}
