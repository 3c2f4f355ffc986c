package io.fyercache.testkit.history;

import java.util.Objects;

/** How operations are called where people read of them: as in the source code that ran them, the key left out. */
final class OperationText {
    private OperationText() {}

    static String of(Action action) {
        if (action instanceof Action.Put put) {
            return "put(" + put.value() + ")";
        } else if (action instanceof Action.PutIfAbsent put) {
            return "putIfAbsent(" + put.value() + ")";
        } else if (action instanceof Action.Replace replace) {
            return "replace(" + replace.value() + ")";
        } else if (action instanceof Action.ReplaceExpected replace) {
            return "replace(" + replace.expected() + ", " + replace.value() + ")";
        } else if (action instanceof Action.RemoveExpected remove) {
            return "remove(" + remove.expected() + ")";
        } else if (action instanceof Action.GetAndPut put) {
            return "getAndPut(" + put.value() + ")";
        } else if (action instanceof Action.GetAndReplace replace) {
            return "getAndReplace(" + replace.value() + ")";
        } else if (action instanceof Action.Invoke invoke) {
            return "invoke(" + of(invoke.function()) + ")";
        } else if (action instanceof Action.Get) {
            return "get()";
        } else if (action instanceof Action.ContainsKey) {
            return "containsKey()";
        } else if (action instanceof Action.Remove) {
            return "remove()";
        } else if (action instanceof Action.GetAndRemove) {
            return "getAndRemove()";
        }
        return "clear()";
    }

    private static String of(AtomicFunction function) {
        if (function instanceof AtomicFunction.CompareAndSet<?, ?> compareAndSet) {
            return "compareAndSet " + Objects.toString(compareAndSet.expected(), "absent") + " to "
                    + Objects.toString(compareAndSet.next(), "absent");
        } else if (function instanceof AtomicFunction.Add<?> add) {
            return "add " + add.summand();
        }
        return "undescribed";
    }
}
