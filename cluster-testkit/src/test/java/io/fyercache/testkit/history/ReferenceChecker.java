package io.fyercache.testkit.history;

import io.fyercache.testkit.history.Completion.Answered;
import java.util.List;
import java.util.Objects;

/** Linearizability by its definition: tries all orders of the operations of one key. For up to seven or so. */
final class ReferenceChecker {
    /** The values of tiny histories, by additions too, are less. */
    private static final long MAX_VALUE = 12;

    private final List<Operation> operations;
    private final SilentRemoval silentRemoval;

    ReferenceChecker(History ofOneKey) {
        operations = ofOneKey.operations();
        silentRemoval = ofOneKey.silentRemoval();
    }

    boolean isLinearizable() {
        return canFinish(null, new boolean[operations.size()]);
    }

    boolean isLinearizable(Beginning beginning) {
        boolean fromSome = isLinearizable();
        for (long value = 0; value <= MAX_VALUE && beginning == Beginning.ANY; value++) {
            fromSome |= canFinish(value, new boolean[operations.size()]);
        }
        return fromSome;
    }

    private boolean canFinish(Object value, boolean[] done) {
        boolean finished = true;
        for (int i = 0; i < done.length; i++) {
            finished &= done[i] || !(operations.get(i).completion() instanceof Answered);
        }
        if (finished) {
            return true;
        }
        for (int i = 0; i < done.length; i++) {
            if (!done[i] && mayBeNext(i, done)) {
                done[i] = true;
                boolean works = explains(i, value, done)
                        || (silentRemoval == SilentRemoval.ANY_TIME && explains(i, null, done));
                done[i] = false;
                if (works) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean explains(int index, Object value, boolean[] done) {
        Operation operation = operations.get(index);
        Register register = new Register(value);
        Object answer = register.apply(operation.action());
        boolean credible =
                !(operation.completion() instanceof Answered answered) || Objects.equals(answer, answered.answer());
        return credible && canFinish(register.value(), done);
    }

    private boolean mayBeNext(int index, boolean[] done) {
        if (operations.get(index).completion() instanceof Completion.Failed) {
            return false;
        }
        for (int i = 0; i < done.length; i++) {
            if (!done[i]
                    && operations.get(i).completion() instanceof Answered answered
                    && answered.returnedNanos() < operations.get(index).invokedNanos()) {
                return false;
            }
        }
        return true;
    }
}
