package io.fyercache.testkit.history;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Draws what clients ask of one key.
 *
 * @param pause the most between two operations of a client, which take 50 on average
 * @param values how many values there are; 0 if each is written once
 */
record Workload(int clients, int operations, int pause, double unknown, int values, Mix mix) {

    enum Mix {
        /** Every action, half of them reads. */
        ALL,
        /** Reads and additions. */
        COUNTER
    }

    Action action(Random random, List<Object> written) {
        if (mix == Mix.COUNTER) {
            return random.nextInt(2) == 0 ? new Action.Get() : new Action.Invoke(new AtomicFunction.Add<>(1));
        }
        Object expected = recent(random, written);
        return switch (random.nextInt(24)) {
            case 0, 1, 2, 3 -> new Action.Put(fresh(random, written));
            case 4 -> new Action.PutIfAbsent(fresh(random, written));
            case 5 -> new Action.Replace(fresh(random, written));
            case 6 -> new Action.ReplaceExpected(expected, fresh(random, written));
            case 7 -> new Action.Remove();
            case 8 -> new Action.RemoveExpected(expected);
            case 9 -> new Action.GetAndPut(fresh(random, written));
            case 10 -> new Action.GetAndReplace(fresh(random, written));
            case 11 -> new Action.GetAndRemove();
            case 12 -> random.nextInt(4) == 0 ? new Action.Clear() : new Action.Put(fresh(random, written));
            case 13 -> new Action.Invoke(new AtomicFunction.CompareAndSet<>(expected, fresh(random, written)));
            case 14, 15 -> new Action.ContainsKey();
            default -> new Action.Get();
        };
    }

    private Object fresh(Random random, List<Object> written) {
        Object value = (long) (values == 0 ? written.size() + 1 : random.nextInt(values));
        written.add(value);
        return value;
    }

    private static Object recent(Random random, List<Object> written) {
        return written.isEmpty() ? 0L : written.get(Math.max(0, written.size() - 1 - random.nextInt(4)));
    }

    /** Draws the operations: when each is invoked, takes effect and returns. */
    List<Plan> draw(Random random) {
        List<Object> written = new ArrayList<>();
        long[] free = new long[clients];
        List<Plan> plans = new ArrayList<>();
        for (int i = 0; i < operations; i++) {
            int client = i % clients;
            long invoked = free[client] + 1 + random.nextInt(pause);
            long effect = invoked + random.nextInt(50);
            long returned = effect + random.nextInt(50);
            boolean lost = random.nextDouble() < unknown;
            if (lost) {
                effect = random.nextInt(3) == 0 ? Long.MAX_VALUE : invoked + random.nextInt(2000);
            }
            free[client] = returned;
            plans.add(new Plan("c" + client, action(random, written), invoked, effect, lost ? Plan.LOST : returned));
        }
        return plans;
    }

    /**
     * An operation before anybody knows its answer.
     *
     * @param effect when it takes effect; {@link Long#MAX_VALUE} if never
     * @param returned when it returns, or {@link #LOST}
     */
    record Plan(String client, Action action, long invoked, long effect, long returned) {
        static final long LOST = -1;

        boolean isLost() {
            return returned == LOST;
        }

        Operation completed(Object key, Object answer) {
            Completion completion = isLost() ? new Completion.Unknown() : new Completion.Answered(answer, returned);
            return new Operation(client, key, action, invoked, completion);
        }
    }
}
