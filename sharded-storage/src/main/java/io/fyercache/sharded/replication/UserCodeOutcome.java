package io.fyercache.sharded.replication;

/** What came of a call: effects and a result, or what the user code threw as the result, and then no effect. Immutable. */
public record UserCodeOutcome(UserCodeCall call, Verdict verdict) {}
