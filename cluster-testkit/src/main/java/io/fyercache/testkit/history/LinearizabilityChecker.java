package io.fyercache.testkit.history;

import io.fyercache.testkit.history.Transition.UndescribedFunctionException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Decides whether a history is linearizable [1]: whether there is one order of its operations that contradicts no answer
 * and in which no operation stands before another that had returned when it was invoked.
 *
 * <p><b>The search.</b> That is NP-complete in general [2], yet histories of correct caches are checked in a time that
 * grows with their length. Linearizability is local [1], and a cache is a product of registers, so each key is searched by
 * itself (P-compositionality, [3]). The search is Wing and Gong's [4]: choose an operation that may be next, remember what
 * the value is then, go back if that leads nowhere. As Lowe found [5], most of the work is repetition: whatever the order,
 * a set of operations that have taken effect and a value together determine what is possible next. Such pairs are
 * remembered (sets as bits, as in [3] and in Porcupine [6]), and none is entered twice. Also from [5], an operation takes
 * effect just in time: nothing is chosen until the search meets a return of an operation that has not; then whatever it
 * needs takes effect, and the operation last. Since these are all operations in flight, the set is a position in the
 * sequence of events and a bit for each operation in flight.
 *
 * <p><b>What caches add.</b> Each of these keeps some order that explains the history, if there is one:
 * <ol>
 *   <li>An operation that by its answer changed nothing takes effect at the first moment at which its answer is true. To
 *       move it there from wherever else it stood changes nothing for others. So reads, and writes that were refused, are
 *       never a choice.
 *   <li>An operation of unknown outcome is in flight for ever and never has to take effect, which is what makes such
 *       histories hard: every one doubles the sets. But of two configurations that differ in these operations only, the
 *       one that has used up fewer can do all that the other can (a use of dominance that Lowe's equality cannot make).
 *       Moreover, it takes effect only right before one that depends on the value and finds what it left; if there is
 *       none, it may as well not have happened. Of several that may do the same, the first is tried.
 *   <li>A value that some answer needs must not be overwritten if nobody can write it again in time
 *       ({@link ValueSupply}). With unique values, most wrong choices are seen to be wrong at once; Gibbons and Korach [2]
 *       show that a register is then checked in polynomial time if the reads tell which write they saw.
 * </ol>
 * A history that is faulty makes the search try everything up to the fault, which the first two keep affordable, and it is
 * given up after a number of steps: {@link Outcome#UNDECIDED}, never a hang.
 *
 * <p><b>The explanation.</b> That a search failed says little, least of all where it looked ahead. So operations are left
 * out as in delta debugging [7] as long as no order explains the rest; {@link HistoryShrinker} says which may be left out
 * without making a fault of their absence.
 *
 * <ol>
 *   <li>M. Herlihy, J. Wing: Linearizability: a correctness condition for concurrent objects. TOPLAS 12(3), 1990.
 *   <li>P. Gibbons, E. Korach: Testing shared memories. SIAM J. Computing 26(4), 1997.
 *   <li>A. Horn, D. Kroening: Faster linearizability checking via P-compositionality. FORTE 2015.
 *   <li>J. Wing, C. Gong: Testing and verifying concurrent objects. J. Parallel and Distributed Computing 17, 1993.
 *   <li>G. Lowe: Testing for linearizability. Concurrency and Computation: Practice and Experience 29(4), 2017.
 *   <li>A. Athalye: Porcupine, a fast linearizability checker. 2017.
 *   <li>A. Zeller, R. Hildebrandt: Simplifying and isolating failure-inducing input. IEEE TSE 28(2), 2002.
 * </ol>
 *
 * <p>Immutable and thread-safe.
 */
public final class LinearizabilityChecker {
    /**
     * After how many steps the search of one key is given up: a few seconds and, if each of them meets a configuration of
     * some 130 bytes, a quarter of a gigabyte. Histories of a few thousand operations that are correct need about one for
     * each.
     */
    public static final long DEFAULT_MAX_STEPS = 2_000_000;

    private final long maxSteps;

    /** Makes a checker with the usual limit. */
    public LinearizabilityChecker() {
        this(DEFAULT_MAX_STEPS);
    }

    /**
     * Makes a checker.
     *
     * @param maxSteps steps for each key, 1 or more; each takes about a microsecond and 130 bytes
     * @throws IllegalArgumentException if {@code maxSteps} is less
     */
    public LinearizabilityChecker(long maxSteps) {
        if (maxSteps < 1) {
            throw new IllegalArgumentException("maxSteps: " + maxSteps + " (expected: 1 or more)");
        }
        this.maxSteps = maxSteps;
    }

    /** Returns the verdict on every key. */
    public CheckReport check(History history) {
        List<KeyVerdict> verdicts = new ArrayList<>();
        for (Map.Entry<Object, List<Operation>> ofKey : history.byKey().entrySet()) {
            verdicts.add(check(ofKey.getKey(), ofKey.getValue(), history.silentRemoval()));
        }
        return new CheckReport(verdicts);
    }

    private KeyVerdict check(Object key, List<Operation> operations, SilentRemoval silentRemoval) {
        KeyHistory prepared;
        try {
            prepared = new KeyHistory(operations, new ValueTable());
        } catch (UndescribedFunctionException unknown) {
            return new KeyVerdict.Undecided(
                    key,
                    operations.size(),
                    0,
                    "the outcome of an invoke is unknown and what it does is not described; use "
                            + "AtomicFunction.CompareAndSet or AtomicFunction.Add as processors");
        }
        KeySearch search = KeySearch.forVerdict(prepared, silentRemoval, Beginning.ABSENT, maxSteps);
        return switch (search.run()) {
            case LINEARIZABLE -> new KeyVerdict.Linearizable(key, operations.size(), search.steps());
            case UNDECIDED ->
                new KeyVerdict.Undecided(
                        key,
                        operations.size(),
                        search.steps(),
                        "given up after " + search.steps() + " steps; record fewer operations for each key, fewer of "
                                + "them with unknown outcome, or let the checker take more steps");
            case VIOLATION ->
                new KeyVerdict.Violation(
                        key,
                        operations.size(),
                        search.steps(),
                        new HistoryShrinker(operations, silentRemoval).explain(prepared.operation(search.stuckAt())));
        };
    }
}
