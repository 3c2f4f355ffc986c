package io.fyercache.testkit.history;

import io.fyercache.testkit.history.Transition.Effect;
import io.fyercache.testkit.history.Transition.Requirement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Who needs a value and who can bring it back: looks ahead from a configuration that leaves a value behind. If an answer
 * still to be explained needs that value, and nobody can write it any more before that answer, the configuration leads
 * nowhere. Where clients write unique values, as they should, this decides nearly every choice at once. For one thread.
 */
final class ValueSupply {
    private final KeyHistory history;
    private final SilentRemoval silentRemoval;

    /** For each value the answered operations that must find it, the first to return first. */
    private final Map<Integer, List<Integer>> demand = new HashMap<>();

    /** For each value the operations that may leave it, the first to be invoked first. */
    private final Map<Integer, List<Integer>> supply = new HashMap<>();

    /** An addition of unknown outcome may leave many values; then nothing is foreseen. */
    private boolean foreseeable = true;

    ValueSupply(KeyHistory history, SilentRemoval silentRemoval) {
        this.history = history;
        this.silentRemoval = silentRemoval;
        for (int i = 0; i < history.size(); i++) {
            Transition transition = history.transition(i);
            if (transition.requirement() == Requirement.EQUAL && history.isAnswered(i)) {
                demand.computeIfAbsent(transition.operand(), value -> new ArrayList<>())
                        .add(i);
            }
            if (transition.effect() == Effect.SET) {
                supply.computeIfAbsent(transition.result(), value -> new ArrayList<>())
                        .add(i);
            }
            foreseeable &= transition.effect() != Effect.ADD;
        }
        for (List<Integer> ofValue : demand.values()) {
            ofValue.sort(Comparator.comparingInt(history::returned));
        }
    }

    /** Returns the values with which a history can begin that begins with any. */
    Set<Integer> possibleBeginnings() {
        Configuration origin = new Configuration(
                0,
                ValueTable.ABSENT,
                Configuration.bits(history.answeredSlots()),
                Configuration.bits(history.unanswered().length),
                Configuration.Next.ANY);
        Set<Integer> missed = new LinkedHashSet<>();
        for (int value : demand.keySet()) {
            if (isMissed(value, origin)) {
                missed.add(value);
            }
        }
        if (missed.size() > 1) {
            return Set.of();
        }
        if (missed.size() == 1) {
            return missed;
        }
        return allBeginnings();
    }

    /** Returns all values of which some answer may speak, and one of those of which none does. */
    Set<Integer> allBeginnings() {
        Set<Integer> possible = new LinkedHashSet<>();
        possible.add(ValueTable.ABSENT);
        for (int i = 0; i < history.size(); i++) {
            if (history.transition(i).dependsOnValue()) {
                possible.add(history.transition(i).operand());
            }
        }
        possible.add(history.values().unnamed());
        return possible;
    }

    /** Tells whether a configuration, whose value is another, lacks {@code value} for ever though an answer needs it. */
    boolean isMissed(int value, Configuration configuration) {
        if (!foreseeable || (value == ValueTable.ABSENT && silentRemoval == SilentRemoval.ANY_TIME)) {
            return false;
        }
        int deadline = firstNeed(value, configuration);
        return deadline != KeyHistory.NEVER && !canComeBack(value, deadline, configuration);
    }

    /** Returns the event of the first return that needs {@code value}, or never. */
    private int firstNeed(int value, Configuration configuration) {
        List<Integer> needing = demand.getOrDefault(value, List.of());
        for (int i = firstInFlight(needing, configuration.event()); i < needing.size(); i++) {
            if (!hasTakenEffect(needing.get(i), configuration)) {
                return history.returned(needing.get(i));
            }
        }
        return KeyHistory.NEVER;
    }

    private int firstInFlight(List<Integer> byReturn, int event) {
        int low = 0;
        int high = byReturn.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (history.returned(byReturn.get(middle)) < event) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private boolean canComeBack(int value, int deadline, Configuration configuration) {
        List<Integer> writing = supply.getOrDefault(value, List.of());
        // From the last to the first: of a value that is written often, the late writes are the ones to come.
        for (int i = writing.size() - 1; i >= 0; i--) {
            int writer = writing.get(i);
            if (history.invocation(writer) < deadline && !hasTakenEffect(writer, configuration)) {
                return true;
            }
        }
        return false;
    }

    private boolean hasTakenEffect(int index, Configuration configuration) {
        if (!history.isAnswered(index)) {
            return configuration.hasUnanswered(history.slot(index));
        }
        if (history.returned(index) < configuration.event()) {
            return true;
        }
        return history.invocation(index) < configuration.event() && configuration.hasAnswered(history.slot(index));
    }
}
