package io.fyercache.testkit.history;

import io.fyercache.testkit.history.Clue.Use;
import io.fyercache.testkit.history.Completion.Answered;
import io.fyercache.testkit.history.Transition.UndescribedFunctionException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes a small violation of a large one, for people to read.
 *
 * <p>To leave operations out must not make a fault where none was: a read of a value that nobody writes any more is one.
 * Each of these steps, applied to a history that is linearizable, leaves one that is; so what they make of a violation is a
 * fault of the whole, if it is one:
 * <ol>
 *   <li>to cut the history off after an instant; what was in flight then may have had its effect;
 *   <li>to cut it off before an instant, and let it begin with any value; what was in flight then may have its effect;
 *   <li>to forget the answer of an operation and keep its effect;
 *   <li>to leave out an operation that changed nothing;
 *   <li>to leave out one that did, if no operation that stays depends on the value and could have found what it left. In
 *       any order that explains the whole, those that came upon it can then do without.
 * </ol>
 *
 * <p>First a window is sought around the place where the search got stuck, then its operations are thinned out as in delta
 * debugging: halves, quarters, and so on. The steps of all searches together are bounded; at the bound the explanation is
 * longer than it had to be, and as true. Of use once, by one thread.
 */
final class HistoryShrinker {
    /** Configurations for one attempt: what is not refuted by then was no good idea. A fraction of a second. */
    private static final long MAX_STEPS_OF_ATTEMPT = 50_000;

    /** Configurations for all attempts together: a second or two, spent once a violation is certain. */
    private static final long MAX_STEPS = 2_000_000;

    /** Operations before and after the place of the fault in the first window that is tried: about two screens. */
    private static final int FIRST_RADIUS = 16;

    private static final int RADIUS_GROWTH = 4;

    private final List<Operation> violation;
    private final SilentRemoval silentRemoval;
    private Beginning beginning = Beginning.ABSENT;
    private long stepsLeft = MAX_STEPS;

    /**
     * Prepares for one key.
     *
     * @param violation the operations of the key
     */
    HistoryShrinker(List<Operation> violation, SilentRemoval silentRemoval) {
        this.violation = new ArrayList<>(violation);
        this.violation.sort(Comparator.comparingLong(Operation::invokedNanos));
        this.silentRemoval = silentRemoval;
    }

    /** Explains the violation, which a search found to be stuck at {@code suspect}. */
    Explanation explain(Operation suspect) {
        List<Clue> clues = thinnedOut(window(violation.indexOf(suspect)));
        KeyHistory history = prepared(clues);
        KeySearch search = KeySearch.forExplanation(history, silentRemoval, beginning, MAX_STEPS);
        search.run();
        List<@Nullable Object> values = new ArrayList<>();
        search.valuesWhereStuck().stream()
                .forEach(value -> values.add(
                        value == history.values().unnamed()
                                ? Explanation.SOME_OTHER_VALUE
                                : history.values().value(value)));
        Operation weakened = history.operation(search.stuckAt());
        Operation stuck = clues.stream()
                .filter(clue -> clue.weakened().equals(weakened))
                .findFirst()
                .orElseThrow()
                .operation();
        return new Explanation(clues, beginning, stuck, values);
    }

    /** Returns the smallest part around the suspect that is a violation by itself, of those that are tried. */
    private List<Clue> window(int suspect) {
        for (int radius = FIRST_RADIUS; radius < violation.size(); radius *= RADIUS_GROWTH) {
            int first = suspect - radius;
            int last = Math.min(violation.size() - 1, suspect + radius);
            List<Clue> window = between(Math.max(0, first), violation.get(last).invokedNanos());
            beginning = first > 0 ? Beginning.ANY : Beginning.ABSENT;
            if (isViolation(window)) {
                return window;
            }
        }
        beginning = Beginning.ABSENT;
        return between(0, Long.MAX_VALUE);
    }

    /** Returns the operations from the invocation of the {@code first} to an instant, and what was in flight at its ends. */
    private List<Clue> between(int first, long lastNanos) {
        long firstNanos = violation.get(first).invokedNanos();
        List<Clue> clues = new ArrayList<>();
        for (int i = 0; i < violation.size(); i++) {
            Operation operation = violation.get(i);
            boolean answered = operation.completion() instanceof Answered;
            long returnedNanos =
                    operation.completion() instanceof Answered answer ? answer.returnedNanos() : Long.MAX_VALUE;
            if (operation.completion() instanceof Completion.Failed
                    || returnedNanos < firstNanos
                    || operation.invokedNanos() > lastNanos) {
                continue;
            }
            if (answered && i >= first && returnedNanos <= lastNanos) {
                clues.add(new Clue(operation, Use.ANSWER));
            } else if (!operation.action().isRead()) {
                clues.add(new Clue(operation, Use.POSSIBLE_EFFECT));
            }
        }
        return clues;
    }

    /** Goes through halves, quarters, and so on to single operations, and again as long as that helps. */
    private List<Clue> thinnedOut(List<Clue> clues) {
        List<Clue> rest = clues;
        int before = Integer.MAX_VALUE;
        while (weight(rest) < before && stepsLeft > 0) {
            before = weight(rest);
            rest = withoutDoubtful(rest);
            for (int chunk = Math.max(1, rest.size() / 2); chunk > 0; chunk /= 2) {
                rest = withoutChunks(rest, chunk);
            }
        }
        return rest;
    }

