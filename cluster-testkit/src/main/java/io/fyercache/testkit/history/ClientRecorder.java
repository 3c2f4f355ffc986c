package io.fyercache.testkit.history;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The buffer of one client. A client does one thing at a time: each {@link #begin} is followed by one of {@link #answered},
 * {@link #unknown} and {@link #failed}. For one thread, which may be followed by another.
 */
public final class ClientRecorder {
    private final String name;
    private final LongSupplier nanoClock;
    private final int maxOperations;
    private final Predicate<? super RuntimeException> hadNoEffect;

    // Its lock is contended only while the history is read.
    @GuardedBy("this")
    private final List<Operation> done = new ArrayList<>();

    /** What is in flight, completed as if the answer never came. */
    @GuardedBy("this")
    private List<Operation> inFlight = List.of();

    ClientRecorder(
            String name, LongSupplier nanoClock, int maxOperations, Predicate<? super RuntimeException> hadNoEffect) {
        this.name = name;
        this.nanoClock = nanoClock;
        this.maxOperations = maxOperations;
        this.hadNoEffect = hadNoEffect;
    }

    /**
     * Says that an operation begins now.
     *
     * @throws IllegalStateException if the client is in the middle of another, or has recorded all that it may; nothing is
     *     recorded then
     */
    public void begin(Object key, Action action) {
        begin(Map.of(key, action));
    }

    /** Says that operations on several keys begin now, each atomic by itself. */
    synchronized void begin(Map<?, ? extends Action> actions) {
        if (!inFlight.isEmpty()) {
            throw new IllegalStateException(name + " begins an operation in the middle of "
                    + OperationText.of(inFlight.get(0).action())
                    + " (expected: one at a time); give each thread a client of its own");
        }
        if (done.size() + actions.size() > maxOperations) {
            throw new IllegalStateException("operations of " + name + ": " + (done.size() + actions.size())
                    + " (expected: up to " + maxOperations
                    + "); check what there is and begin a new recorder, or raise maxOperationsOfClient");
        }
        long nowNanos = nanoClock.getAsLong();
        List<Operation> begun = new ArrayList<>(actions.size());
        actions.forEach(
                (key, action) -> begun.add(new Operation(name, key, action, nowNanos, new Completion.Unknown())));
        inFlight = begun;
    }

    /** Says that the operation returned just now; its {@link Action} says with what. */
    public void answered(@Nullable Object answer) {
        answeredEach(key -> answer);
    }

    /** Says that the outcome of the operation will never be known. */
    public synchronized void unknown() {
        complete(operation -> operation);
    }

    /** Says that the operation had no effect and will have none. */
    public synchronized void failed() {
        complete(operation -> completed(operation, new Completion.Failed()));
    }

    /** Says that the operations returned just now, with an answer for each key. */
    void answeredEach(Function<Object, ? extends @Nullable Object> answers) {
        long nowNanos = nanoClock.getAsLong();
        synchronized (this) {
            complete(operation ->
                    completed(operation, new Completion.Answered(answers.apply(operation.key()), nowNanos)));
        }
    }

    /** Runs {@code call} and records how it ends. */
    <T extends @Nullable Object> T run(Map<?, ? extends Action> actions, Supplier<T> call, Answers<? super T> answers) {
        if (actions.isEmpty()) {
            return call.get();
        }
        begin(actions);
        T result;
        try {
            result = call.get();
        } catch (RuntimeException exception) {
            if (hadNoEffect.test(exception)) {
                failed();
            } else {
                unknown();
            }
            throw exception;
        } catch (Error error) {
            unknown();
            throw error;
        }
        answeredEach(key -> answers.of(result, key));
        return result;
    }

    /** Returns all that was recorded, and what is in flight. */
    synchronized List<Operation> operations() {
        List<Operation> operations = new ArrayList<>(done);
        operations.addAll(inFlight);
        return operations;
    }

    @GuardedBy("this")
    private void complete(Function<Operation, Operation> completion) {
        if (inFlight.isEmpty()) {
            throw new IllegalStateException(name + " ends an operation that it did not begin (expected: begin first)");
        }
        for (Operation operation : inFlight) {
            done.add(completion.apply(operation));
        }
        inFlight = List.of();
    }

    private static Operation completed(Operation operation, Completion completion) {
        return new Operation(
                operation.client(), operation.key(), operation.action(), operation.invokedNanos(), completion);
    }

    /** Finds in the result of a call what it answered for a key. */
    interface Answers<T extends @Nullable Object> {
        @Nullable
        Object of(T result, Object key);
    }
}
