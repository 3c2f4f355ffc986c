package io.fyercache.testkit.history;

import java.util.List;

/** Short ways to write operations on key "x" down. */
final class Histories {
    private Histories() {}

    static Operation answered(String client, Action action, Object answer, long invoked, long returned) {
        return new Operation(client, "x", action, invoked, new Completion.Answered(answer, returned));
    }

    static Operation put(String client, Object value, long invoked, long returned) {
        return answered(client, new Action.Put(value), null, invoked, returned);
    }

    static Operation get(String client, Object value, long invoked, long returned) {
        return answered(client, new Action.Get(), value, invoked, returned);
    }

    static Operation unknown(String client, Action action, long invoked) {
        return new Operation(client, "x", action, invoked, new Completion.Unknown());
    }

    static CheckReport check(Operation... operations) {
        return new LinearizabilityChecker().check(History.of(List.of(operations)));
    }

    static Outcome outcome(Operation... operations) {
        return check(operations).outcome();
    }
}
