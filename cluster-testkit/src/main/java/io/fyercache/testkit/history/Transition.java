package io.fyercache.testkit.history;

import io.fyercache.testkit.history.Action.Exchange;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What an operation, by its answer, requires of the value that it found, and what it left: JSR-107's tables, the answer
 * already looked up. Values are numbers of a {@link ValueTable}. Immutable.
 *
 * @param operand the value that {@code requirement} is about, or {@link ValueTable#ABSENT} where it is about none
 * @param result the value that a {@link Effect#SET} leaves
 * @param summand what an {@link Effect#ADD} adds
 */
record Transition(Requirement requirement, int operand, Effect effect, int result, long summand) {

    /** What must have been true of the value found. */
    enum Requirement {
        ANYTHING,
        EQUAL,
        DIFFERENT,
        PRESENT,
        /** The answer contradicts itself. */
        IMPOSSIBLE
    }

    /** What happens to the value. */
    enum Effect {
        NONE,
        SET,
        /** Only of an operation whose outcome is unknown; else it is known what it set. */
        ADD
    }

    /** Returns the transition of an operation that was answered. */
    static Transition answered(Action action, @Nullable Object answer, ValueTable values) {
        if (action instanceof Action.Get) {
            return sees(values.number(answer));
        } else if (action instanceof Action.ContainsKey) {
            return isTrue(answer) ? seesPresent() : sees(ValueTable.ABSENT);
        } else if (action instanceof Action.Put put) {
            return sets(values.number(put.value()));
        } else if (action instanceof Action.PutIfAbsent put) {
            return isTrue(answer) ? moves(ValueTable.ABSENT, values.number(put.value())) : seesPresent();
        } else if (action instanceof Action.Replace replace) {
            return isTrue(answer) ? replaces(values.number(replace.value())) : sees(ValueTable.ABSENT);
        } else if (action instanceof Action.ReplaceExpected replace) {
            int expected = values.number(replace.expected());
            return isTrue(answer) ? moves(expected, values.number(replace.value())) : seesOther(expected);
        } else if (action instanceof Action.Remove) {
            return isTrue(answer) ? replaces(ValueTable.ABSENT) : sees(ValueTable.ABSENT);
        } else if (action instanceof Action.RemoveExpected remove) {
            int expected = values.number(remove.expected());
            return isTrue(answer) ? moves(expected, ValueTable.ABSENT) : seesOther(expected);
        } else if (action instanceof Action.GetAndPut put) {
            return moves(values.number(answer), values.number(put.value()));
        } else if (action instanceof Action.GetAndReplace replace) {
            return answer == null
                    ? sees(ValueTable.ABSENT)
                    : moves(values.number(answer), values.number(replace.value()));
        } else if (action instanceof Action.GetAndRemove) {
            return moves(values.number(answer), ValueTable.ABSENT);
        } else if (action instanceof Action.Clear) {
            return sets(ValueTable.ABSENT);
        } else {
            return exchanged(((Action.Invoke) action).function(), (Exchange) Objects.requireNonNull(answer), values);
        }
    }

    /**
     * Returns what an operation may have done whose outcome is unknown, where it does anything.
     *
     * @return null if the operation can have had no effect
     * @throws UndescribedFunctionException if nothing is known of what it may have done
     */
    static @Nullable Transition unanswered(Action action, ValueTable values) throws UndescribedFunctionException {
        if (action instanceof Action.Put put) {
            return sets(values.number(put.value()));
        } else if (action instanceof Action.GetAndPut put) {
            return sets(values.number(put.value()));
        } else if (action instanceof Action.PutIfAbsent put) {
            return moves(ValueTable.ABSENT, values.number(put.value()));
        } else if (action instanceof Action.Replace replace) {
            return replaces(values.number(replace.value()));
        } else if (action instanceof Action.GetAndReplace replace) {
            return replaces(values.number(replace.value()));
        } else if (action instanceof Action.ReplaceExpected replace) {
            return moves(values.number(replace.expected()), values.number(replace.value()));
        } else if (action instanceof Action.RemoveExpected remove) {
            return moves(values.number(remove.expected()), ValueTable.ABSENT);
        } else if (action instanceof Action.Remove
                || action instanceof Action.GetAndRemove
                || action instanceof Action.Clear) {
            return replaces(ValueTable.ABSENT);
        } else if (action instanceof Action.Invoke invoke) {
            return invoked(invoke.function(), values);
        }
        return null;
    }

    /** Tells whether the operation changes no value, by what it answered. */
    boolean isObservation() {
        return effect == Effect.NONE;
    }

    /** Tells whether what the operation answers or does depends on the value that it finds. */
    boolean dependsOnValue() {
        return requirement != Requirement.ANYTHING || effect == Effect.ADD;
    }

    /** Tells whether the operation may have found {@code value}. */
    boolean admits(int value) {
        return switch (requirement) {
            case ANYTHING -> true;
            case EQUAL -> value == operand;
            case DIFFERENT -> value != operand;
            case PRESENT -> value != ValueTable.ABSENT;
            case IMPOSSIBLE -> false;
        };
    }

    /** Returns what the operation leaves of {@code value}, which it {@link #admits}. */
    int apply(int value, ValueTable values) {
        return switch (effect) {
            case NONE -> value;
            case SET -> result;
            case ADD -> values.sum(value, summand);
        };
    }

    private static Transition exchanged(AtomicFunction function, Exchange exchange, ValueTable values) {
        Object read = exchange.read();
        Object left = exchange.left();
        boolean credible = true;
        if (function instanceof AtomicFunction.CompareAndSet<?, ?> compareAndSet) {
            Object expected = Objects.equals(read, compareAndSet.expected()) ? compareAndSet.next() : read;
            credible = Objects.equals(left, expected);
        } else if (function instanceof AtomicFunction.Add<?> add) {
            credible = read == null
                    ? Objects.equals(left, add.summand())
                    : read instanceof Long number && Objects.equals(left, number + add.summand());
        }
        return credible
                ? moves(values.number(read), values.number(left))
                : new Transition(Requirement.IMPOSSIBLE, ValueTable.ABSENT, Effect.NONE, ValueTable.ABSENT, 0);
    }

    private static Transition invoked(AtomicFunction function, ValueTable values) throws UndescribedFunctionException {
        if (function instanceof AtomicFunction.CompareAndSet<?, ?> compareAndSet) {
            return moves(values.number(compareAndSet.expected()), values.number(compareAndSet.next()));
        } else if (function instanceof AtomicFunction.Add<?> add) {
            return new Transition(
                    Requirement.ANYTHING, ValueTable.ABSENT, Effect.ADD, ValueTable.ABSENT, add.summand());
        }
        throw new UndescribedFunctionException();
    }

    private static Transition sees(int value) {
        return new Transition(Requirement.EQUAL, value, Effect.NONE, ValueTable.ABSENT, 0);
    }

    private static Transition seesOther(int value) {
        return new Transition(Requirement.DIFFERENT, value, Effect.NONE, ValueTable.ABSENT, 0);
    }

    private static Transition seesPresent() {
        return new Transition(Requirement.PRESENT, ValueTable.ABSENT, Effect.NONE, ValueTable.ABSENT, 0);
    }

    private static Transition sets(int value) {
        return new Transition(Requirement.ANYTHING, ValueTable.ABSENT, Effect.SET, value, 0);
    }

    private static Transition replaces(int value) {
        return new Transition(Requirement.PRESENT, ValueTable.ABSENT, Effect.SET, value, 0);
    }

    private static Transition moves(int from, int to) {
        return from == to ? sees(from) : new Transition(Requirement.EQUAL, from, Effect.SET, to, 0);
    }

    private static boolean isTrue(@Nullable Object answer) {
        return (Boolean) Objects.requireNonNull(answer);
    }

    /** Thrown where an operation of unknown outcome may have left any value. */
    static final class UndescribedFunctionException extends Exception {
        private static final long serialVersionUID = 1L;
    }
}
