package io.fyercache.testkit.history;

import java.util.Objects;

/** The entry of one key as the plainest code has it: the tables of JSR-107 once more, written apart from those on trial. */
final class Register {
    private Object value;

    Register(Object value) {
        this.value = value;
    }

    Object value() {
        return value;
    }

    void set(Object newValue) {
        value = newValue;
    }

    /** Lets an action take effect and returns the answer. */
    Object apply(Action action) {
        Object before = value;
        boolean present = before != null;
        if (action instanceof Action.Get) {
            return before;
        } else if (action instanceof Action.ContainsKey) {
            return present;
        } else if (action instanceof Action.Put put) {
            value = put.value();
            return null;
        } else if (action instanceof Action.PutIfAbsent put) {
            value = present ? before : put.value();
            return !present;
        } else if (action instanceof Action.Replace replace) {
            value = present ? replace.value() : null;
            return present;
        } else if (action instanceof Action.ReplaceExpected replace) {
            boolean match = replace.expected().equals(before);
            value = match ? replace.value() : before;
            return match;
        } else if (action instanceof Action.Remove) {
            value = null;
            return present;
        } else if (action instanceof Action.RemoveExpected remove) {
            boolean match = remove.expected().equals(before);
            value = match ? null : before;
            return match;
        } else if (action instanceof Action.GetAndPut put) {
            value = put.value();
            return before;
        } else if (action instanceof Action.GetAndReplace replace) {
            value = present ? replace.value() : null;
            return before;
        } else if (action instanceof Action.GetAndRemove) {
            value = null;
            return before;
        } else if (action instanceof Action.Clear) {
            value = null;
            return null;
        }
        return invoke(((Action.Invoke) action).function());
    }

    private Object invoke(AtomicFunction function) {
        Object before = value;
        if (function instanceof AtomicFunction.CompareAndSet<?, ?> compareAndSet) {
            value = Objects.equals(before, compareAndSet.expected()) ? compareAndSet.next() : before;
        } else if (function instanceof AtomicFunction.Add<?> add) {
            value = before == null
                    ? (Long) add.summand()
                    : before instanceof Long l ? (Object) (l + add.summand()) : before;
        } else {
            throw new AssertionError(function);
        }
        return new Action.Exchange(before, value);
    }
}
