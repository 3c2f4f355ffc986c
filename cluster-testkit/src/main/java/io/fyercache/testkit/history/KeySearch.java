package io.fyercache.testkit.history;

import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One search for an order that explains the operations of one key; {@link LinearizabilityChecker} says how it works and
 * why. Of use once, by one thread.
 */
final class KeySearch {
    private final KeyHistory history;
    private final SilentRemoval silentRemoval;
    private final long maxSteps;

    private final ValueSupply supply;

    private final Set<Integer> beginnings;
    private final LookAhead lookAhead;

    private final Map<Configuration, Configuration> met = new HashMap<>();
    private final Deque<Choice> path = new ArrayDeque<>();
    private long steps;
    private int farthestEvent;
    private BitSet farthestValues = new BitSet();

    private KeySearch(
            KeyHistory history, SilentRemoval silentRemoval, Beginning beginning, long maxSteps, LookAhead lookAhead) {
        this.history = history;
        this.silentRemoval = silentRemoval;
        this.maxSteps = maxSteps;
        this.lookAhead = lookAhead;
        supply = new ValueSupply(history, silentRemoval);
        beginnings = beginning == Beginning.ABSENT
                ? Set.of(ValueTable.ABSENT)
                : lookAhead == LookAhead.ON ? supply.possibleBeginnings() : supply.allBeginnings();
    }

    /** Makes a search that decides as soon as it can. */
    static KeySearch forVerdict(KeyHistory history, SilentRemoval silentRemoval, Beginning beginning, long maxSteps) {
        return new KeySearch(history, silentRemoval, beginning, maxSteps, LookAhead.ON);
    }

    /** Makes a search that does not look ahead, so that it stops at the first answer that cannot be explained. */
    static KeySearch forExplanation(
            KeyHistory history, SilentRemoval silentRemoval, Beginning beginning, long maxSteps) {
        return new KeySearch(history, silentRemoval, beginning, maxSteps, LookAhead.OFF);
    }

    /** Searches. */
    Outcome run() {
        for (int beginning : beginnings) {
            Outcome outcome = searchFrom(beginning);
            if (outcome != Outcome.VIOLATION) {
                return outcome;
            }
        }
        return Outcome.VIOLATION;
    }

    private Outcome searchFrom(int beginning) {
        Configuration start = advance(
                0,
                beginning,
                Configuration.bits(history.answeredSlots()),
                Configuration.bits(history.unanswered().length),
                Configuration.Next.ANY);
        if (isEnd(start)) {
            return Outcome.LINEARIZABLE;
        }
        enter(start);
        while (!path.isEmpty()) {
            Configuration next = next(path.peek());
            if (next == null) {
                path.pop();
                continue;
            }
            steps++;
            if (isEnd(next)) {
                return Outcome.LINEARIZABLE;
            }
            if (steps >= maxSteps) {
                return Outcome.UNDECIDED;
            }
            enter(next);
        }
        return Outcome.VIOLATION;
    }

    /** Returns how many configurations were tried, and with how many they were compared. */
    long steps() {
        return steps;
    }

    /**
     * Returns the answered operation at whose return the search failed. Without a look ahead, no order explains its answer;
     * with one, it or a later one. If there was nowhere to begin, the first to return.
     */
    int stuckAt() {
        int event = farthestEvent;
        while (history.event(event) >= 0) {
            event++;
        }
        return ~history.event(event);
    }

    /** Returns the values that the key could have when the operation at which the search got stuck was to take effect. */
    BitSet valuesWhereStuck() {
        return (BitSet) farthestValues.clone();
    }

    private boolean isEnd(Configuration configuration) {
        return configuration.event() == history.eventCount();
    }

    private void enter(Configuration configuration) {
        Configuration known = met.get(configuration);
        for (Configuration other = known; other != null; other = other.older) {
            steps++;
            if (configuration.isDominatedBy(other)) {
                return;
            }
        }
        if (known == null) {
            met.put(configuration, configuration);
        } else {
            configuration.older = known.older;
            known.older = configuration;
        }
        if (configuration.event() > farthestEvent) {
            farthestEvent = configuration.event();
            farthestValues = new BitSet();
        }
        if (configuration.event() == farthestEvent) {
            farthestValues.set(configuration.value());
        }
        path.push(new Choice(configuration));
    }

