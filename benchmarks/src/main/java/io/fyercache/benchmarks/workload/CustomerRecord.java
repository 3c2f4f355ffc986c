package io.fyercache.benchmarks.workload;

import java.io.Serializable;

/** An immutable value: a record whose components are immutable JDK types. */
public record CustomerRecord(long id, String name, int level) implements Serializable {}