    /** Leaves out all that may or may not have happened, since one of them often keeps another. */
    private List<Clue> withoutDoubtful(List<Clue> clues) {
        boolean[] stays = new boolean[clues.size()];
        for (int i = 0; i < stays.length; i++) {
            stays[i] = clues.get(i).operation().completion() instanceof Answered
                    && clues.get(i).use() != Use.POSSIBLE_EFFECT;
        }
        return lighter(clues, without(clues, stays));
    }

    private List<Clue> lighter(List<Clue> clues, List<Clue> attempt) {
        return weight(attempt) < weight(clues) && isViolation(attempt) ? attempt : clues;
    }

    /** Falls with each operation that is left out and with each answer that is forgotten. */
    private static int weight(List<Clue> clues) {
        int forgotten =
                (int) clues.stream().filter(clue -> clue.use() != Use.ANSWER).count();
        return 2 * clues.size() - forgotten;
    }

    private List<Clue> withoutChunks(List<Clue> clues, int chunk) {
        List<Clue> rest = clues;
        for (int to = rest.size(); to > 0; to -= chunk) {
            int end = Math.min(to, rest.size());
            int start = Math.max(0, to - chunk);
            boolean[] stays = new boolean[rest.size()];
            for (int i = 0; i < stays.length; i++) {
                stays[i] = i < start || i >= end;
            }
            List<Clue> smaller = lighter(rest, without(rest, stays));
            rest = smaller.size() < rest.size() ? smaller : lighter(rest, withoutAnswers(rest, start, end));
        }
        return rest;
    }

    /** Forgets the answers in a range; what changed nothing and was only its answer goes. */
    private static List<Clue> withoutAnswers(List<Clue> clues, int from, int to) {
        List<@Nullable Transition> transitions = transitions(clues);
        List<Clue> rest = new ArrayList<>();
        for (int i = 0; i < clues.size(); i++) {
            Clue clue = clues.get(i);
            Transition transition = transitions.get(i);
            if (i < from || i >= to || clue.use() != Use.ANSWER) {
                rest.add(clue);
            } else if (transition != null && !transition.isObservation()) {
                rest.add(new Clue(clue.operation(), Use.EFFECT));
            }
        }
        return rest;
    }

    /** Leaves out what need not stay and may be left out, if the rest stays; {@code stays} then says what that is. */
    private static List<Clue> without(List<Clue> clues, boolean[] stays) {
        List<@Nullable Transition> transitions = transitions(clues);
        boolean changed = true;
        while (changed) {
            changed = false;
            for (int i = 0; i < stays.length; i++) {
                if (!stays[i] && isNoticed(transitions.get(i), transitions, stays)) {
                    stays[i] = true;
                    changed = true;
                }
            }
        }
        List<Clue> rest = new ArrayList<>();
        for (int i = 0; i < stays.length; i++) {
            if (stays[i]) {
                rest.add(clues.get(i));
            }
        }
        return rest;
    }

    private static boolean isNoticed(
            @Nullable Transition left, List<@Nullable Transition> transitions, boolean[] stays) {
        if (left == null || left.isObservation()) {
            return false;
        }
        for (int i = 0; i < stays.length; i++) {
            Transition other = transitions.get(i);
            if (stays[i] && other != null && other.dependsOnValue() && mayFindResult(other, left)) {
                return true;
            }
        }
        return false;
    }

    /** What an addition of unknown outcome leaves can be anything; and what one finds changes what it leaves. */
    private static boolean mayFindResult(Transition finder, Transition left) {
        return left.effect() == Transition.Effect.ADD
                || finder.effect() == Transition.Effect.ADD
                || finder.admits(left.result());
    }

    private boolean isViolation(List<Clue> clues) {
        if (stepsLeft <= 0) {
            return false;
        }
        KeySearch search = KeySearch.forVerdict(
                prepared(clues), silentRemoval, beginning, Math.min(stepsLeft, MAX_STEPS_OF_ATTEMPT));
        Outcome outcome = search.run();
        // Even an attempt that is decided at once takes about a step for each operation, to prepare it.
        stepsLeft -= search.steps() + clues.size();
        return outcome == Outcome.VIOLATION;
    }

    private static KeyHistory prepared(List<Clue> clues) {
        try {
            return new KeyHistory(clues.stream().map(Clue::weakened).toList(), new ValueTable());
        } catch (UndescribedFunctionException unknown) {
            throw new AssertionError("a function that is not described, in a history that was decided", unknown);
        }
    }

    private static List<@Nullable Transition> transitions(List<Clue> clues) {
        ValueTable values = new ValueTable();
        List<@Nullable Transition> transitions = new ArrayList<>();
        try {
            for (Clue clue : clues) {
                transitions.add(KeyHistory.transition(clue.weakened(), values));
            }
        } catch (UndescribedFunctionException unknown) {
            throw new AssertionError("a function that is not described, in a history that was decided", unknown);
        }
        return transitions;
    }
}