    /** Returns the next configuration to try from a choice, or null if there is none left. */
    private @Nullable Configuration next(Choice choice) {
        Configuration from = choice.from;
        int[] inFlight = history.inFlight(from.event());
        int[] unanswered = history.unanswered();
        while (choice.tried < inFlight.length + unanswered.length) {
            int candidate = choice.tried++;
            Configuration next = candidate < inFlight.length
                    ? afterAnswered(from, inFlight[candidate])
                    : afterUnanswered(from, candidate - inFlight.length);
            if (next != null) {
                return next;
            }
        }
        if (choice.tried == inFlight.length + unanswered.length) {
            choice.tried++;
            if (silentRemoval == SilentRemoval.ANY_TIME && from.value() != ValueTable.ABSENT) {
                return settleIfUsed(from, ValueTable.ABSENT, from.unansweredBits());
            }
        }
        return null;
    }

    private @Nullable Configuration afterAnswered(Configuration from, int index) {
        Transition transition = history.transition(index);
        int slot = history.slot(index);
        // Observations take effect by themselves, as soon as they can.
        if (transition.isObservation() || from.hasAnswered(slot) || !mayBeNext(from, transition)) {
            return null;
        }
        long[] answered = from.answeredBits();
        Configuration.set(answered, slot);
        int value = transition.apply(from.value(), history.values());
        return settle(from, value, answered, from.unansweredBits(), Configuration.Next.ANY);
    }

    private @Nullable Configuration afterUnanswered(Configuration from, int slot) {
        int index = history.unanswered()[slot];
        if (history.invocation(index) > from.event() || from.hasUnanswered(slot)) {
            return null;
        }
        // Of those that may do the same, the first: none of them ever has to.
        int twin = history.twin(slot);
        if (twin >= 0 && !from.hasUnanswered(twin)) {
            return null;
        }
        Transition transition = history.transition(index);
        if (!mayBeNext(from, transition)) {
            return null;
        }
        int value = transition.apply(from.value(), history.values());
        if (value == from.value()) {
            return null;
        }
        long[] unanswered = from.unansweredBits();
        Configuration.set(unanswered, slot);
        return settleIfUsed(from, value, unanswered);
    }

    private static boolean mayBeNext(Configuration from, Transition transition) {
        return transition.admits(from.value())
                && (from.next() == Configuration.Next.ANY || transition.dependsOnValue());
    }

    /** Settles on a value that need not have come about; null unless some operation in flight uses it. */
    private @Nullable Configuration settleIfUsed(Configuration from, int value, long[] unanswered) {
        boolean used = false;
        boolean observed = false;
        for (int index : history.inFlight(from.event())) {
            Transition transition = history.transition(index);
            if (!from.hasAnswered(history.slot(index)) && transition.dependsOnValue() && transition.admits(value)) {
                used = true;
                observed |= transition.isObservation();
            }
        }
        for (int slot = 0; slot < history.unanswered().length && !used; slot++) {
            int index = history.unanswered()[slot];
            Transition transition = history.transition(index);
            used = history.invocation(index) < from.event()
                    && !Configuration.isSet(unanswered, slot)
                    && transition.dependsOnValue()
                    && transition.admits(value);
        }
        Configuration.Next next = observed ? Configuration.Next.ANY : Configuration.Next.USES_VALUE;
        return used ? settle(from, value, from.answeredBits(), unanswered, next) : null;
    }

    /** Lets all observations take effect that can, and goes on to the next return that needs a choice; null if in vain. */
    private @Nullable Configuration settle(
            Configuration from, int value, long[] answered, long[] unanswered, Configuration.Next allowed) {
        for (int index : history.inFlight(from.event())) {
            Transition transition = history.transition(index);
            if (transition.isObservation() && transition.admits(value)) {
                Configuration.set(answered, history.slot(index));
            }
        }
        Configuration next = advance(from.event(), value, answered, unanswered, allowed);
        boolean inVain = lookAhead == LookAhead.ON && value != from.value() && supply.isMissed(from.value(), next);
        return inVain ? null : next;
    }

    private Configuration advance(int from, int value, long[] answered, long[] unanswered, Configuration.Next allowed) {
        int position = from;
        for (; position < history.eventCount(); position++) {
            int event = history.event(position);
            if (event < 0) {
                int slot = history.slot(~event);
                if (!Configuration.isSet(answered, slot)) {
                    break;
                }
                Configuration.unset(answered, slot);
            } else if (history.isAnswered(event)
                    && history.transition(event).isObservation()
                    && history.transition(event).admits(value)) {
                Configuration.set(answered, history.slot(event));
            }
        }
        return new Configuration(position, value, answered, unanswered, allowed);
    }

    private enum LookAhead {
        ON,
        OFF
    }

    /** A configuration with the number of candidates that were tried from it. */
    private static final class Choice {
        final Configuration from;
        int tried;

        Choice(Configuration from) {
            this.from = from;
        }
    }
}
