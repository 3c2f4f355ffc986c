package io.fyercache.testkit.history;

import io.fyercache.testkit.history.Completion.Answered;
import io.fyercache.testkit.history.Transition.UndescribedFunctionException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Makes a small violation of a large one, for people to read.
 *
 * <p>To leave operations out must not make a fault where none was: a read of a value that nobody writes any more is one.
 * Sound are these steps, from any history to one that is linearizable if the former is:
 * <ol>
 *   <li>to cut the history at an instant, and what was in flight then has an unknown outcome;
 *   <li>to leave out an operation that changed nothing;
 *   <li>to leave out one that did, if no operation that stays depends on the value and could have found what it left. In
 *       any order that explains the whole, those that found it can then do without.
 * </ol>
 * Both the number of steps and the number of searches are bounded; at the bound the explanation is longer than it had to be,
 * and as true. For one thread.
 */
final class HistoryShrinker {
    /** Configurations for one attempt: what is not refuted by then was no good idea. A fraction of a second. */
    private static final long MAX_STEPS_OF_ATTEMPT = 200_000;

    /** Configurations for all attempts together: a few seconds, spent once a violation is certain. */
    private static final long MAX_STEPS = 4_000_000;

    private final SilentRemoval silentRemoval;
    private long stepsLeft = MAX_STEPS;

    HistoryShrinker(SilentRemoval silentRemoval) {
        this.silentRemoval = silentRemoval;
    }

    /** Explains the violation by one key's operations. */
    Explanation explain(List<Operation> violation) {
        List<Operation> small = withoutDispensable(shortestPrefix(violation));
        KeyHistory history = prepared(small);
        KeySearch search = KeySearch.forExplanation(history, silentRemoval, MAX_STEPS);
        search.run();
        List<@Nullable Object> values = new ArrayList<>();
        search.valuesWhereStuck().stream()
                .forEach(value -> values.add(history.values().value(value)));
        List<Operation> inOrder = new ArrayList<>(small);
        inOrder.sort(Comparator.comparingLong(Operation::invokedNanos));
        return new Explanation(inOrder, history.operation(search.stuckAt()), values);
    }

    private List<Operation> shortestPrefix(List<Operation> violation) {
        List<Long> returns = violation.stream()
                .map(Operation::completion)
                .filter(Answered.class::isInstance)
                .map(completion -> ((Answered) completion).returnedNanos())
                .sorted()
                .distinct()
                .toList();
        List<Operation> shortest = violation;
        int low = 0;
        int high = returns.size() - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            List<Operation> prefix = prefix(violation, returns.get(middle));
            if (isViolation(prefix)) {
                shortest = prefix;
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return shortest;
    }

    private static List<Operation> prefix(List<Operation> operations, long lastNanos) {
        List<Operation> prefix = new ArrayList<>();
        for (Operation operation : operations) {
            boolean returned =
                    operation.completion() instanceof Answered answered && answered.returnedNanos() - lastNanos <= 0;
            if (returned) {
                prefix.add(operation);
            } else if (operation.invokedNanos() - lastNanos <= 0
                    && !operation.action().isRead()
                    && !(operation.completion() instanceof Completion.Failed)) {
                prefix.add(cutOff(operation));
            }
        }
        return prefix;
    }

    /** What did return later may have done by then what it did; of a function that is not described, that is known. */
    private static Operation cutOff(Operation operation) {
        boolean known = operation.action() instanceof Action.Invoke
                && operation.completion() instanceof Answered answered
                && answered.answer() instanceof Action.Exchange;
        if (!known) {
            return operation.withUnknownOutcome();
        }
        Action.Exchange exchange =
                (Action.Exchange) Objects.requireNonNull(((Answered) operation.completion()).answer());
        Action moved = new Action.Invoke(new AtomicFunction.CompareAndSet<>(exchange.read(), exchange.left()));
        return new Operation(
                operation.client(), operation.key(), moved, operation.invokedNanos(), new Completion.Unknown());
    }

    /** Leaves out half, quarters, eighths, and so on to single operations, and again as long as that helps. */
    private List<Operation> withoutDispensable(List<Operation> violation) {
        List<Operation> rest = violation;
        int chunk = Math.max(1, rest.size() / 2);
        while (stepsLeft > 0) {
            List<Operation> smaller = withoutChunks(rest, chunk);
            boolean helped = smaller.size() < rest.size();
            rest = smaller;
            if (chunk == 1 && !helped) {
                break;
            }
            chunk = Math.max(1, Math.min(chunk, rest.size()) / 2);
        }
        return rest;
    }

    private List<Operation> withoutChunks(List<Operation> operations, int chunk) {
        List<Operation> rest = operations;
        // From the end: there stands the answer that is wrong, and what led to it stands near.
        for (int to = rest.size(); to > 0; to -= chunk) {
            List<Operation> smaller = without(rest, Math.max(0, to - chunk), Math.min(to, rest.size()));
            if (smaller.size() < rest.size() && isViolation(smaller)) {
                rest = smaller;
            }
        }
        return rest;
    }

    /** Leaves out what may be left out of a range. */
    private static List<Operation> without(List<Operation> operations, int from, int to) {
        ValueTable values = new ValueTable();
        List<@Nullable Transition> transitions = transitions(operations, values);
        boolean[] stays = new boolean[operations.size()];
        for (int i = 0; i < stays.length; i++) {
            stays[i] = i < from || i >= to;
        }
        boolean changed = true;
        while (changed) {
            changed = false;
            for (int i = from; i < to; i++) {
                if (!stays[i] && isNoticed(transitions.get(i), transitions, stays)) {
                    stays[i] = true;
                    changed = true;
                }
            }
        }
        List<Operation> rest = new ArrayList<>();
        for (int i = 0; i < stays.length; i++) {
            if (stays[i]) {
                rest.add(operations.get(i));
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

    private boolean isViolation(List<Operation> operations) {
        if (stepsLeft <= 0) {
            return false;
        }
        KeySearch search =
                KeySearch.forVerdict(prepared(operations), silentRemoval, Math.min(stepsLeft, MAX_STEPS_OF_ATTEMPT));
        Outcome outcome = search.run();
        // Even an attempt that is refuted at once takes a step for each operation to prepare.
        stepsLeft -= search.steps() + operations.size();
        return outcome == Outcome.VIOLATION;
    }

    private static KeyHistory prepared(List<Operation> operations) {
        try {
            return new KeyHistory(operations, new ValueTable());
        } catch (UndescribedFunctionException unknown) {
            throw new AssertionError("a function that is not described, in a history that was decided", unknown);
        }
    }

    private static List<@Nullable Transition> transitions(List<Operation> operations, ValueTable values) {
        List<@Nullable Transition> transitions = new ArrayList<>();
        try {
            for (Operation operation : operations) {
                transitions.add(KeyHistory.transition(operation, values));
            }
        } catch (UndescribedFunctionException unknown) {
            throw new AssertionError("a function that is not described, in a history that was decided", unknown);
        }
        return transitions;
    }
}
