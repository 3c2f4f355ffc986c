package io.fyercache.testkit.history;

import io.fyercache.testkit.history.Workload.Plan;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/** Records what clients would see of one key of a cache: of a correct one, or of one that fails once. */
final class SimulatedKey {
    /** What a cache may do wrong, as replicated ones have. */
    enum Fault {
        LOST_WRITE,
        STALE_READ,
        DOUBLED_ADD,
        DENIED_RETRY,
        RESURRECTION
    }

    private final Object key;
    private final List<Plan> plans;
    private final Register register = new Register(null);

    /** The values before that of now, the last last. */
    private final List<Object> past = new ArrayList<>();

    private final List<Long> pastSince = new ArrayList<>();
    private final List<Operation> operations = new ArrayList<>();

    SimulatedKey(Object key, List<Plan> drawn) {
        this.key = key;
        plans = new ArrayList<>(drawn);
        plans.sort(Comparator.comparingLong(Plan::effect));
    }

    static List<Operation> correct(Object key, Workload workload, Random random) {
        SimulatedKey simulated = new SimulatedKey(key, workload.draw(random));
        simulated.plans.forEach(simulated::run);
        return simulated.operations;
    }

    /** Fails at the first operation after a random one that can fail so; null if there is none. */
    static List<Operation> faulty(Object key, Workload workload, Random random, Fault fault) {
        SimulatedKey simulated = new SimulatedKey(key, workload.draw(random));
        int earliest = random.nextInt(simulated.plans.size());
        boolean failed = false;
        for (int i = 0; i < simulated.plans.size(); i++) {
            Plan plan = simulated.plans.get(i);
            if (i >= earliest && !failed) {
                failed = simulated.fail(plan, fault);
                if (failed) {
                    continue;
                }
            }
            simulated.run(plan);
        }
        return failed ? simulated.operations : null;
    }

    private void run(Plan plan) {
        if (plan.effect() == Long.MAX_VALUE) {
            operations.add(plan.completed(key, null));
            return;
        }
        Object before = register.value();
        Object answer = register.apply(plan.action());
        if (register.value() != before) {
            past.add(before);
            pastSince.add(plan.effect());
        }
        operations.add(plan.completed(key, answer));
    }

    /** Runs an operation wrongly, if it can go wrong so. */
    private boolean fail(Plan plan, Fault fault) {
        if (plan.isLost()) {
            return false;
        }
        Action action = plan.action();
        switch (fault) {
            case LOST_WRITE -> {
                if (!(action instanceof Action.Put || action instanceof Action.GetAndPut)) {
                    return false;
                }
                Object value = register.value();
                operations.add(plan.completed(key, register.apply(action)));
                register.set(value);
                return true;
            }
            case STALE_READ -> {
                Object stale = staleBefore(plan.invoked());
                if (!(action instanceof Action.Get) || stale == null) {
                    return false;
                }
                operations.add(plan.completed(key, stale));
                return true;
            }
            case DOUBLED_ADD -> {
                if (!(action instanceof Action.Invoke invoke)
                        || !(invoke.function() instanceof AtomicFunction.Add<?>)) {
                    return false;
                }
                operations.add(plan.completed(key, register.apply(action)));
                register.apply(action);
                return true;
            }
            case DENIED_RETRY -> {
                if (!(action instanceof Action.PutIfAbsent) || register.value() != null) {
                    return false;
                }
                register.apply(action);
                operations.add(plan.completed(key, false));
                return true;
            }
            case RESURRECTION -> {
                if (!(action instanceof Action.Remove || action instanceof Action.GetAndRemove)
                        || register.value() == null) {
                    return false;
                }
                Object removed = register.value();
                operations.add(plan.completed(key, register.apply(action)));
                register.set(removed);
                return true;
            }
        }
        throw new AssertionError(fault);
    }

    /** Returns the last value that was overwritten before that time; null if there was none. */
    private Object staleBefore(long invoked) {
        for (int i = past.size() - 1; i >= 0; i--) {
            if (pastSince.get(i) < invoked && past.get(i) != null) {
                return past.get(i);
            }
        }
        return null;
    }
}
