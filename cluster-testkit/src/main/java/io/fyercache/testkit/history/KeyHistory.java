package io.fyercache.testkit.history;

import io.fyercache.testkit.history.Completion.Answered;
import io.fyercache.testkit.history.Transition.UndescribedFunctionException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The operations of one key as the search wants them: numbered in the order of their invocation, their times reduced to
 * the positions of their invocations and returns in one sequence of events.
 *
 * <p>Left out is what restricts nothing and does nothing: operations that failed, reads without an answer. An answered
 * operation has a slot while it is in flight, which others have before and after it; an unanswered one keeps a slot of its
 * own, as it is in flight for ever. For one thread.
 */
final class KeyHistory {
    /** The event of a return that never came; later than all others. */
    static final int NEVER = Integer.MAX_VALUE;

    private static final int[] NONE = {};

    private final List<Operation> operations = new ArrayList<>();
    private final List<Transition> transitions = new ArrayList<>();
    private final ValueTable values;

    /** The operation that is invoked at an event, or the complement of the one that returns there. */
    private final int[] events;

    private final int[] invocations;
    private final int[] returns;
    private final int[] slots;

    /** For each event that is a return: the answered operations in flight before it, the first to return first. */
    private final int[][] inFlight;

    /** The unanswered operations; the index is the slot. */
    private final int[] unanswered;

    /** For each slot of an unanswered operation: the one before it that may do the same, or -1. */
    private final int[] twins;

    private final int answeredSlots;

    /**
     * Prepares the operations of one key.
     *
     * @throws UndescribedFunctionException if one of unknown outcome may have left any value
     */
    KeyHistory(List<Operation> ofOneKey, ValueTable values) throws UndescribedFunctionException {
        this.values = values;
        List<Operation> sorted = new ArrayList<>(ofOneKey);
        sorted.sort(Comparator.comparingLong(Operation::invokedNanos));
        for (Operation operation : sorted) {
            Transition transition = transition(operation, values);
            if (transition != null) {
                operations.add(operation);
                transitions.add(transition);
            }
        }
        invocations = new int[operations.size()];
        returns = new int[operations.size()];
        slots = new int[operations.size()];
        events = sequence();
        unanswered = unansweredOnes();
        twins = twins();
        inFlight = new int[events.length][];
        answeredSlots = assignSlots();
    }

    /**
     * Returns what an operation requires and does; null if that is nothing.
     *
     * @throws UndescribedFunctionException if it may have left any value
     */
    static @Nullable Transition transition(Operation operation, ValueTable values) throws UndescribedFunctionException {
        Completion completion = operation.completion();
        if (completion instanceof Answered answered) {
            return Transition.answered(operation.action(), answered.answer(), values);
        }
        if (completion instanceof Completion.Failed) {
            return null;
        }
        Transition possible = Transition.unanswered(operation.action(), values);
        return possible == null || possible.isObservation() ? null : possible;
    }

    int size() {
        return operations.size();
    }

    Operation operation(int index) {
        return operations.get(index);
    }

    Transition transition(int index) {
        return transitions.get(index);
    }

    ValueTable values() {
        return values;
    }

    int eventCount() {
        return events.length;
    }

    /** Returns the operation that is invoked at an event, or the complement of the one that returns there. */
    int event(int position) {
        return events[position];
    }

    int invocation(int index) {
        return invocations[index];
    }

    /** Returns the event at which an operation returns, or {@link #NEVER}. */
    int returned(int index) {
        return returns[index];
    }

    int slot(int index) {
        return slots[index];
    }

    boolean isAnswered(int index) {
        return returns[index] != NEVER;
    }

    /** Returns the answered operations in flight before a return, the first to return first. */
    int[] inFlight(int event) {
        return inFlight[event];
    }

    int[] unanswered() {
        return unanswered;
    }

    /** Returns the slot of the last unanswered operation before that in {@code slot} which may do the same, or -1. */
    int twin(int slot) {
        return twins[slot];
    }

    /** Returns how many answered operations are in flight at most. */
    int answeredSlots() {
        return answeredSlots;
    }

    private int[] sequence() {
        Arrays.fill(returns, NEVER);
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < operations.size(); i++) {
            order.add(i);
            if (operations.get(i).completion() instanceof Answered) {
                order.add(~i);
            }
        }
        // At one instant, invocations first: what touches is taken for concurrent, which forbids less.
        order.sort(Comparator.comparingLong(this::time).thenComparing(event -> event < 0));
        int[] sequence = new int[order.size()];
        for (int position = 0; position < sequence.length; position++) {
            int event = order.get(position);
            sequence[position] = event;
            if (event >= 0) {
                invocations[event] = position;
            } else {
                returns[~event] = position;
            }
        }
        return sequence;
    }

    private long time(int event) {
        if (event >= 0) {
            return operations.get(event).invokedNanos();
        }
        return ((Answered) operations.get(~event).completion()).returnedNanos();
    }

    private int[] unansweredOnes() {
        int[] found = new int[operations.size()];
        int count = 0;
        for (int i = 0; i < found.length; i++) {
            if (returns[i] == NEVER) {
                slots[i] = count;
                found[count++] = i;
            }
        }
        return Arrays.copyOf(found, count);
    }

    private int[] twins() {
        int[] twins = new int[unanswered.length];
        Map<Transition, Integer> last = new HashMap<>();
        for (int slot = 0; slot < twins.length; slot++) {
            Integer before = last.put(transitions.get(unanswered[slot]), slot);
            twins[slot] = before == null ? -1 : before;
        }
        return twins;
    }

    private int assignSlots() {
        List<Integer> owners = new ArrayList<>();
        for (int position = 0; position < events.length; position++) {
            int event = events[position];
            if (event < 0) {
                inFlight[position] = owners.stream()
                        .filter(owner -> owner >= 0)
                        .sorted(Comparator.comparingInt(owner -> returns[owner]))
                        .mapToInt(Integer::intValue)
                        .toArray();
                owners.set(slots[~event], -1);
                continue;
            }
            inFlight[position] = NONE;
            if (returns[event] != NEVER) {
                int free = owners.indexOf(-1);
                if (free < 0) {
                    free = owners.size();
                    owners.add(event);
                }
                owners.set(free, event);
                slots[event] = free;
            }
        }
        return owners.size();
    }
}
