package io.fyercache.testkit.history;

import io.fyercache.testkit.history.Action.Exchange;
import io.fyercache.testkit.history.Completion.Answered;
import org.jspecify.annotations.Nullable;

/**
 * An operation and as much of it as an {@link Explanation} needs. Immutable.
 *
 * @param operation as it was recorded
 */
public record Clue(Operation operation, Use use) {

    /** What of an operation counts. Each says less than the one before. */
    public enum Use {
        /** All: what it answered and what it did. */
        ANSWER,
        /** Only that it did what it did; for one that was answered and changed the value. */
        EFFECT,
        /** Only that it may have done it. */
        POSSIBLE_EFFECT
    }

    /** Returns an operation that says no more than this one's use. */
    Operation weakened() {
        return switch (use) {
            case ANSWER -> operation;
            case EFFECT -> effect();
            case POSSIBLE_EFFECT -> possibleEffect();
        };
    }

    private Operation effect() {
        Answered answered = (Answered) operation.completion();
        ValueTable values = new ValueTable();
        Transition transition = Transition.answered(operation.action(), answered.answer(), values);
        Object left = values.value(transition.result());
        Action action = left == null ? new Action.Clear() : new Action.Put(left);
        return completed(action, new Answered(null, answered.returnedNanos()));
    }

    /** Of a function that is not described, the answer tells what it may have done. */
    private Operation possibleEffect() {
        Action action = operation.action();
        if (action instanceof Action.Invoke && answer() instanceof Exchange exchange) {
            action = new Action.Invoke(new AtomicFunction.CompareAndSet<>(exchange.read(), exchange.left()));
        }
        return completed(action, new Completion.Unknown());
    }

    private @Nullable Object answer() {
        return operation.completion() instanceof Answered answered ? answered.answer() : null;
    }

    private Operation completed(Action action, Completion completion) {
        return new Operation(operation.client(), operation.key(), action, operation.invokedNanos(), completion);
    }
}
